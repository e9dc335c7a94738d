"""Which pages somebody may open, and with which one they begin."""

from __future__ import annotations

from survey_app.pages.specs import PAGES, UNLISTED, PageSpec
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import Reach


def first_of(person: Acting) -> str:
    """With which page the day begins: paper at the counter, the own unit's result, else all units."""
    if person.role is Role.OPERATOR:
        return "kertas"
    return "unit" if person.scope.reach is Reach.UNIT else PAGES[0].path


def is_listed(spec: PageSpec, person: Acting) -> bool:
    """Whether the navigation names a page: not the first one where somebody begins with another."""
    listed = spec.path not in UNLISTED and spec.open_to(person)
    return listed and (spec is not PAGES[0] or first_of(person) == spec.path)
