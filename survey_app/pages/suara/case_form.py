"""Deciding about a case: how far it is, who sees to it, and what the citizen reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import streamlit as st

from survey_app import instruments
from survey_app.pages.suara import triage_words
from survey_app.services.complaints import handling
from survey_app.services.complaints.case import Case
from survey_app.services.complaints.decision import REPLY_MAX, Decision, Seen, State
from survey_app.services.follow_up.actions import RESPONSIBLE_MAX
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import acting, address
from survey_app.ui.words import said_anew, say

#: In the address: which case is meant.
CASE = "kasus"
_OPENED, _ARRIVED = "case-opened", "case-arrived"


class Mode(StrEnum):
    """What the form is opened for."""

    DECIDE = "decide"
    TAKE_UP = "take-up"
    REPLY = "reply"


@dataclass(frozen=True)
class Opened:
    """A form that is open: of which complaints as somebody saw them, and how they stood then.

    What others decide meanwhile is found by the service: the person is told, and what they typed stays.
    """

    unit: str
    seen: tuple[Seen, ...]
    decision: Decision
    mode: Mode

    @property
    def name(self) -> str:
        """What its fields are called; another one after another step."""
        first = self.seen[0]
        return f"{self.unit}-{first.seq}-{first.turn}-{self.mode}"


def open_(case: Case, mode: Mode = Mode.DECIDE) -> None:
    """Open the form below a case; the one that was open closes."""
    st.session_state[_OPENED] = Opened(case.entry.unit.code, case.seen, case.standing.decision, mode)


def arrive(case: Case | None) -> None:
    """Open the form of the case that the address names, once."""
    named = st.query_params.get(CASE)
    if case is not None and st.session_state.get(_ARRIVED) != named:
        open_(case)
    st.session_state[_ARRIVED] = named


def close(case: Case) -> None:
    """Close the form of a case that a tap has decided about: it stands on what was before."""
    if opened(case) is not None:
        del st.session_state[_OPENED]


def opened(case: Case) -> Opened | None:
    """The open form, where it is of this case."""
    found: Opened | None = st.session_state.get(_OPENED)
    if found is None or found.unit != case.entry.unit.code or found.seen[0].seq not in case.seqs:
        return None
    return found


def show(database: Database, case: Case, form: Opened) -> None:
    """The fields, filled with what stood; what is wrong stands below them and what was typed stays."""
    with st.form(f"case-form-{form.name}", border=False):
        unsur = _unsur(case, form) if form.mode is Mode.TAKE_UP else ""
        decision = _fields(form)
        with st.container(horizontal=True, gap="xsmall"):
            save = st.form_submit_button(say(triage_words.SAVE), type="primary")
            close = st.form_submit_button(say(triage_words.CLOSE))
    if close:
        _close()
        st.rerun()
    if save:
        taken = form.mode is Mode.TAKE_UP
        done = say(triage_words.TAKEN_UP if taken else triage_words.SAVED)
        acting.act(lambda: _save(database, form, unsur, decision), done)


def _save(database: Database, form: Opened, unsur: str, decision: Decision) -> None:
    if form.mode is Mode.TAKE_UP:
        handling.take_up(database, acting.who(), form.unit, form.seen, unsur, decision, runtime.now())
    else:
        handling.decide(database, acting.who(), form.unit, form.seen, decision, runtime.now())
    _close()


def _close() -> None:
    st.session_state.pop(_OPENED, None)
    address.put(CASE, None)
    st.session_state[_ARRIVED] = None


def _unsur(case: Case, form: Opened) -> str:
    names = {e.key: f"{e.number} {say(e.name)}" for e in instruments.get(case.entry.unit.instrument).elements}
    return st.selectbox(
        say(triage_words.UNSUR_FIELD),
        list(names),
        format_func=lambda key: names[key],
        key=said_anew(f"unsur-{form.name}"),
    )


def _fields(form: Opened) -> Decision:
    known, state = form.decision, form.decision.state
    if form.mode is not Mode.TAKE_UP:
        offered = [s for s in State if s is not State.NEW]
        first = State.DONE if form.mode is Mode.REPLY else state
        state = _state(offered, State.LOOKED_AT if first is State.NEW else first, form.name)
    owner = st.text_input(
        say(triage_words.OWNER_FIELD),
        known.owner or (triage_words.HEAD_OF_UNIT if form.mode is Mode.TAKE_UP else ""),
        max_chars=RESPONSIBLE_MAX,
        placeholder=say(triage_words.OWNER_EXAMPLE),
        help=say(triage_words.OWNER_HELP),
        key=f"owner-{form.name}",
    )
    reply = st.text_area(
        say(triage_words.REPLY_FIELD), known.reply.id, max_chars=REPLY_MAX, height=80, key=f"id-{form.name}"
    )
    english = st.text_area(
        say(triage_words.REPLY_EN_FIELD),
        known.reply.en,
        max_chars=REPLY_MAX,
        height=80,
        key=f"en-{form.name}",
    )
    st.caption(say(triage_words.WHO_READS))
    return replace(known, state=state, owner=owner, reply=Text(reply, english))


def _state(offered: Sequence[State], first: State, name: str) -> State:
    names = {s.value: say(triage_words.STATES[s]) for s in offered}
    chosen = st.selectbox(
        say(triage_words.STATE_FIELD),
        list(names),
        index=list(names).index(first.value),
        format_func=lambda value: names[value],
        key=said_anew(f"state-{name}"),
    )
    return State(chosen)
