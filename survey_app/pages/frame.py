"""What stands around every page: title, style and navigation."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from survey_app.errors import Unavailable
from survey_app.pages import doors
from survey_app.pages.doors import turned_away
from survey_app.pages.specs import PAGES, PageSpec
from survey_app.services.accounts.sessions import Session
from survey_app.ui import acting, layout
from survey_app.ui.words import language, say
from survey_app.wording import product


def run(first: str = PAGES[0].path) -> None:
    """Show the page the address names, to who may open it; without one, the page `first`."""
    person, fresh, away = _signed_in()
    pages = [page_of(spec, spec.path == first, person) for spec in PAGES]
    current = st.navigation(pages, position="top" if person is not None and fresh else "hidden")
    spec = PAGES[pages.index(current)]
    if person is not None and fresh and spec is PAGES[0]:
        _begin_elsewhere(pages, doors.first_of(person.acting))
    title = f"{say(spec.title)} · {say(product.NAME)}"
    # The icon is the shell's: a file that Streamlit is given here it serves among those that pages made.
    st.set_page_config(page_title=title, layout="wide")
    layout.style("style")
    # One for each language: a sheet that is only left out would stay until the whole page is drawn.
    layout.style("indonesian" if language() == "id" else "english")
    if spec.bare:
        layout.style("bare")
    acting.show_done()
    if spec.action is None:
        current.run()
        return
    if away is not None:
        raise away
    if turned_away.may_see(spec, f"/{current.url_path}", person, fresh):
        current.run()


def _signed_in() -> tuple[Session | None, bool, Unavailable | None]:
    """Who has signed in, and whether the page is theirs, or why nobody can tell.

    A citizen's form must outlive a database that is away.
    """
    try:
        fresh = acting.begin()
        return acting.session(), fresh, None
    except Unavailable as away:
        return None, False, away


def _begin_elsewhere(pages: list[st.Page], path: str) -> None:
    if path != PAGES[0].path:
        st.switch_page(pages[[spec.path for spec in PAGES].index(path)])


def page_of(spec: PageSpec, default: bool, person: Session | None) -> st.Page:
    listed = person is not None and doors.is_listed(spec, person.acting)
    seen: Literal["visible", "hidden"] = "visible" if listed else "hidden"
    return st.Page(spec.show, title=say(spec.title), url_path=spec.path, default=default, visibility=seen)
