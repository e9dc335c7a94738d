"""Choosing a year, and what a scope is called."""

from __future__ import annotations

from collections.abc import Sequence

from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.text import Text
from survey_app.ui import address
from survey_app.ui.words import say, t

YEAR = Text("Tahun", "Year")


def choose_year(years: Sequence[int], key: str) -> int:
    """One of `years`, the last unless another was chosen."""
    names = {str(year): str(year) for year in sorted(years, reverse=True)}
    return int(address.select(say(YEAR), names, address.Place(name="year", key=key)))


def name(entries: Sequence[UnitEntry], scope: Scope) -> str:
    """What `scope` is called: the unit, the agency, or everything."""
    mine = [e for e in entries if scope.covers(e)]
    if scope.unit is not None and mine:
        return f"{mine[0].unit.name} · {mine[0].agency.name}"
    if scope.agency is not None and mine:
        return mine[0].agency.name
    return t("Seluruh provinsi", "The whole province")
