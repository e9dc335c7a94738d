"""Who acts on a page, and doing something a service may refuse: say what is wrong, or what was done."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps

import streamlit as st
from streamlit import config
from streamlit.runtime.scriptrunner import get_script_run_ctx

from survey_app.errors import AppError, Refused
from survey_app.services.accounts import sessions
from survey_app.services.accounts.sessions import Session
from survey_app.services.places.acting import ANYBODY, Acting
from survey_app.services.process import runtime, signed_in
from survey_app.services.process.signed_in import Caller
from survey_app.text import Text
from survey_app.ui.plain import plain, tell
from survey_app.ui.words import say

ENDED = Text("Sesi Anda telah berakhir.", "Your session has ended.")
_KEY, _TROUBLES = "done", "troubles"
SIGNED_OUT = Text("Anda telah keluar.", "You have signed out.")
#: For whom what a browser holds of a page was made: account and role at a place. Nothing is made for anybody.
_MADE_FOR = "made-for"
#: The run that looked last in this thread, and whom it found.
_looked: ContextVar[tuple[object, Session | None] | None] = ContextVar("looked", default=None)


def who() -> Acting:
    """In which role the person acts who has signed in in this browser.

    Nobody's, where the page at hand was made for somebody else: what its buttons do is not theirs to do.
    """
    found = session()
    return ANYBODY if found is None or not _made_for(found) else found.acting


def session() -> Session | None:
    """Who has signed in in this browser; None without a session, or once it is over.

    Looked up once in a run, and in no two: a click in a fragment and the callback of a button are asked anew.

    Raises: Unavailable.
    """
    context = get_script_run_ctx()
    # Streamlit makes one for each run.
    run: object = None if context is None else context.parallel_coordinator
    last = _looked.get()
    if run is not None and last is not None and last[0] is run:
        return last[1]
    found = look_up(calling())
    _looked.set((run, found))
    return found


def begin() -> bool:
    """To be called before anything is drawn: False where the page was made for another account or role.

    Then what it held is forgotten, and it stays so until it is loaded anew: widgets without a key, and
    what the browser keeps of all of them, cannot be forgotten from here.

    Raises: Unavailable.
    """
    found = session()
    if found is not None and _made_for(found):
        st.session_state[_MADE_FOR] = _person(found)
        return True
    if made := st.session_state.get(_MADE_FOR):
        done = st.session_state.get(_KEY)
        st.session_state.clear()
        st.session_state.update({_MADE_FOR: made} | ({_KEY: done} if done else {}))
    return made is None


def fragment(part: Callable[[], None]) -> Callable[[], None]:
    """`st.fragment`, for pages of somebody: runs the whole page instead once they are somebody else.

    A fragment is given nothing: what it was given would be used again by a later run.
    """

    @wraps(part)
    def checked() -> None:
        found = session()
        if found is None or not _made_for(found):
            st.rerun(scope="app")
        part()

    drawn: Callable[[], None] = st.fragment(checked)
    return drawn


def at_click() -> Callable[[], Session]:
    """For what is made later and outside a run, as the file of a download: who it is for, asked anew then.

    What is called then raises: Refused `session-ended` when the session is over or in another role by then.
    """
    caller, person = calling(), who()

    def again() -> Session:
        found = look_up(caller)
        if found is None or found.acting != person:
            raise Refused("session-ended", ENDED)
        return found

    return again


def sign_out() -> None:
    """End the session of this browser, and forget what the page held of it."""
    if (kept := calling().token) is not None:
        sessions.end(runtime.database(), kept)
    _looked.set(None)
    st.session_state[_KEY] = say(SIGNED_OUT)


def calling() -> Caller:
    """The browser, with the cookies it had when it opened the page or found the server again."""
    return signed_in.caller(st.context.cookies, st.context.headers, st.context.url)


def look_up(caller: Caller) -> Session | None:
    """The session of a browser, if there is one now."""
    return signed_in.find(caller, config.get_option("server.address"))


def act(job: Callable[[], object], done: str | Callable[[], str]) -> None:
    """Run `job` and begin the page anew with the message `done`; or show every problem and stay.

    `done` may be what makes the message, once the job is done.
    """
    try:
        job()
    except AppError as error:
        for text in [problem.text for problem in error.problems] or [error.text]:
            st.error(tell(text))
        return
    st.session_state[_KEY] = done if isinstance(done, str) else done()
    st.rerun()


def at_tap(job: Callable[[], object], done: str, place: str) -> None:
    """As `act`, in the callback of a button, which knows what the person saw when they pressed it; what is
    wrong is told where `tell_troubles` of that place stands in the run that follows."""
    try:
        job()
    except AppError as error:
        texts = [problem.text for problem in error.problems] or [error.text]
        st.session_state[f"{_TROUBLES} {place}"] = [tell(text) for text in texts]
        return
    st.session_state[_KEY] = done


def tell_troubles(place: str) -> None:
    """What `at_tap` could not do, once."""
    for text in st.session_state.pop(f"{_TROUBLES} {place}", ()):
        st.error(text)


def asked_first(label: str, consequence: str, sure: str, key: str) -> bool:
    """A button that opens what will happen; True when the person then says `sure`."""
    with st.popover(label):
        st.markdown(consequence)
        return st.button(sure, type="primary", key=key)


def show_done() -> None:
    """What the last action did, once."""
    if message := st.session_state.pop(_KEY, None):
        st.toast(plain(message))


def _person(found: Session) -> tuple[int, Acting]:
    return found.account, found.acting


def _made_for(found: Session) -> bool:
    """Whether what the browser holds was made for this account and role, or for nobody yet."""
    return st.session_state.get(_MADE_FOR) in (None, _person(found))
