"""The actions of all units in one list: what is overdue first, each with what became of its unsur."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape

import streamlit as st

from survey_app import instruments
from survey_app.pages.tindak_lanjut import view, words
from survey_app.pages.tindak_lanjut.words import FLOW, HINTS, STAGES
from survey_app.reports.unit.follow_up_chapter import unsur_name
from survey_app.services.follow_up import listing
from survey_app.services.follow_up.listing import Listed, Stage
from survey_app.services.follow_up.waiting import Pace, Waiting
from survey_app.text import Text
from survey_app.ui import address, links, marks, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, terms
from survey_app.wording.voice import Voice

#: Rows of a group before its rest is a click away.
_ROWS = 5
#: In points of the NRR, to both sides of no change.
_SCALE = marks.Scale(-0.6, 0.6)
STAGE = address.Place(name="tahap", key="follow-up-stage")
UNSUR = address.Place(name="unsur", key="follow-up-unsur")
WHO = address.Place(name="penanggung", key="follow-up-who")


def choose(found: Sequence[Listed]) -> list[Listed]:
    """Those of an unsur and of a position; what each is can be chosen where there are several."""
    unsur = {one.action.unsur: _unsur(one) for one in found}
    who = sorted({one.action.responsible for one in found} - {""})
    kept = list(found)
    if len(unsur) > 1:
        names = {"": say(words.EVERY_UNSUR)} | dict(sorted(unsur.items(), key=lambda pair: pair[1]))
        if key := address.select(say(terms.UNSUR), names, UNSUR):
            kept = [one for one in kept if one.action.unsur == key]
    if len(who) > 1:
        names = {"": say(words.EVERYBODY)} | {one: one for one in who}
        position = address.select(t("Penanggung jawab", "Position responsible"), names, WHO)
        kept = [one for one in kept if position in ("", one.action.responsible)]
    return kept


def headline(found: Sequence[Listed], *, judged: bool) -> Text:
    """What to look at first, in one sentence; of rises only where they were `judged`."""
    stages = [one.stage for one in found]
    late, rose = stages.count(Stage.OVERDUE), stages.count(Stage.ROSE)
    done = rose + stages.count(Stage.FELL) + stages.count(Stage.DONE)
    if not found:
        return words.NOTHING
    if not done:
        return words.OVERDUE_ONLY.format(late=late) if late else words.ALL_IN_TIME.format(n=len(found))
    if not judged:
        return (words.OVERDUE_BESIDE_DONE if late else words.NONE_OVERDUE_DONE).format(late=late, done=done)
    return (words.OVERDUE_AND_DONE if late else words.NONE_OVERDUE).format(late=late, done=done, rose=rose)


def show(
    found: Sequence[Listed],
    realised: tuple[int, int],
    pace: Pace,
    letters: Mapping[str, str | None],
    *,
    judged: bool,
) -> None:
    """The list by stage, and beside it which agencies are late and which rise.

    Args:
        realised: how many of those that were due are done, and how many were due.
        pace: how long it took until they ran, and until they were done.
        letters: of the units whose index may be told, by code.
        judged: whether what became of an unsur is told; else nothing says that it did not move.
    """
    if not found:
        return
    st.html(_flow(found, realised) + (_pace(pace) if pace.done.happened + pace.done.open else ""))
    stages = {stage: [one for one in found if one.stage is stage] for stage in Stage}
    every = {"": f"{t('Semua', 'All')} {len(found)}"}
    offered = {s.value: f"{_capital(say(_called(s, judged)))} {len(of)}" for s, of in stages.items() if of}
    chosen = address.pills(t("Tahap", "Stage"), every | offered, STAGE)
    groups = "".join(
        _group(stage, of, letters, whole=chosen == stage.value, judged=judged)
        for stage, of in stages.items()
        if of and chosen in ("", stage.value)
    )
    st.html(f'<div class="acts"><div>{groups}</div><aside>{_aside(found, judged=judged)}</aside></div>')
    units = len({one.entry.unit.code for one in found})
    st.caption(say((words.HOW if judged else words.COUNTED).format(n=len(found), units=units)))


def _called(stage: Stage, judged: bool) -> Text:
    return STAGES[stage] if judged or stage is not Stage.DONE else words.DONE


def _flow(found: Sequence[Listed], realised: tuple[int, int]) -> str:
    counts = listing.by_status(found)
    parts = "".join(
        f'<span class="fl-{key}" style="flex:{counts[key]}"><b>{counts[key]}</b> {escape(say(name))}</span>'
        for key, name in FLOW.items()
        if counts.get(key)
    )
    done, due = realised
    told = ""
    if due:
        share = numbers.percent(Fraction(done, due), language())
        told = f'<p class="s">{escape(say(words.REALISED.format(share=share, done=done, due=due)))}</p>'
    return f'<div class="flow">{parts}</div>{told}'


def _pace(pace: Pace) -> str:
    """How long it took until actions ran and were done, with what still waits."""
    lines = ((words.STARTED, pace.started), (words.FINISHED, pace.done))
    told = "".join(
        f"<dt>{escape(say(name))}</dt><dd>{escape(say(_waited(waiting)))}</dd>" for name, waiting in lines
    )
    return f'<dl class="pace s">{told}</dl><p class="s">{escape(say(words.SINCE))}</p>'


def _waited(waiting: Waiting) -> Text:
    longest = Text("", "") if waiting.longest is None else words.LONGEST.format(n=waiting.longest)
    known = {"happened": waiting.happened, "open": waiting.open, "longest": longest}
    if waiting.median is None:
        return words.NO_MEDIAN.format(**known)
    return words.MEDIAN.format(months=waiting.median, **known)


def _group(
    stage: Stage, of: Sequence[Listed], letters: Mapping[str, str | None], *, whole: bool, judged: bool
) -> str:
    hint = say(HINTS[stage]) if stage in HINTS else ""
    late = ' class="late"' if stage is Stage.OVERDUE else ""
    name = escape(say(_called(stage, judged)))
    head = f'<h2{late}><b>{len(of)}</b> {name} <span class="s">{escape(hint)}</span></h2>'
    shown = of if whole else of[:_ROWS]
    rows = [_row(one, letters, judged=judged) for one in shown]
    more = ""
    if len(of) > len(shown):
        told = escape(say(words.MORE.format(n=len(of) - len(shown))))
        there = escape(links.page("/tindak-lanjut", **{**address.carried(), STAGE.name: stage.value}))
        more = f'<p><a class="more" href="{there}" target="_self">{told}</a></p>'
    return f"{head}{tables.cards(_columns(judged=judged), rows, 'acts-of')}{more}"


def _columns(*, judged: bool) -> list[str]:
    return [
        t("Tindakan", "Action"),
        say(terms.UNSUR),
        t("Unit, mutu kini", "Unit, grade now") if judged else "Unit",
        t("Penanggung jawab", "Position responsible"),
        t("Tenggat", "Due"),
        say(words.EVIDENCE),
        *([t("Nilai unsur berubah", "Change of the element")] if judged else []),
    ]


def _row(one: Listed, letters: Mapping[str, str | None], *, judged: bool) -> list[str]:
    action, unit, lang = one.action, one.entry.unit, language()
    there = escape(links.action(unit.code, str(one.registered.id)))
    plan = escape(action.plan or say(view.NO_PLAN))
    letter = letters.get(unit.code)
    grade = f' <b class="m{letter}">{letter}</b>' if letter in ("A", "B", "C", "D") else ""
    due = "–" if action.due is None else escape(periods.short(action.due, lang))
    if one.late:
        due = f'<b class="late">{due}</b> <span class="s">{escape(say(words.LATE.format(n=one.late)))}</span>'
    return [
        f'<a href="{there}" target="_self">{plan}</a>',
        escape(_unsur(one)),
        f"{escape(unit.name)}{grade}",
        escape(action.responsible or "–"),
        due,
        _evidence(action.evidence),
        *([_effect(one)] if judged else []),
    ]


def _evidence(evidence: str) -> str:
    if evidence.startswith(("https://", "http://")):
        told = escape(t("Buka", "Open"))
        return f'<a href="{escape(evidence)}" target="_blank" rel="noopener noreferrer">{told}</a>'
    return t("Tercatat", "Noted") if evidence else "–"


def _effect(one: Listed) -> str:
    """The band of the difference, its value and what it is called; nothing where values may not be told."""
    moved = one.movement
    if moved is None:
        return "–"
    if moved.change is None or moved.change.value is None:
        return f'<span class="s">{escape(say(words.NOT_MEASURED))}</span>' if moved.until is None else "–"
    value = moved.change.value
    up = value > 0
    called = (words.CLEAR_UP if up else words.CLEAR_DOWN) if one.clear else words.UNCLEAR
    kind = ("B" if up else "warn") if one.clear else "x"
    band = marks.plot(value, moved.change.interval, None, _SCALE).replace(" mx", f" m{kind}")
    amount = escape(numbers.signed(value, language()))
    return f'<div class="effect">{band}<b class="num">{amount}</b> <span>{escape(say(called))}</span></div>'


def _aside(found: Sequence[Listed], *, judged: bool) -> str:
    """Which agencies are late, and where what was done was followed by a rise; then what has no evidence."""
    of = defaultdict[str, list[Listed]](list)
    for one in found:
        of[one.entry.agency.name].append(one)
    done = [one for one in found if one.stage in (Stage.ROSE, Stage.FELL, Stage.DONE)]
    bare = sum(not one.action.evidence for one in done)
    evidence = ""
    if bare:
        told = escape(say(words.NO_EVIDENCE.format(n=bare, all=len(done))))
        evidence = f'<div class="note"><h3>{escape(say(words.EVIDENCE))}</h3><p>{told}</p></div>'
    if len(of) < 2:
        return evidence
    ranked = sorted(of.items(), key=lambda pair: (-_count(pair[1], Stage.OVERDUE), pair[0]))
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{_count(ones, Stage.OVERDUE) or "–"}</td>'
        f"<td>{_risen(ones) if judged else ''}{_count(ones, Stage.ROSE, Stage.FELL, Stage.DONE)}</td></tr>"
        for name, ones in ranked
    )
    column, called = (
        (words.COLUMN_ROSE, words.BY_AGENCY) if judged else (words.COLUMN_DONE, words.BY_AGENCY_DONE)
    )
    head = f"<th></th><th>{escape(say(words.COLUMN_LATE))}</th><th>{escape(say(column))}</th>"
    title = escape(say(called))
    return f'<h3>{title}</h3><table class="by-agency"><thead><tr>{head}</tr></thead>{rows}</table>{evidence}'


def _risen(found: Sequence[Listed]) -> str:
    return f"{_count(found, Stage.ROSE)} / "


def _count(found: Sequence[Listed], *stages: Stage) -> int:
    return sum(one.stage in stages for one in found)


def _unsur(one: Listed) -> str:
    own = instruments.get(one.entry.unit.instrument)
    # The other questionnaires are read in the database: not for every row of a list.
    elements = own.elements if one.action.unsur in own.keys else view.all_elements(own)
    return unsur_name(elements, one.action.unsur, Voice(language()))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
