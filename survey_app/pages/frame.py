"""What stands around every page: title, style and navigation."""

from __future__ import annotations

import streamlit as st

from survey_app.errors import Unavailable
from survey_app.pages import doors, meeting
from survey_app.pages.doors import turned_away
from survey_app.pages.navigation import header
from survey_app.pages.navigation.groups import group_of
from survey_app.pages.specs import PAGES
from survey_app.services.accounts.sessions import Session
from survey_app.services.process import runtime
from survey_app.ui import acting, address, drawn, layout, moves
from survey_app.ui.words import choose_language, language, say
from survey_app.wording import product


def run(first: str = PAGES[0].path) -> None:
    """Show the page the address names, to who may open it; without one, the page `first`."""
    person, fresh, away = _signed_in()
    pages = {
        spec.path: st.Page(spec.show, title=say(spec.title), url_path=spec.path, default=spec.path == first)
        for spec in PAGES
    }
    current = st.navigation(list(pages.values()), position="hidden")
    spec = next(spec for spec in PAGES if pages[spec.path] is current)
    if person is not None and fresh and spec is PAGES[0]:
        _begin_elsewhere(pages, person)
    drawn.arrive(spec.path)
    title = f"{say(spec.title)} · {say(product.NAME)}"
    # The icon is the shell's: a file that Streamlit is given here it serves among those that pages made.
    st.set_page_config(page_title=title, layout="wide")
    layout.style("marks")
    layout.style("style")
    moves.offer({path: pages[path] for path in _open_to(person)})
    shown_to_a_meeting = address.presenting() and group_of(spec.path) is not None
    # One for each language: a sheet that is only left out would stay until the whole page is drawn.
    layout.style("indonesian" if language() == "id" else "english")
    if spec.bare:
        layout.style("bare")
    if shown_to_a_meeting:
        layout.style("meeting")
    acting.show_done()
    if person is not None and fresh and not spec.bare:
        (meeting.show if shown_to_a_meeting else header.show)(pages, spec, person)
    else:
        choose_language()
    if spec.action is None:
        current.run()
        return
    if away is not None:
        raise away
    if turned_away.may_see(spec, f"/{current.url_path}", person, fresh):
        current.run()


def _open_to(person: Session | None) -> list[str]:
    """The paths of the pages that somebody may open."""
    return [] if person is None else [spec.path for spec in PAGES if spec.open_to(person.acting)]


def _signed_in() -> tuple[Session | None, bool, Unavailable | None]:
    """Who has signed in, and whether the page is theirs, or why nobody can tell.

    A citizen's form must outlive a database that is away.
    """
    try:
        fresh = acting.begin()
        return acting.session(), fresh, None
    except Unavailable as away:
        return None, False, away


def _begin_elsewhere(pages: dict[str, st.Page], person: Session) -> None:
    """Once there are answers, nobody begins with the first page."""
    if (path := doors.beyond_beranda(runtime.database(), person.acting)) is not None:
        st.switch_page(pages[path], query_params=address.carried())
