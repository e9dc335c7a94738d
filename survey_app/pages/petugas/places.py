"""The places a role can be for, and the roles that may be given, as choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from survey_app.errors import Refused
from survey_app.services.accounts import people
from survey_app.services.accounts.people import Held
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.words import said_anew, say
from survey_app.wording.role_words import ROLES, place_words

ROLE = Text("Peran", "Role")
PLACE = Text("Berlaku untuk", "For")
CHOOSE = Text("Pilih", "Choose")
CHOOSE_BOTH = Text("Pilih peran dan tempatnya terlebih dahulu.", "Choose the role and its place first.")


@dataclass(frozen=True)
class Places:
    """What somebody may give, and the names of places by which all roles are told."""

    roles: Sequence[Role]
    scopes: Mapping[str, Scope]
    entries: Sequence[UnitEntry]
    agencies: Mapping[str, str]

    @classmethod
    def of(cls, database: Database, acting: Acting) -> Places:
        """The own scope first, then the agencies and units in it."""
        entries = catalogue.list_units(database, PROVINCE)
        agencies = {agency.code: agency.name for agency in catalogue.list_agencies(database)}
        scopes = {"": PROVINCE} if acting.scope == PROVINCE else {}
        scopes |= {
            f"agency {code}": Scope(agency=code) for code in agencies if acting.scope.agency in (None, code)
        }
        scopes |= {f"unit {e.unit.code}": Scope(unit=e.unit.code) for e in entries if acting.scope.covers(e)}
        may = people.may_give(acting)
        return cls([role for role in ROLES if role in may], scopes, entries, agencies)

    def name(self, scope: Scope) -> str:
        """What a place is called; an agency without a unit has a name as well."""
        if scope.unit is None and (name := self.agencies.get(scope.agency or "")):
            return name
        return say(place_words(scope, self.entries))

    def tell(self, given: Held) -> str:
        """A role at its place."""
        return f"{say(ROLES[given.role])}, {self.name(given.scope)}"

    def choose(self, key: str) -> tuple[Role | None, Scope | None]:
        """Two lists: the role, and its place.

        Nothing is chosen beforehand: the first of both is the whole province, and nobody gets that by an
        oversight.
        """
        role = st.selectbox(
            say(ROLE),
            self.roles,
            _only(self.roles),
            format_func=lambda r: say(ROLES[r]),
            key=said_anew(f"{key}-role"),
            placeholder=say(CHOOSE),
        )
        codes = list(self.scopes)
        place = st.selectbox(
            say(PLACE),
            codes,
            _only(codes),
            format_func=lambda code: self.name(self.scopes[code]),
            key=said_anew(f"{key}-place"),
            placeholder=say(CHOOSE),
        )
        return role, None if place is None else self.scopes[place]


def chosen(choice: tuple[Role | None, Scope | None]) -> tuple[Role, Scope]:
    """What was chosen. Raises: Refused `input-refused` where something was not."""
    role, scope = choice
    if role is None or scope is None:
        raise Refused("input-refused", CHOOSE_BOTH)
    return role, scope


def _only(choices: Sequence[object]) -> int | None:
    return 0 if len(choices) == 1 else None
