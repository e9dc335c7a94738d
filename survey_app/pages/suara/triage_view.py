"""What is to be done about complaints, the most pressing first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey_app.pages.suara import case_form, case_view, triage_words, view
from survey_app.services.complaints.cases import Case, Worklist
from survey_app.services.complaints.decision import OPEN, State
from survey_app.services.complaints.limits import limits
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address, layout
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, terms

#: Cases before the rest is a click away.
_PAGE = 12
_SHOWN = "cases-shown"
VIEW = address.Place(name="lihat", key="voices-view")
STATE = address.Place(name="keadaan", key="case-state")
UNSUR = address.Place(name="unsur", key="case-unsur")


def is_chosen() -> bool:
    """Which of the two views, by the address; drawn where the page lets choose."""
    names = {key: say(name) for key, name in triage_words.VIEWS.items()}
    return address.pills(t("Tampilan", "View"), names, VIEW) == "tangani"


def choose_unsur(found: Worklist, names: Mapping[str | None, str]) -> Worklist:
    """The cases of one unsur, where there are several to choose from."""
    there = [key for key in names if any(case.unsur == key for case in found.cases)]
    if len(there) < 2:
        return found
    offered = {"": say(triage_words.EVERY_UNSUR)}
    offered |= {key or "-": names[key] if key else say(triage_words.NO_UNSUR) for key in there}
    chosen = address.select(say(terms.UNSUR), offered, UNSUR)
    kept = tuple(case for case in found.cases if chosen in ("", case.unsur or "-"))
    return Worklist(kept, found.since, found.read, found.total)


def headline(found: Worklist) -> Text:
    """What to look at first, in one sentence; complaints are counted, not cases."""
    counts = found.counts
    n = sum(counts[state] for state in OPEN)
    new = [case for case in found.cases if case.urgent and case.state is State.NEW]
    urgent = sum(len(case.comments) for case in new)
    late = sum(len(case.comments) for case in found.cases if case.waiting and case.waiting.late)
    if urgent:
        return (triage_words.URGENT_AND_LATE if late else triage_words.URGENT_ONLY).format(
            urgent=_whole(urgent), late=_whole(late)
        )
    if n:
        return (triage_words.LATE_ONLY if late else triage_words.IN_TIME).format(
            n=_whole(n), late=_whole(late)
        )
    if counts[State.DONE]:
        return triage_words.ALL_DONE.format(done=_whole(counts[State.DONE]))
    return triage_words.NONE_LEFT if found.cases else triage_words.NOTHING.format(since=_since(found))


def show(database: Database, every: Worklist, place: DeltaGenerator, *, may: bool) -> None:
    """The sentence, how many are how far, and the cases; `may`: whether who reads decides about them.

    Args:
        every: all of the scope.
        place: the row of choices.
    """
    names = view.unsur_names()
    with place:
        found = choose_unsur(every, names)
    layout.heading(say(headline(found)))
    named = every.find(st.query_params.get(case_form.CASE, ""))
    if may:
        case_form.arrive(named)
    if case_form.CASE in st.query_params and named is None:
        st.info(say(triage_words.GONE))
    cases = _in_state(found)
    shown = [case for case in cases[: st.session_state.get(_SHOWN, _PAGE)] if case is not named]
    if not shown and named is None and found.cases:
        st.markdown(say(triage_words.NO_MATCH))
    with st.container(key="cases"):
        for case in ([named] if named else []) + shown:
            case_view.show(database, case, names, may=may, named=case is named)
    if len(cases) > st.session_state.get(_SHOWN, _PAGE):
        st.button(say(triage_words.MORE), on_click=_show_more)
    _explain(found)


def _in_state(found: Worklist) -> Sequence[Case]:
    """Those that are so far as the address says: all that wait for somebody unless it says otherwise."""
    counts = found.counts
    open_ = sum(counts[state] for state in OPEN)
    names = {"": f"{say(triage_words.OPEN)} {_whole(open_)}"}
    for state, name in triage_words.STATES.items():
        if counts[state]:
            names[state.value] = f"{say(name)} {_whole(counts[state])}"
    chosen = address.pills(t("Status", "State"), names, STATE)
    return [case for case in found.cases if (case.state in OPEN if not chosen else case.state == chosen)]


def _explain(found: Worklist) -> None:
    since = _since(found)
    if found.read < found.total:
        read, total = _whole(found.read), _whole(found.total)
        st.info(say(triage_words.LIMIT.format(since=since, n=read, all=total)))
    within = limits()
    told = triage_words.HOW.format(
        since=since,
        look=within.look_within,
        urgent=within.look_within_urgent,
        finish=within.finish_within,
        inspected=within.finish_within_inspected,
    )
    st.caption(say(told))


def _show_more() -> None:
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, _PAGE) + _PAGE


def _since(found: Worklist) -> str:
    return periods.name(found.since, language())


def _whole(count: int) -> str:
    return numbers.whole(count, language())
