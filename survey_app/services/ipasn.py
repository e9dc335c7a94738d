"""IP ASN: importing what was measured, and the index of a unit or of all of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from analytics.ip_asn import (
    DimensionScore,
    EmployeeScore,
    UnitIndex,
    given_scores,
    score_employee,
    unit_index,
)
from analytics.ip_asn.categories import CategoryRule
from analytics.ip_asn.employee import summed
from analytics.ip_asn.ruleset import DIMENSIONS, Ruleset
from analytics.ip_asn_import import RowProblem, check_records, check_scores, employee
from survey_app import rulesets
from survey_app.errors import Problem, Refused
from survey_app.services import catalogue
from survey_app.services.catalogue import UnitEntry
from survey_app.services.ipasn_rows import StaffFile, read_staff
from survey_app.services.pseudonyms import pseudonym
from survey_app.storage import ipasn
from survey_app.storage.database import Database
from survey_app.storage.ipasn import StoredScore
from survey_app.text import Text

#: Findings that are shown and do not keep a row out: its parts are taken, its total is computed anew.
_REMARKS = frozenset({"total-differs"})


@dataclass(frozen=True)
class IpAsnReport:
    """What became of a file: rows read, scores stored, whether the file was known, and every finding."""

    rows: int
    stored: int
    known: bool
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class IpAsnResult:
    """The index of a unit, or of all units, in a year. `index` None: nothing was imported for it."""

    entry: UnitEntry | None
    year: int
    ruleset: Ruleset | None
    measured_on: date | None
    index: UnitIndex | None


def import_staff(
    database: Database,
    path: Path,
    year: int,
    ruleset_id: str,
    now: datetime,
    key: bytes,
    *,
    status: str = "PNS",
    measured_on: date | None = None,
    accept_valid: bool = False,
) -> IpAsnReport:
    """Import BKN's export or raw records of `year`; NIP and names are replaced before anything is stored.

    Args:
        status: PNS or PPPK, for rows that do not say.
        measured_on: the day windows count back from; the last of the year by default.
        accept_valid: store the rows without problems although others have some.

    Raises:
        Refused: the file, or its rows; nothing was stored.
        NotFound: `ruleset-unknown`.
    """
    ruleset = rulesets.get(ruleset_id)
    staff = _with_known_units(read_staff(path), catalogue.list_units(database), status)
    problems = _check(staff, ruleset, catalogue.list_units(database))
    bad = {p.row for p in problems if p.code not in _REMARKS}
    if bad and not accept_valid:
        raise _refuse(len(staff.rows), bad, problems)
    measured = measured_on or date(year, 12, 31)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with database.read() as connection:
        if ipasn.find_import(connection, year, ruleset.id, digest):
            return IpAsnReport(len(staff.rows), 0, True, problems)
    units = {e.unit.code: e.unit.id for e in catalogue.list_units(database)}
    good = [row for line, row in staff.rows if line not in bad]
    people = _people(good, key)
    scored = [_score(row, who, ruleset, measured) for row, who in zip(good, people, strict=True)]
    stored = [_to_stored(score, units[score.unit]) for score in scored]
    write = partial(
        ipasn.add_import,
        year=year,
        ruleset=ruleset.id,
        measured_on=measured,
        digest=digest,
        imported_at=now,
        scores=stored,
    )
    database.write(write)
    return IpAsnReport(len(staff.rows), len(stored), False, problems)


def result(database: Database, year: int, unit_code: str | None = None) -> IpAsnResult:
    """The index of a unit, or without `unit_code` of all units together, from their latest imports.

    Raises:
        NotFound: `unit-unknown`.
        AnalyticsError: `rulesets-mixed` when units were measured by different rules.
    """
    entry = None if unit_code is None else catalogue.find_unit(database, unit_code)
    with database.read() as connection:
        rows = ipasn.scores(connection, year, None if entry is None else [entry.unit.id])
    if not rows:
        return IpAsnResult(entry, year, None, None, None)
    loaded = {ref: rulesets.get(ref) for ref in {imported.ruleset for imported, _ in rows}}
    scores = [_from_stored(stored, loaded[imported.ruleset]) for imported, stored in rows]
    measured = max(imported.measured_on for imported, _ in rows)
    return IpAsnResult(entry, year, scores[0].ruleset, measured, unit_index(scores))


def _with_known_units(staff: StaffFile, entries: Sequence[UnitEntry], status: str) -> StaffFile:
    """Units named by code or by name become codes; rows without a status get the given one."""
    codes = {e.unit.name.casefold(): e.unit.code for e in entries} | {
        e.unit.code: e.unit.code for e in entries
    }
    rows = []
    for line, row in staff.rows:
        named = str(row["unit"])
        unit = codes.get(named, codes.get(named.casefold(), named))
        rows.append((line, {**row, "unit": unit, "status": row.get("status") or status}))
    return StaffFile(tuple(rows), staff.given)


def _check(staff: StaffFile, ruleset: Ruleset, entries: Iterable[UnitEntry]) -> tuple[RowProblem, ...]:
    check = check_scores if staff.given else check_records
    units = {e.unit.code for e in entries}
    found: list[RowProblem] = []
    for line, row in staff.rows:
        found += check([row], ruleset, units, first_row=line)
        if not ruleset.computes and not staff.given:
            break
    return (*found, *_repeated(staff))


def _repeated(staff: StaffFile) -> Iterable[RowProblem]:
    seen: dict[str, int] = {}
    for line, row in staff.rows:
        nip = "".join(str(row.get("nip") or "").split())
        if nip and nip in seen:
            yield RowProblem(
                line, "person-repeated", "nip", "NIP", f"one row, but row {seen[nip]} has it too"
            )
        seen.setdefault(nip, line)


def _score(row: Mapping[str, Any], person: str, ruleset: Ruleset, measured_on: date) -> EmployeeScore:
    if "trainings" not in row:
        given = {d: _decimal(row.get(d)) for d in DIMENSIONS}
        return given_scores(
            person, row["unit"], row["status"], given, ruleset, penyetaraan=row["penyetaraan"]
        )
    return score_employee(employee(row, person, measured_on), ruleset)


def _people(rows: Sequence[Mapping[str, Any]], key: bytes) -> list[str]:
    """A pseudonym per row. Where there is no NIP, name, post and unit stand for it; namesakes are counted."""
    identities = [
        ("".join(str(row["nip"]).split()),)
        if row.get("nip")
        else (str(row.get("nama", "")), str(row.get("nama_jabatan", "")), str(row["unit"]))
        for row in rows
    ]
    seen: Counter[tuple[str, ...]] = Counter()
    people = []
    for identity in identities:
        people.append(pseudonym(key, *identity, *([str(seen[identity])] if seen[identity] else [])))
        seen[identity] += 1
    return people


def _decimal(cell: object) -> Decimal | None:
    text = str(cell or "").strip().replace(",", ".")
    return Decimal(text) if text else None


def _to_stored(score: EmployeeScore, unit_id: int) -> StoredScore:
    return StoredScore(
        score.id,
        unit_id,
        score.status,
        score.penyetaraan,
        tuple(d.score for d in score.dimensions),
        tuple(d.recorded for d in score.dimensions),
    )


def _from_stored(stored: StoredScore, ruleset: Ruleset) -> EmployeeScore:
    dimensions = tuple(
        DimensionScore(key, score, "", recorded)
        for key, score, recorded in zip(DIMENSIONS, stored.scores, stored.recorded, strict=True)
    )
    unit = str(stored.unit_id)
    return summed(
        stored.person, unit, stored.status, stored.penyetaraan, dimensions, ruleset, CategoryRule.ABOVE
    )


def _refuse(rows: int, bad: set[int], problems: Sequence[RowProblem]) -> Refused:
    text = Text(
        "{bad} dari {rows} baris belum benar; tidak ada yang disimpan",
        "{bad} of {rows} rows are not right; nothing was stored",
    )
    listed = [
        Problem.of(
            p.code,
            f"baris {p.row}, {p.field}",
            "{got!r}, seharusnya {expected}",
            "{got!r}, expected {expected}",
            got=p.got,
            expected=p.expected,
        )
        for p in problems
    ]
    return Refused("rows-refused", text.format(bad=len(bad), rows=rows), listed)
