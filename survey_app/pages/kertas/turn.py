"""One paper sheet after another: the sheet that is being typed, and what became of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app import days
from survey_app.services.answers import paper
from survey_app.services.answers.ids import receipt_code, uuid7
from survey_app.services.answers.intake import Receipt, Rejection
from survey_app.storage.paper import PaperSheet
from survey_app.ui import tables
from survey_app.ui.words import language, say, t

_KEY = "paper-turn"


@dataclass
class PaperTurn:
    """The id stays until the sheet is stored: Enter pressed twice is one response."""

    id: UUID
    number: str = ""
    attempt: int = 0
    problems: tuple[str, ...] = ()
    saved: str = ""


def turn(now: datetime) -> PaperTurn:
    """The sheet that is being typed in this session."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = PaperTurn(uuid7(now))
    current: PaperTurn = st.session_state[_KEY]
    return current


def record(current: PaperTurn, number: str, outcome: Receipt | Rejection, now: datetime) -> None:
    """After a receipt the next sheet begins, its number suggested; after problems the same one goes on."""
    if isinstance(outcome, Receipt):
        words = (
            "Lembar {number} tersimpan. Kode tanda terima: {code}.",
            "Sheet {number} saved. Receipt code: {code}.",
        )
        said = t(*words, number=number, code=outcome.code)
        following = PaperTurn(uuid7(now), paper.next_number(number), current.attempt + 1, saved=said)
        st.session_state[_KEY] = following
        return
    current.attempt += 1
    current.problems = tuple(say(problem.text) for problem in outcome.problems)
    current.saved = ""


def show_recent(sheets: Sequence[PaperSheet], zone: ZoneInfo) -> None:
    """The last sheets entered, newest first."""
    columns = [
        t("Nomor lembar", "Sheet number"),
        t("Petugas", "Operator"),
        t("Dimasukkan", "Entered"),
        t("Kode tanda terima", "Receipt code"),
    ]
    rows = [
        [
            s.number,
            s.operator,
            days.short_moment(s.entered_at.astimezone(zone), language()),
            receipt_code(s.response_id),
        ]
        for s in sheets
    ]
    st.html(tables.table(columns, rows))
