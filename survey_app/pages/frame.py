"""What stands around every page: title, icon, style and navigation."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from survey_app.errors import NotFound, Unavailable
from survey_app.pages import doors
from survey_app.pages.specs import PAGES, UNLISTED, PageSpec
from survey_app.services.accounts.sessions import Session
from survey_app.services.places import catalogue
from survey_app.services.process import runtime
from survey_app.ui import acting, guards, layout
from survey_app.ui import person as person_box
from survey_app.ui.words import language, say, t

#: A local file: a named icon would make browsers ask a font host for it.
ICON = Path(__file__).with_name("icon.png")


def run(first: str = PAGES[0].path) -> None:
    """Show the page the address names, to who may open it; without one, the page `first`."""
    person, fresh, away = _signed_in()
    pages = [_page(spec, spec.path == first, person) for spec in PAGES]
    current = st.navigation(pages, position="top" if person is not None and fresh else "hidden")
    spec = PAGES[pages.index(current)]
    if (
        person is not None
        and fresh
        and spec is PAGES[0]
        and (begins := doors.first_of(person.acting)) != spec.path
    ):
        st.switch_page(next(page for page, s in zip(pages, PAGES, strict=True) if s.path == begins))
    title = f"{say(spec.title)} · {t('Survei Kepuasan Masyarakat', 'Community satisfaction survey')}"
    st.set_page_config(page_title=title, page_icon=str(ICON), layout="wide")
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
    if person is None:
        doors.ask_to_sign_in(spec, f"/{current.url_path}")
        return
    if not fresh:
        doors.ask_to_load_anew(spec, f"/{current.url_path}")
        return
    person_box.show(person)
    if not doors.is_open(spec, person.acting):
        doors.refuse(spec, person)
    elif _knows_unit(spec):
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


def _knows_unit(spec: PageSpec) -> bool:
    """False after saying that the address names a unit that does not exist: nobody is shown another one."""
    code = st.query_params.get("unit")
    if not code:
        return True
    try:
        catalogue.find_unit(runtime.database(), code, acting.who().scope)
    except NotFound as unknown:
        layout.heading(say(spec.title))
        guards.explain_unknown_unit(unknown)
        return False
    return True


def _page(spec: PageSpec, default: bool, person: Session | None) -> st.Page:
    """Listed is what somebody may open, but for a page that is not the first of theirs and in place of it."""
    listed = (
        person is not None
        and spec.path not in UNLISTED
        and doors.is_open(spec, person.acting)
        and (spec is not PAGES[0] or doors.first_of(person.acting) == spec.path)
    )
    seen: Literal["visible", "hidden"] = "visible" if listed else "hidden"
    return st.Page(spec.show, title=say(spec.title), url_path=spec.path, default=default, visibility=seen)
