"""Isi survei: the questionnaire of a unit's service, one response per person, a thank-you with receipt."""

from __future__ import annotations

import streamlit as st

from survey_app import instruments
from survey_app.pages.survei import attempts, form, thanks
from survey_app.pages.survei.form import Sitting
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt, Trial
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import choosing, guards, layout, links
from survey_app.ui.words import say, t

TRIAL = Text("Uji coba: jawaban tidak disimpan.", "A trial: the answers are not stored.")


def show() -> None:
    database = runtime.database()
    entry = _unit(database)
    if entry is None:
        return
    turn = form.sitting(runtime.now)
    turn.entry = entry
    form.look_again(turn, lambda sent: intake.find_receipt(database, sent))
    if isinstance(turn.outcome, Receipt):
        thanks.show(turn.outcome, entry)
        return
    if isinstance(turn.outcome, Trial):
        thanks.show_trial(entry)
        return
    layout.heading(entry.unit.name, entry.agency.name)
    if _on_trial():
        st.warning(say(TRIAL))
    service = choosing.choose_service(entry, st.query_params.get("service"))
    if service is not None:
        _ask(database, turn, entry, service)


def _on_trial() -> bool:
    """Whether the address asks for a trial: checked, not stored."""
    return st.query_params.get(links.TRIAL) == "1"


def _unit(database: Database) -> UnitEntry | None:
    """The unit of the address; without one, chosen step by step."""
    code = st.query_params.get("unit")
    if code:
        return form.begun(code, lambda: guards.unit_or_explain(database, code))
    layout.heading(t("Survei Kepuasan Masyarakat", "Community satisfaction survey"))
    choosing.choose_unit(database)
    return None


def _ask(database: Database, turn: Sitting, entry: UnitEntry, service: Service) -> None:
    filled = form.draw(instruments.get(entry.unit.instrument), turn, entry.unit.name, service.codes_required)
    if filled is None:
        return
    now, trial = runtime.now(), _on_trial()
    submission = form.submission(turn, entry, service, filled, now)
    turn.record(form.sent(lambda: attempts.send(database, submission, now, trial=trial)))
    st.rerun()
