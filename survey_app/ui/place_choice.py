"""Choosing the place that something is for, inside one's own, and what places are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.words import said_anew, say
from survey_app.wording.role_words import place_words

PLACE = Text("Berlaku untuk", "For")
CHOOSE = Text("Pilih", "Choose")


@dataclass(frozen=True)
class PlaceChoice:
    """The places inside one's own, by a word for each, and the names of all."""

    scopes: Mapping[str, Scope]
    entries: Sequence[UnitEntry]
    agencies: Mapping[str, str]

    @classmethod
    def of(cls, database: Database, acting: Acting) -> PlaceChoice:
        """The own scope first, then the agencies and units in it."""
        entries = catalogue.list_units(database, PROVINCE)
        agencies = {agency.code: agency.name for agency in catalogue.list_agencies(database)}
        mine = acting.scope
        scopes = {"": PROVINCE} if mine == PROVINCE else {}
        if mine.unit is None:
            scopes |= {f"agency {code}": Scope(agency=code) for code in agencies if mine.covers_whole(code)}
        scopes |= {f"unit {e.unit.code}": Scope(unit=e.unit.code) for e in entries if mine.covers(e)}
        return cls(scopes, entries, agencies)

    def name(self, scope: Scope) -> str:
        """What a place is called; an agency without a unit has a name as well."""
        if scope.unit is None and (name := self.agencies.get(scope.agency or "")):
            return name
        return say(place_words(scope, self.entries))

    def choose(self, key: str) -> Scope | None:
        """A list of the places.

        Nothing is chosen beforehand where there are several: the first is the whole province, and nobody gets
        that by an oversight.
        """
        codes = list(self.scopes)
        place = st.selectbox(
            say(PLACE),
            codes,
            0 if len(codes) == 1 else None,
            format_func=lambda code: self.name(self.scopes[code]),
            key=said_anew(key),
            placeholder=say(CHOOSE),
        )
        return None if place is None else self.scopes[place]
