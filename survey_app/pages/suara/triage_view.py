"""What is to be done about complaints, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.disclosure import is_few
from survey_app.pages.suara import case_form, case_view, triage_words, view
from survey_app.services.complaints.case import Case, Worklist
from survey_app.services.complaints.decision import OPEN, State
from survey_app.services.complaints.limits import limits
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address, layout
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, terms

#: Cases before the rest is a click away.
_PAGE = 8
_SHOWN = "cases-shown"
VIEW = address.Place(name="lihat", key="voices-view")
STATE = address.Place(name="keadaan", key="case-state")
UNSUR = address.Place(name="unsur", key="case-unsur")


def is_chosen() -> bool:
    """Which of the two views, by the address; drawn where the page lets choose."""
    names = {key: say(name) for key, name in triage_words.VIEWS.items()}
    return address.pills(t("Tampilan", "View"), names, VIEW) == "tangani"


def choose_unsur() -> str:
    """The unsur that the address names, "-" for complaints that name none, or nothing for all."""
    offered = {"": say(triage_words.EVERY_UNSUR)}
    for key, name in view.unsur_names().items():
        offered[key or "-"] = name if key else say(triage_words.NO_UNSUR)
    return address.select(say(terms.UNSUR), offered, UNSUR)


def of_unsur(found: Worklist, unsur: str) -> Worklist:
    """What `choose_unsur` has chosen."""
    kept = tuple(case for case in found.cases if unsur in ("", case.unsur or "-"))
    return Worklist(kept, found.since, found.read, found.total)


def headline(found: Worklist, *, inside: bool = True) -> Text:
    """What to look at first, in one sentence; complaints are counted, not cases.

    Args:
        inside: whether who reads sees what stays inside; else of a few it is not told how many they are.
    """
    counts = found.counts

    def told(n: int) -> str | Text:
        return triage_words.FEW if is_few(n) and not inside else _whole(n)

    n = sum(counts[state] for state in OPEN)
    new = [case for case in found.cases if case.urgent and case.state is State.NEW]
    urgent = sum(len(case.comments) for case in new)
    late = sum(case.waiting.over for case in found.cases if case.waiting)
    if urgent:
        return (triage_words.URGENT_AND_LATE if late else triage_words.URGENT_ONLY).format(
            urgent=told(urgent), late=told(late)
        )
    if n:
        return (triage_words.LATE_ONLY if late else triage_words.IN_TIME).format(n=told(n), late=told(late))
    if counts[State.DONE]:
        return triage_words.ALL_DONE.format(done=told(counts[State.DONE]))
    return triage_words.NONE_LEFT if found.cases else triage_words.NOTHING.format(since=_since(found))


def show(database: Database, every: Worklist, unsur: str, *, may: bool, inside: bool) -> None:
    """The sentence, how many are how far, and the cases; `may`: whether who reads decides about them.

    Args:
        every: all of the scope.
        unsur: what `choose_unsur` has chosen.
        inside: whether who reads sees what stays inside; else no count of a few is told.
    """
    found, names = of_unsur(every, unsur), view.unsur_names()
    nothing_of_it = bool(every.cases) and not found.cases
    title = say(triage_words.NO_MATCH if nothing_of_it else headline(found, inside=inside))
    layout.heading(title[:1].upper() + title[1:])
    named = every.find(st.query_params.get(case_form.CASE, ""))
    if may:
        case_form.arrive(named)
    if case_form.CASE in st.query_params and named is None:
        st.info(say(triage_words.GONE))
    cases = _in_state(found, inside)
    shown = [case for case in cases[: st.session_state.get(_SHOWN, _PAGE)] if case is not named]
    if not shown and named is None and found.cases:
        st.markdown(say(triage_words.NO_MATCH))
    with st.container(key="cases"):
        for case in ([named] if named else []) + shown:
            case_view.show(database, case, names, may=may, inside=inside, named=case is named)
    if len(cases) > st.session_state.get(_SHOWN, _PAGE):
        st.button(say(triage_words.MORE), on_click=_show_more)
    _explain(found)


def _in_state(found: Worklist, inside: bool) -> Sequence[Case]:
    """Those that are so far as the address says: all that wait for somebody unless it says otherwise."""
    counts = found.counts
    open_ = sum(counts[state] for state in OPEN)
    # One that is left out would be the rest of the others.
    counted = inside or not any(map(is_few, counts.values()))

    def named(name: Text, n: int) -> str:
        return f"{say(name)} {_whole(n)}" if counted else say(name)

    names = {"": named(triage_words.OPEN, open_)}
    for state, name in triage_words.STATES.items():
        if counts[state] or st.query_params.get(STATE.name) == state.value:
            names[state.value] = named(name, counts[state])
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
