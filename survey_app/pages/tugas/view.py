"""Tasks on screen: the sentence about them, who has some, and the way to each position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from survey_app.pages.tugas import parts, words
from survey_app.pages.tugas.parts import PARTS, Asked
from survey_app.services.complaints.case import Case
from survey_app.services.follow_up.tasks import NOBODY, Position, Turn
from survey_app.text import Text
from survey_app.ui import address, links, tables
from survey_app.ui.words import say

POSITION = address.Place(name=parts.POSITION, key="task-position", forgets=(parts.TURN,))


def choose(offered: Sequence[Position]) -> str:
    """The key of the chosen position; empty while none is chosen."""
    names = {"": say(words.CHOOSE)} | {
        p.key: say(words.OFFERED.format(name=_name(p), n=p.open)) for p in offered
    }
    return address.select(say(words.POSITION), names, POSITION)


def headline(counts: Mapping[Turn, int], cases: Sequence[Case]) -> str:
    """What presses: of the actions, and of the complaints that are in hand."""
    told = [_of_actions(counts)] if sum(counts.values()) or not cases else []
    if cases:
        # Complaints, not cases, as where they are dealt with.
        n = sum(len(case.comments) for case in cases)
        late = sum(case.waiting.over for case in cases if case.waiting is not None)
        words_of = words.CASES_LATE if late else words.CASES
        told.append(words_of.format(n=n, late=late))
    return " ".join(map(say, told))


def _of_actions(counts: Mapping[Turn, int]) -> Text:
    late, due = counts.get(Turn.OVERDUE, 0), counts.get(Turn.DUE, 0)
    if late:
        return (words.OVERDUE_AND_DUE if due else words.OVERDUE_ONLY).format(late=late, due=due)
    if due:
        return words.DUE_ONLY.format(due=due)
    rest = sum(counts.values())
    return words.NOTHING_PRESSING.format(rest=rest) if rest else words.NOTHING


def show_positions(offered: Sequence[Position]) -> None:
    """Who has how much to do, each leading to what it is."""
    with_cases = any(p.also for p in offered)
    columns = [say(words.POSITION), *(say(name) for name in words.SHORT.values())]
    columns += [say(words.COMPLAINTS)] * with_cases
    rows = [
        [
            f'<a href="{escape(_there(p))}" target="_self">{escape(_name(p))}</a>',
            *(_count(turn, p.counts.get(turn, 0)) for turn in Turn),
            *([str(p.also or "–")] * with_cases),
        ]
        for p in offered
    ]
    st.html(f'<div class="acts-one">{tables.cards(columns, rows, "tasks of-positions")}</div>')


def show_tasks(asked: Asked) -> None:
    """Part after part; nothing where there is nothing to do."""
    if shown := "".join(part(asked) for part in PARTS):
        st.html(f'<div class="acts-one">{shown}</div>')


def whole() -> Turn | None:
    """The turn that the address asks for to its last action."""
    asked = address.asked(parts.TURN, [turn.value for turn in Turn], "")
    return Turn(asked) if asked else None


def named(offered: Sequence[Position], key: str) -> str:
    """What the position is called."""
    return next(_name(p) for p in offered if p.key == key)


def _name(position: Position) -> str:
    return say(words.NOBODY) if position.key == NOBODY else position.name


def _there(position: Position) -> str:
    return links.page("/tugas", **{**address.carried(), POSITION.name: position.key})


def _count(turn: Turn, n: int) -> str:
    return f'<b class="late">{n}</b>' if n and turn is Turn.OVERDUE else str(n or "–")
