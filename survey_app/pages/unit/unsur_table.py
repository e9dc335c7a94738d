"""Every unsur of a unit from the lowest: how it was answered, its value, its trend, comments and actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from html import escape

from survey_app.pages.unit.told import Told
from survey_app.reports.unit.follow_up_chapter import STATUS
from survey_app.services.follow_up.actions import Action
from survey_app.services.ikm.history import history
from survey_app.services.ikm.lead import Advice, Ranked
from survey_app.text import Text
from survey_app.ui import links, marks
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, terms

FROM_LOWEST = Text("{n} unsur, dari yang terendah", "{n} service elements, from the lowest")
MEND_FIRST = Text("Benahi dahulu", "Improve first")
OVERDUE = Text("Lewat {n} hari", "{n} days overdue")
DUE = Text("{status} · {due}", "{status} · {due}")
ANSWERED = Text("Nilai {score} ({label}): {share}", "{score} ({label}): {share}")
#: What a comment is counted as, with the class of its colour.
KINDS: Mapping[str, tuple[Text, str]] = {
    "keluhan": (Text("keluhan", "complaints"), "k"),
    "saran": (Text("saran", "suggestions"), "sr"),
    "pujian": (Text("pujian", "praise"), "pj"),
}
#: The height of a small trend, in points of the index: what one sheet does is no fall.
_REACH = 15.0
#: In percent of the bar's width: room for the share on the left, and at the right end.
_ROOM, _END = 13.0, 2.0


def table(told: Told) -> str:
    """The table; nothing where no unsur has a value, or they are hidden."""
    if not told.unsur:
        return ""
    left = max(float(one.low) for one in told.unsur)
    right = max(1 - float(one.low) for one in told.unsur)
    unit = (100 - _ROOM - _END) / (left + right)
    zero = _ROOM + left * unit
    rows = "".join(_row(told, one, lambda share: share * unit, zero) for one in told.unsur)
    title = say(FROM_LOWEST.format(n=len(told.unsur)))
    return (
        f'<section class="uns"><div class="hh"><h2>{escape(title)}</h2>'
        f'<p class="lg s">{_legend(told)}</p></div>'
        f'<table class="ut" style="--zero:{zero:.1f}%"><thead><tr>{_head(told)}</tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def _legend(told: Told) -> str:
    levels = told.result.instrument.levels
    answers = "".join(f'<i class="{_shade(i, levels)}"></i>{i + 1} ' for i in range(levels))
    kinds = "".join(f'<i class="{css}"></i>{escape(say(name))} ' for name, css in KINDS.values())
    return f"{answers}{escape(t('jawaban warga', 'answers'))} {kinds}"


def _head(told: Told) -> str:
    trend = t("{n} periode", "{n} periods", n=len(told.result.trend))
    names = [
        say(terms.UNSUR),
        t("Jawaban", "Answers"),
        t("Nilai", "Score"),
        trend,
        t("Masukan", "Comments"),
    ]
    if told.sees_actions:
        names.append(t("Tindakan", "Actions"))
    return "".join(f'<th scope="col">{escape(name)}</th>' for name in names)


def _row(told: Told, one: Ranked, wide: Callable[[float], float], zero: float) -> str:
    first = _is_first(told, one)
    mend = f'<span class="now">{escape(say(MEND_FIRST))}</span>' if first else ""
    value = marks.graded(numbers.decimal(one.value, language()), one.mutu)
    kind = ' class="first"' if first else ""
    # Of whom they are hidden from it must not be said that there are none.
    actions = f'<td class="at">{_actions(told, one, first=first)}</td>' if told.sees_actions else ""
    return (
        f'<tr{kind}><th scope="row"><b>{escape(say(one.element.name))}</b>{mend}</th>'
        f'<td class="b">{_bar(told, one, wide, zero)}</td><td class="v">{value}</td>'
        f'<td class="sp">{_spark(told, one)}</td><td class="cm">{_comments(told, one)}</td>'
        f"{actions}</tr>"
    )


def _is_first(told: Told, one: Ranked) -> bool:
    lead = told.lead
    return lead is not None and lead.advice is Advice.MEND and lead.lowest is not None and lead.lowest == one


def _bar(told: Told, one: Ranked, wide: Callable[[float], float], zero: float) -> str:
    """Shares of each answer, the lower half of the scale to the left of a line."""
    whole, levels = sum(one.counts), len(one.counts)
    shares = [n / whole for n in one.counts]
    at = zero - wide(float(one.low))
    parts = [f'<span class="np" style="right:{100 - at + 1:.1f}%">{_percent(one.low)}</span>']
    for i, share in enumerate(shares):
        parts.append(f'<i class="{_shade(i, levels)}" style="left:{at:.2f}%;width:{wide(share):.2f}%"></i>')
        at += wide(share)
    labels = one.element.labels
    words = "; ".join(
        say(ANSWERED.format(score=i + 1, label=label, share=_percent(Fraction(n, whole))))
        for i, (n, label) in enumerate(zip(one.counts, labels, strict=True))
    )
    said = f'role="img" aria-label="{escape(words)}" title="{escape(words)}"'
    return f'<div class="dv" {said}>{"".join(parts)}</div>'


def _shade(i: int, levels: int) -> str:
    """The colour of an answer, of four levels each its own."""
    return f"n{1 + round(3 * i / (levels - 1))}"


def _percent(share: Fraction) -> str:
    return numbers.percent(share, language())


def _spark(told: Told, one: Ranked) -> str:
    values, breaks = [], []
    for step in history(told.result):
        keys = step.instrument.keys
        unsur = step.result.score.unsur
        exact = unsur[keys.index(one.element.key)].exact if one.element.key in keys and unsur else None
        values.append(None if exact is None else float(exact * step.result.score.scale))
        breaks.append(bool(step.breaks))
    return marks.spark(values, breaks, high=24, reach=_REACH)


def _comments(told: Told, one: Ranked) -> str:
    counts = told.by_kind
    chips = [
        f'<span class="cq {css}">{n}<span class="vh"> {escape(say(name))}</span></span>'
        for kind, (name, css) in KINDS.items()
        if (n := counts.get((one.element.key, kind), 0))
    ]
    return "".join(chips) or "–"


def _actions(told: Told, one: Ranked, *, first: bool) -> str:
    open_ = told.actions.get(one.element.key, ())
    code = told.result.entry.unit.code
    to = escape(links.follow_up(code))
    if not open_:
        if not told.may_act:
            return "–"
        to = escape(links.proposed(code, one.element.key, told.result.period))
        name = t("Belum ada: usulkan", "None yet: propose one") if first else t("Usulkan", "Propose one")
        return f'<a href="{to}" target="_self">{escape(name)}</a>'
    action = open_[-1]
    late = overdue_days(action, told.today)
    plan = action.plan if len(action.plan) <= 60 else f"{action.plan[:57].rstrip()}…"
    return (
        f'<a class="{"late" if late else "ac"}" href="{to}" target="_self" title="{escape(action.plan)}">'
        f"<b>{escape(plan)}</b><span>{escape(say(when(action, told.today)))}</span></a>"
    )


def overdue_days(action: Action, today: date) -> int:
    """Days since the end of the quarter in which it was to be done; 0 before, and without one."""
    return 0 if action.due is None else max(0, (today - action.due.last_day).days)


def when(action: Action, today: date) -> Text:
    """How far an action is, and until when; or for how long it is overdue."""
    if late := overdue_days(action, today):
        return OVERDUE.format(n=late)
    if action.due is None:
        return STATUS[action.status]
    short = Text(periods.short(action.due, "id"), periods.short(action.due, "en"))
    return DUE.format(status=STATUS[action.status], due=short)
