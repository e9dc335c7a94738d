"""The places a role can be for, and the roles that may be given, as choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from survey_app.errors import Refused
from survey_app.services.accounts import people
from survey_app.services.accounts.people import Held
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.place_choice import CHOOSE, PlaceChoice
from survey_app.ui.words import said_anew, say
from survey_app.wording.role_words import ROLES

ROLE = Text("Peran", "Role")
CHOOSE_BOTH = Text("Pilih peran dan tempatnya terlebih dahulu.", "Choose the role and its place first.")


@dataclass(frozen=True)
class Places:
    """What somebody may give, and the names of places by which all roles are told."""

    roles: Sequence[Role]
    places: PlaceChoice

    @classmethod
    def of(cls, database: Database, acting: Acting) -> Places:
        may = people.may_give(acting)
        return cls([role for role in ROLES if role in may], PlaceChoice.of(database, acting))

    def tell(self, given: Held) -> str:
        """A role at its place."""
        return f"{say(ROLES[given.role])}, {self.places.name(given.scope)}"

    def choose(self, key: str) -> tuple[Role | None, Scope | None]:
        """Two lists: the role, and its place. Nothing is chosen beforehand where there are several."""
        role = st.selectbox(
            say(ROLE),
            self.roles,
            0 if len(self.roles) == 1 else None,
            format_func=lambda r: say(ROLES[r]),
            key=said_anew(f"{key}-role"),
            placeholder=say(CHOOSE),
        )
        return role, self.places.choose(f"{key}-place")


def chosen(choice: tuple[Role | None, Scope | None]) -> tuple[Role, Scope]:
    """What was chosen. Raises: Refused `input-refused` where something was not."""
    role, scope = choice
    if role is None or scope is None:
        raise Refused("input-refused", CHOOSE_BOTH)
    return role, scope
