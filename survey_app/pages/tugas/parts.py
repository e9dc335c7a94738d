"""The parts of the page of tasks, one after the other: another kind of task is another part in `PARTS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from survey_app import days, instruments
from survey_app.pages.tugas import words
from survey_app.reports.statements import official
from survey_app.services.complaints.case import Case
from survey_app.services.follow_up.listing import Listed
from survey_app.services.follow_up.tasks import Turn
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.ui import address, links, marks, tables
from survey_app.ui.words import language, say
from survey_app.wording import numbers, periods, terms
from survey_app.wording.voice import Voice

#: Rows of a turn before its rest is a click away.
ROWS = 10
#: In the address: whose tasks are shown, and which turn to its last action.
POSITION, TURN = "jabatan", "giliran"


@dataclass(frozen=True)
class Asked:
    """What a position has to do, and what is known of the units.

    Attributes:
        turns: the actions by turn.
        cases: the complaints it has in hand.
        key: of the position.
        whole: the turn that is shown to its last action; of the others the first ones.
        results: of the units whose values may be told, by code; None where none may.
    """

    turns: Mapping[Turn, Sequence[Listed]]
    cases: Sequence[Case]
    key: str
    whole: Turn | None
    results: Mapping[str, UnitResult] | None


def actions(asked: Asked) -> str:
    """The actions by turn, each with one way to its form."""
    return "".join(_group(turn, of, asked) for turn, of in asked.turns.items() if of)


def complaints(asked: Asked) -> str:
    """The complaints in hand, the most pressing first, each with one way to its case."""
    if not asked.cases:
        return ""
    columns = [say(words.SAID), "Unit", say(terms.UNSUR), say(words.SINCE), ""]
    n = sum(len(case.comments) for case in asked.cases)
    head = f"<h2><b>{n}</b> {escape(say(words.IN_HAND))}</h2>"
    return head + tables.cards(columns, [_case(case) for case in asked.cases], "tasks")


#: In the order in which they stand on the page; a part with nothing in it is empty.
PARTS: Sequence[Callable[[Asked], str]] = (actions, complaints)


def _case(case: Case) -> list[str]:
    unit, (first, *_) = case.entry.unit, case.sayings
    more = f" · {say(words.TIMES.format(n=len(case.comments)))}" if len(case.comments) > 1 else ""
    there = escape(links.complaint(unit.code, case.comments[0].seq))
    return [
        f"“{escape(first.text)}”{escape(more)}",
        escape(unit.name),
        "–" if case.unsur is None else _name(case.entry, case.unsur),
        _since(case),
        f'<a href="{there}" target="_self" aria-label="{escape(say(words.HANDLE))}: '
        f'{escape(first.text)}">{escape(say(words.HANDLE))}</a>',
    ]


def _since(case: Case) -> str:
    waiting = case.waiting
    if waiting is None:
        return "–"
    day = escape(days.short_day(waiting.since, language()))
    if waiting.late:
        late = escape(say(words.WORKING_DAYS_LATE.format(n=waiting.late)))
        return f'<span><b class="late">{day}</b> <span class="s">{late}</span></span>'
    told = escape(say(words.WORKING_DAYS.format(n=waiting.days, limit=waiting.limit)))
    return f'<span>{day} <span class="s">{told}</span></span>'


def _group(turn: Turn, of: Sequence[Listed], asked: Asked) -> str:
    late = ' class="late"' if turn is Turn.OVERDUE else ""
    head = f"<h2{late}><b>{len(of)}</b> {escape(say(words.TURNS[turn]))}</h2>"
    unsur = terms.UNSUR if asked.results is None else words.VALUE_NOW
    columns = [say(words.PLAN), "Unit", say(unsur), say(words.DUE), ""]
    shown = of if asked.whole is turn else of[:ROWS]
    table = tables.cards(columns, [_row(one, asked.results) for one in shown], "tasks")
    if len(shown) == len(of):
        return head + table
    query = {**address.carried(), POSITION: asked.key, TURN: turn.value}
    there, more = links.page("/tugas", **query), say(words.MORE.format(n=len(of) - len(shown)))
    return f'{head}{table}<p><a class="more" href="{escape(there)}" target="_self">{escape(more)}</a></p>'


def _row(one: Listed, results: Mapping[str, UnitResult] | None) -> list[str]:
    action, unit = one.action, one.entry.unit
    there = escape(links.action(unit.code, str(one.registered.id)))
    due = "–" if action.due is None else escape(periods.short(action.due, language()))
    if one.late:
        due = f'<b class="late">{due}</b> <span class="s">{escape(say(words.LATE.format(n=one.late)))}</span>'
    return [
        escape(action.plan or say(words.NO_PLAN)),
        escape(unit.name),
        _unsur(one, None if results is None else results.get(unit.code)),
        f"<span>{due}</span>",
        # The link says what it opens to whom the row is not in sight.
        f'<a href="{there}" target="_self" aria-label="{escape(say(words.OPEN))}: '
        f'{escape(action.plan or say(words.NO_PLAN))}">{escape(say(words.OPEN))}</a>',
    ]


def _unsur(one: Listed, result: UnitResult | None) -> str:
    key = one.action.unsur
    name = _name(one.entry, key)
    if result is None or key not in result.instrument.keys:
        return name
    unsur = result.score.unsur[result.instrument.keys.index(key)]
    if unsur.exact is None:
        return name
    letter = "" if unsur.band is None else f" {marks.chip(unsur.band.mutu, '')}"
    value = escape(say(words.VALUE.format(value=numbers.decimal(unsur.exact, language()))))
    return f'<span>{name} <span class="num s">{value}</span>{letter}</span>'


def _name(entry: UnitEntry, key: str) -> str:
    """An unsur as the unit's questionnaire calls it, for HTML."""
    own = next((e for e in instruments.get(entry.unit.instrument).elements if e.key == key), None)
    return escape(key if own is None else official.element_name(own, Voice(language())))
