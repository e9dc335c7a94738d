"""Which pages somebody may open, and with which one they begin."""

from __future__ import annotations

from collections.abc import Mapping

from survey_app.pages.groups import GROUPS, WITHOUT_UNITS, Group
from survey_app.pages.specs import PAGES, PageSpec
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import Reach

_SPECS = {spec.path: spec for spec in PAGES}


def first_of(person: Acting) -> str:
    """With which page the day begins: paper at the counter, the own unit's result, else the summary."""
    if person.role is Role.OPERATOR:
        return "kertas"
    return "unit" if person.scope.reach is Reach.UNIT else "ringkasan"


def groups_of(person: Acting, *, empty: bool = False) -> Mapping[Group, list[PageSpec]]:
    """The pages that the navigation names to somebody, by group; no group without a page.

    Args:
        empty: there is no service unit in the scope yet.
    """
    listed = {
        group: [
            _SPECS[path]
            for path in paths
            if _SPECS[path].open_to(person) and (not empty or path in WITHOUT_UNITS)
        ]
        for group, paths in GROUPS.items()
    }
    return {group: specs for group, specs in listed.items() if specs}


def listed_for(person: Acting, *, empty: bool = False) -> set[str]:
    """Paths of the pages that the navigation names."""
    return {spec.path for specs in groups_of(person, empty=empty).values() for spec in specs}
