"""The index of a unit or of all of them, from the staff whose measurements count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.ip_asn import (
    DIMENSIONS,
    DimensionScore,
    EmployeeScore,
    Ruleset,
    UnitIndex,
    unit_index,
    with_total,
)
from survey_app import rulesets
from survey_app.errors import Problem, Refused
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from survey_app.storage.ip_asn import Import, StoredScore
from survey_app.text import Text

MIXED_RULES = Text(
    "Unit diukur dengan aturan yang berbeda pada {year}, sehingga nilainya tidak digabung. "
    "Lihat hasil tiap unit, atau impor ulang dengan satu aturan.",
    "Units were measured by different rules in {year}, so their scores are not combined. See the result "
    "of each unit, or import again with one set of rules.",
)


@dataclass(frozen=True)
class IpAsnResult:
    """The index of a unit, or of all units, in a year. `index` None: nothing was imported for it."""

    entry: UnitEntry | None
    year: int
    ruleset: Ruleset | None
    measured_on: date | None
    index: UnitIndex | None


def result(
    database: Database, year: int, unit_code: str | None = None, *, population: int | None = None
) -> IpAsnResult:
    """The index of a unit, or without `unit_code` of all units together, from their latest imports.

    Args:
        population: staff in all, where those imported are a sample of them; None for a census.

    Raises:
        NotFound: `unit-unknown`.
        Refused: `rulesets-mixed` when they were measured by different rules, with the units of each;
            `population-below-staff` for fewer than were imported.
    """
    entry = None if unit_code is None else catalogue.find_unit(database, unit_code, PROVINCE)
    measured = measurements(database, year, None if entry is None else [entry.unit.id])
    if not measured:
        return IpAsnResult(entry, year, None, None, None)
    found = {imported.ruleset for imported, _ in measured}
    if len(found) > 1:
        raise _mixed(year, measured, catalogue.list_units(database, PROVINCE))
    ruleset = rulesets.get(found.pop())
    day = max(imported.measured_on for imported, _ in measured)
    scores = [score for _, score in measured]
    if population is not None and population < len(scores):
        raise _below_staff(population, len(scores))
    return IpAsnResult(entry, year, ruleset, day, unit_index(scores, population=population))


def measurements(
    database: Database, year: int, unit_ids: Sequence[int] | None = None
) -> list[tuple[Import, EmployeeScore]]:
    """The scores that count for a year with the import each came from; `unit` is the unit's id in words."""
    with database.read() as connection:
        rows = ip_asn.scores(connection, year, unit_ids)
    loaded = {ref: rulesets.get(ref) for ref in {imported.ruleset for imported, _ in rows}}
    return [(imported, _from_stored(stored, loaded[imported.ruleset])) for imported, stored in rows]


def _from_stored(stored: StoredScore, ruleset: Ruleset) -> EmployeeScore:
    dimensions = tuple(
        DimensionScore(key, score, "", recorded)
        for key, score, recorded in zip(DIMENSIONS, stored.scores, stored.recorded, strict=True)
    )
    unit = str(stored.unit_id)
    return with_total(stored.person, unit, stored.status, stored.penyetaraan, dimensions, ruleset)


def _below_staff(population: int, staff: int) -> Refused:
    text = Text(
        "Sampel {staff} pegawai tidak mungkin berasal dari {population} pegawai; isi jumlah seluruh pegawai.",
        "A sample of {staff} staff cannot come from {population} staff; enter the number of all staff.",
    )
    return Refused("population-below-staff", text.format(staff=staff, population=population))


def _mixed(
    year: int, measured: Sequence[tuple[Import, EmployeeScore]], entries: Sequence[UnitEntry]
) -> Refused:
    codes = {str(e.unit.id): e.unit.code for e in entries}
    by_rules: defaultdict[str, set[str]] = defaultdict(set)
    for imported, score in measured:
        by_rules[imported.ruleset].add(codes[score.unit])
    listed = [
        Problem.of("ruleset-of-units", ref, "{units}", "{units}", units=", ".join(sorted(units)))
        for ref, units in sorted(by_rules.items())
    ]
    return Refused("rulesets-mixed", MIXED_RULES.format(year=year), listed)
