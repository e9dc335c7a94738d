"""The head of every page: what people come to do, the pages for it, the language, and who has signed in."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from survey_app.pages import doors
from survey_app.pages.navigation.groups import Group, group_of
from survey_app.pages.specs import PageSpec
from survey_app.services.accounts.sessions import Session
from survey_app.services.follow_up import plans
from survey_app.services.places import catalogue
from survey_app.services.places.permissions import Action
from survey_app.services.process import runtime
from survey_app.ui import address, finder, person
from survey_app.ui.words import choose_language, in_address, say
from survey_app.wording import product

_HAS_UNITS = "has-units"


def show(pages: Mapping[str, st.Page], current: PageSpec, session: Session) -> None:
    """Two rows: the groups, and the pages of the group at hand. What is chosen goes along to each of them.

    Args:
        pages: by path.
    """
    groups = doors.groups_of(session.acting, empty=not _has_units(session))
    here = group_of(current.path) or next(iter(groups), None)
    kept = address.carried()
    with st.container(horizontal=True, vertical_alignment="center", key="head", gap="small"):
        first = pages[doors.first_of(session.acting)]
        st.page_link(first, label=say(product.SHORT), query_params=kept)
        with st.container(horizontal=True, key="groups", gap="xsmall", width="content"):
            for group, specs in groups.items():
                late = _overdue(session) if group is Group.MEND else 0
                _link_to(group, specs, pages, kept, here=group is here, count=late)
        with st.container(key="finder-box", width="stretch"):
            found = finder.draw()
        with st.container(horizontal=True, key="own", gap="small", horizontal_alignment="right"):
            choose_language(short=True)
            person.show(session)
    if found is not None and found.page in pages:
        # Elsewhere the period and the unit at hand are not meant, the language is.
        st.switch_page(pages[found.page], query_params=in_address() | found.query)
    person.show_viewing(session)
    with st.container(horizontal=True, key="pages", gap="small"):
        for spec in groups.get(here, []) if here else []:
            with st.container(key=f"page-{spec.path}{_HERE if spec is current else ''}", width="content"):
                st.page_link(pages[spec.path], label=say(spec.title), query_params=kept)


#: At the end of the key of what is open: the sheet draws it so.
_HERE = "-here"


def _link_to(
    group: Group,
    specs: list[PageSpec],
    pages: Mapping[str, st.Page],
    kept: dict[str, str],
    *,
    here: bool,
    count: int,
) -> None:
    """To the first of its pages; `count`: what waits there."""
    label = say(group.value) + (f" :red-badge[{count}]" if count else "")
    with st.container(key=f"group-{group.name.lower()}{_HERE if here else ''}", width="content"):
        st.page_link(pages[specs[0].path], label=label, query_params=kept)


def _overdue(session: Session) -> int:
    """How many actions are overdue, to who may know."""
    if not session.acting.may(Action.SEE_FOLLOW_UP):
        return 0
    return plans.overdue_count(runtime.database(), session.acting, runtime.today())


def _has_units(session: Session) -> bool:
    """Asked until there are any: units are never removed."""
    if not st.session_state.get(_HAS_UNITS):
        st.session_state[_HAS_UNITS] = bool(catalogue.list_units(runtime.database(), session.acting.scope))
    return bool(st.session_state[_HAS_UNITS])
