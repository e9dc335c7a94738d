"""From page to page without loading anew: links that Streamlit follows itself."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from survey_app.ui import address
from survey_app.ui.plain import plain

_PAGES = "pages-open-to-one"


def offer(pages: Mapping[str, st.Page]) -> None:
    """The pages that links of this run may lead to, by path: those that the person may open."""
    st.session_state[_PAGES] = dict(pages)


def leads_to(path: str) -> bool:
    """Whether the page at an address such as /ringkasan is open to the person."""
    return path.removeprefix("/") in st.session_state.get(_PAGES, {})


def link(path: str, label: str, query: Mapping[str, str]) -> bool:
    """A link to another page, with what its address names and what goes along; False, and nothing drawn,
    where the page is not open to the person.

    Args:
        label: text, never Markdown.
    """
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is None:
        return False
    st.page_link(page, label=plain(label), query_params=address.carried() | dict(query))
    return True


def here(path: str, label: str, query: Mapping[str, str]) -> None:
    """A link to the page itself, whose address is to be no more than `query`."""
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is not None:
        st.page_link(page, label=plain(label), query_params=dict(query))
