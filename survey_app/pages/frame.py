"""What stands around every page: title, icon, style and navigation."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from survey_app.errors import NotFound
from survey_app.pages.specs import PAGES, UNLISTED, PageSpec
from survey_app.services.places import catalogue
from survey_app.services.process import runtime
from survey_app.ui import acting, guards, layout
from survey_app.ui.words import language, say, t

#: A local file: a named icon would make browsers ask a font host for it.
ICON = Path(__file__).with_name("icon.png")


def run(first: str = "beranda") -> None:
    """Show the page the address names; without one, the page `first`."""
    pages = [_page(spec, spec.path == first) for spec in PAGES]
    current = st.navigation(pages, position="top")
    spec = PAGES[pages.index(current)]
    title = f"{say(spec.title)} · {t('Survei Kepuasan Masyarakat', 'Community satisfaction survey')}"
    st.set_page_config(page_title=title, page_icon=str(ICON), layout="wide")
    layout.style("style")
    # One for each language: a sheet that is only left out would stay until the whole page is drawn.
    layout.style("indonesian" if language() == "id" else "english")
    if spec.bare:
        layout.style("bare")
    acting.show_done()
    if _knows_unit(spec):
        current.run()


def _knows_unit(spec: PageSpec) -> bool:
    """False after saying that the address names a unit that does not exist: nobody is shown another one.

    The survey page says so itself, as its form must outlive a database that is away.
    """
    code = st.query_params.get("unit")
    if not code or spec.bare:
        return True
    try:
        catalogue.find_unit(runtime.database(), code, acting.who().scope)
    except NotFound as unknown:
        layout.heading(say(spec.title))
        guards.explain_unknown_unit(unknown)
        return False
    return True


def _page(spec: PageSpec, default: bool) -> st.Page:
    seen: Literal["visible", "hidden"] = "hidden" if spec.path in UNLISTED else "visible"
    return st.Page(spec.show, title=say(spec.title), url_path=spec.path, default=default, visibility=seen)
