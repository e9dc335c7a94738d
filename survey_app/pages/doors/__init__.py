"""Which pages somebody may open, and with which one they begin."""

from __future__ import annotations

from collections.abc import Mapping

from survey_app.pages.specs import PAGES, Group, PageSpec
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import Reach

#: What makes sense while there is no service unit.
WITHOUT_UNITS = frozenset({"pengaturan", "petugas", "sambungan", "jejak-audit"})


def first_of(person: Acting) -> str:
    """With which page the day begins: paper at the counter, the own unit's result, else the summary."""
    if person.role is Role.OPERATOR:
        return "kertas"
    return "unit" if person.scope.reach is Reach.UNIT else "ringkasan"


def is_listed(spec: PageSpec, person: Acting, *, empty: bool = False) -> bool:
    """Whether the navigation names a page. `empty`: there is no service unit in the scope yet."""
    listed = spec.group is not None and spec.open_to(person)
    return listed and (not empty or spec.path in WITHOUT_UNITS)


def groups_of(person: Acting, *, empty: bool = False) -> Mapping[Group, list[PageSpec]]:
    """The pages that the navigation names, by group; no group without a page."""
    listed = [spec for spec in PAGES if is_listed(spec, person, empty=empty)]
    return {group: found for group in Group if (found := [s for s in listed if s.group is group])}
