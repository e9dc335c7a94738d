"""What citizens say in the month, and what the best have done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from analytics.text import Kind
from survey_app.pages.ringkasan.asked import Shown
from survey_app.services.follow_up.practice import Done
from survey_app.services.province.summary import Change
from survey_app.services.voices.themes import Month, Theme
from survey_app.text import Text
from survey_app.ui import links, marks
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods

MOST = Text("Keluhan terbanyak: {unsur}", "Most complaints: {unsur}")
NO_COMPLAINT = Text("Belum ada keluhan", "No complaints yet")
READ = Text("{month}, {n} masukan", "{month}, {n} comments")
NEWEST = Text("{month}, {read} masukan terbaru dari {n}", "{month}, the newest {read} of {n} comments")
TIMES = Text("{n} kali", "said {n} times")
EARLIER = Text("{n} keluhan pada {month}", "{n} complaints in {month}")
BEST = Text(
    "Naik paling jelas setahun ini, dan yang dikerjakan", "Clearest rises this year, and what was done"
)
BEST_ALONE = Text("Naik paling jelas setahun ini", "Clearest rises this year")
BEST_SINCE = Text(
    "Naik paling jelas sejak {before}, dan yang dikerjakan",
    "Clearest rises since {before}, and what was done",
)
BEST_SINCE_ALONE = Text("Naik paling jelas sejak {before}", "Clearest rises since {before}")
NO_BEST = Text("Belum ada unit yang jelas naik", "No unit is clearly up yet")
NOT_CAUSED = Text(
    "Dipilih karena naik paling banyak. Kenaikan setelah tindakan belum tentu karena tindakan.",
    "Chosen because they rose most. A rise after an action is not necessarily its effect.",
)
#: The largest of many rises is larger than what it stands for.
CHOSEN = Text(
    "Dipilih karena naik paling banyak; kenaikan yang sebenarnya dapat lebih kecil.",
    "Chosen because they rose most; the true rise can be smaller.",
)
NO_ACTION = Text("Tindakan selesai belum tercatat", "No finished action on record")
_KINDS: dict[Kind, tuple[str, Text]] = {
    Kind.COMPLAINT: ("k", Text("keluhan", "complaints")),
    Kind.SUGGESTION: ("sr", Text("saran", "suggestions")),
    Kind.PRAISE: ("pj", Text("pujian", "praise")),
}
#: Actions named for one unit.
_NAMED = 2


def html(shown: Shown) -> str:
    """Both, side by side where there is room."""
    return f'<div class="sum-low">{_said(shown.said)}{_best(shown)}</div>'


def _said(month: Month) -> str:
    """Three themes at most, each with its comments by kind and one of them in its own words."""
    lang, themes = language(), month.themes
    name = periods.name(month.month, lang)
    form = READ if month.read == month.total else NEWEST
    read = form.format(month=name, n=numbers.whole(month.total, lang), read=numbers.whole(month.read, lang))
    complained = bool(themes) and themes[0].complaints > 0
    title = say(MOST.format(unsur=say(themes[0].name).lower())) if complained else say(NO_COMPLAINT)
    legend = "".join(f'<i class="kk {kind}"></i>{escape(say(word))} ' for kind, word in _KINDS.values())
    listed = "".join(_theme(theme, month) for theme in themes)
    more = links.page("/suara", period=month.month, lihat="semua")
    return (
        f'<section class="sum-said"><h2><a href="{escape(more)}" target="_self">{escape(title)}</a> '
        f'<span class="s">{escape(say(read))} {legend}</span></h2>'
        f'<div class="sum-themes">{listed}</div></section>'
    )


def _theme(theme: Theme, month: Month) -> str:
    lang = language()
    said = ", ".join(f"{numbers.whole(n, lang)} {say(_KINDS[kind][1])}" for kind, n in theme.kinds)
    bar = "".join(
        f'<i class="{_KINDS[kind][0]}" style="flex:{n}">{numbers.whole(n, lang)}</i>'
        for kind, n in theme.kinds
    )
    quote = ""
    if theme.quote:
        often = say(TIMES.format(n=numbers.whole(theme.times, lang)))
        quote = f'<blockquote>“{escape(theme.quote)}” <span class="s">{escape(often)}</span></blockquote>'
    note = ""
    if theme.earlier is not None:
        before = periods.name(month.month.shift(-1), lang)
        words = say(EARLIER.format(n=numbers.whole(theme.earlier, lang), month=before))
        note = f'<p class="s sum-note">{escape(words)}</p>'
    name = escape(say(theme.name))
    count = t("{n} masukan", "{n} comments", n=numbers.whole(theme.count, lang))
    return (
        f'<div><p class="sum-th"><b title="{name}">{name}</b><span class="s">{escape(count)}</span></p>'
        f'<div class="sum-bar" role="img" aria-label="{escape(said)}">{bar}</div>{quote}{note}</div>'
    )


def _best(shown: Shown) -> str:
    rows = "".join(_risen(change, done, shown) for change, done in shown.best)
    told = any(done is not None for _, done in shown.best)
    if shown.since is shown.summary.year_ago:
        named = BEST if told else BEST_ALONE
    else:
        named = BEST_SINCE if told else BEST_SINCE_ALONE
    before = periods.name(shown.since.period, language())
    title = say(named.format(before=before) if rows else NO_BEST)
    acted = any(done for _, done in shown.best)
    note = f'<p class="s sum-key">{escape(say(NOT_CAUSED if acted else CHOSEN))}</p>' if rows else ""
    return f'<section class="sum-best"><h2>{escape(title)}</h2>{rows}{note}</section>'


def _risen(change: Change, done: Sequence[Done] | None, shown: Shown) -> str:
    lang, unit, score = language(), change.result.entry.unit, change.result.score
    earlier = next(part.score for part in change.result.trend if part.period == shown.since.period)
    was = f"{numbers.decimal(earlier.exact, lang)} {earlier.mutu or ''}".strip()
    names = {e.key: say(e.name).lower() for e in change.result.instrument.elements}
    # To whom actions are hidden nothing says that there are none.
    what = "" if done is None else _actions(done, names) or say(NO_ACTION)
    now = marks.graded(numbers.decimal(score.exact, lang), score.mutu)
    address = links.result(unit.code, shown.summary.period)
    return (
        f'<div class="sum-risen"><div><a href="{escape(address)}" target="_self">'
        f"<b>{escape(unit.name)}</b></a>"
        f'<p class="s" title="{escape(what)}">{escape(what)}</p></div>'
        f'<div class="sum-moved"><span class="num">{escape(was)} → {now}</span>'
        f'<span class="sum-up">{escape(numbers.signed(change.difference.value, lang))}</span></div></div>'
    )


def _actions(done: Sequence[Done], names: Mapping[str, str]) -> str:
    """What was done and how the unsur moved since, the largest rise first."""
    said = []
    for one in done[:_NAMED]:
        moved = None if one.change is None else one.change.value
        words = one.action.realisation or one.action.plan
        name = names.get(one.action.unsur, one.action.unsur)
        effect = "" if moved is None else f" ({name} {numbers.signed(moved, language())})"
        said.append(words.rstrip(".") + effect)
    return "; ".join(said)
