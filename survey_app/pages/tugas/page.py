"""Tugas: what a position has to do of the follow-up of all units, in the order of working."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from analytics import Period
from survey_app.pages.tugas import view, words
from survey_app.pages.tugas.parts import Asked
from survey_app.services.complaints.cases import in_hand
from survey_app.services.follow_up import listing, tasks
from survey_app.services.follow_up.tasks import Turn
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.province.overview import months_with_answers, overview
from survey_app.storage.database import Database
from survey_app.ui import acting, choosing, layout
from survey_app.ui.answered import units_or_explain
from survey_app.ui.words import say


def show() -> None:
    database, today = runtime.database(), runtime.today()
    entries = units_or_explain(database, say(words.TITLE))
    if not entries:
        return
    choices = layout.choices()
    with choices:
        scope = choosing.filter_agency_or_unit(entries)
    cases = in_hand(database, acting.who(), scope, runtime.now())
    owners = (case.standing.decision.owner for case in cases for _ in case.comments)
    found = listing.listed(database, acting.who(), [e for e in entries if scope.covers(e)], today)
    offered = tasks.positions(found, today, owners)
    with choices:
        key = view.choose(offered)
    if not key:
        counts = Counter[Turn]()
        for position in offered:
            counts.update(position.counts)
        layout.heading(view.headline(counts, cases))
        if offered:
            view.show_positions(offered)
            st.caption(say(words.HOW))
        return
    turns = tasks.of_position(found, key, today)
    counts = Counter({turn: len(of) for turn, of in turns.items()})
    own = [case for case in cases if tasks.position_key(case.standing.decision.owner) == key]
    layout.heading(view.headline(counts, own), view.named(offered, key))
    asked = Asked(turns=turns, cases=own, key=key, whole=view.whole(), results=_results(database, scope))
    view.show_tasks(asked)


def _results(database: Database, scope: Scope) -> Mapping[str, UnitResult] | None:
    """The last measured quarter of each unit; None to who is told no values."""
    if not acting.who().may(Action.SEE_INSIDE):
        return None
    last = months_with_answers(database, scope)
    if last is None:
        return {}
    current = Period.containing(last[1].first_day, "quarter")
    return {u.entry.unit.code: u for u in overview(database, scope, current, back=0).units}
