"""Which pages somebody may open, and with which one they begin."""

from __future__ import annotations

from collections.abc import Mapping

from survey_app.pages.navigation.groups import GROUPS, WITHOUT_UNITS, Group
from survey_app.pages.specs import PAGES, PageSpec
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import Reach
from survey_app.services.province.overview import months_with_answers
from survey_app.storage.database import Database


def first_of(person: Acting) -> str:
    """With which page the day begins: paper at the counter, the own unit's result, else the summary."""
    if person.role is Role.OPERATOR:
        return "kertas"
    return "unit" if person.scope.reach is Reach.UNIT else "ringkasan"


def beyond_beranda(database: Database, person: Acting) -> str | None:
    """The page to which the first one leads on; None while there are no answers in the scope, and it says
    what to do. Raises: Unavailable."""
    answered = months_with_answers(database, person.scope) is not None
    return first_of(person) if answered else None


def groups_of(person: Acting, *, empty: bool = False) -> Mapping[Group, list[PageSpec]]:
    """The pages that the navigation names to somebody, by group; no group without a page.

    Args:
        empty: there is no service unit in the scope yet.
    """
    open_to = {spec.path: spec for spec in PAGES if spec.open_to(person)}
    offered = open_to.keys() & WITHOUT_UNITS if empty else open_to.keys()
    listed = {group: [open_to[path] for path in paths if path in offered] for group, paths in GROUPS.items()}
    return {group: specs for group, specs in listed.items() if specs}


def listed_for(person: Acting, *, empty: bool = False) -> set[str]:
    """Paths of the pages that the navigation names."""
    return {spec.path for specs in groups_of(person, empty=empty).values() for spec in specs}
