"""Importing what was measured of staff: looked at first, then all of it or its valid rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from analytics.ip_asn import (
    DIMENSIONS,
    EmployeeScore,
    RowProblem,
    UnitIndex,
    decimal_of,
    employee_of_row,
    given_scores,
    score_employee,
    unit_index,
)
from survey_app.errors import Problem, Refused
from survey_app.services.ip_asn import staff_sums
from survey_app.services.ip_asn.checks import CheckedFile, check_file
from survey_app.services.ip_asn.findings import problem_text
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.ip_asn.pseudonyms import pseudonym
from survey_app.services.ip_asn.rows import nip_of
from survey_app.services.ip_asn.standing import Replaced, Standing, refuse_falls
from survey_app.services.places import catalogue, clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked, audited
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from survey_app.storage.ip_asn import StoredScore
from survey_app.text import Text


@dataclass(frozen=True, kw_only=True)
class ImportedStaff:
    """What became of a file: rows read, scores stored, whether they counted already, findings, whom the
    scores replaced, and columns nobody reads."""

    rows: int
    stored: int
    known: bool
    problems: tuple[RowProblem, ...]
    replaced: tuple[Replaced, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StaffPreview:
    """What importing a file would do, before anything is stored.

    Attributes:
        rows, bad: rows read, and how many of them cannot be stored.
        units: what the remaining rows give per unit, in the order of their codes.
        standing: whether the remaining rows count already, and whom they replace.
        ignored: names of the columns that nobody reads.
    """

    rows: int
    bad: int
    problems: tuple[RowProblem, ...]
    units: tuple[tuple[UnitEntry, UnitIndex], ...]
    standing: Standing
    ignored: tuple[str, ...]


@asked(Action.IMPORT_STAFF)
def preview_staff(database: Database, acting: Acting, path: Path, terms: ImportTerms) -> StaffPreview:
    """What `import_staff` of the same file on the same terms would find and store.

    Stores nothing and needs no key.

    Raises:
        Refused: `role-refused`, `scope-refused`; the file itself cannot be read, or has other columns.
        NotFound: `ruleset-unknown`, `unit-unknown`.
    """
    catalogue.require(database, acting, terms.scope, Action.IMPORT_STAFF, to_read=True)
    checked = check_file(database, path, terms)
    by_unit: defaultdict[str, list[EmployeeScore]] = defaultdict(list)
    for row in checked.good:
        by_unit[row["unit"]].append(_score(row, "", checked))
    units = tuple((checked.units[code], unit_index(by_unit[code])) for code in sorted(by_unit))
    return StaffPreview(
        rows=len(checked.staff.rows),
        bad=len(checked.bad),
        problems=checked.problems,
        units=units,
        standing=checked.standing,
        ignored=checked.staff.ignored,
    )


@audited(
    Action.IMPORT_STAFF,
    # Not what the file is called: people name files after people, and nothing is taken out of the log.
    "terms.year",
    "terms.status",
    "terms.replace",
    place=lambda _, given: given["terms"].scope,
)
def import_staff(
    database: Database, acting: Acting, path: Path, terms: ImportTerms, now: datetime, key: bytes
) -> ImportedStaff:
    """Import BKN's export or raw records of a year; NIP and names are replaced before anything is stored.

    Args:
        key: of the pseudonyms that stand for them.

    Raises:
        Refused: `role-refused`, `scope-refused`; the file, or its rows; nothing was stored.
        NotFound: `ruleset-unknown`, `unit-unknown`.
        Unavailable: `clock-implausible`: the latest import counts, and one of a year that has not come would
            count until then.
    """
    catalogue.require(database, acting, terms.scope, Action.IMPORT_STAFF)
    checked = check_file(database, path, terms)
    if not checked.good or (checked.bad and not terms.accept_valid):
        raise _refuse(checked)
    stands, staff = checked.standing, checked.staff
    report = partial(ImportedStaff, rows=len(staff.rows), problems=checked.problems, ignored=staff.ignored)
    if stands.known:
        return report(stored=0, known=True)
    if stands.falls and not terms.replace:
        raise refuse_falls(stands.falls)
    clock.check(database, now, behind=clock.ANY_DAY)
    people = _people(checked.good, key)
    scored = [_score(row, who, checked) for row, who in zip(checked.good, people, strict=True)]
    write = partial(
        ip_asn.add_import,
        year=terms.year,
        ruleset=checked.ruleset.id,
        measured_on=checked.measured_on,
        digest=stands.digest,
        imported_at=now,
        scores=[_to_stored(score, checked.units[score.unit].unit.id) for score in scored],
    )
    if database.write(write) is None:
        return report(stored=0, known=True)
    staff_sums.refresh(database, terms.year)
    return report(stored=len(scored), known=False, replaced=stands.replaced)


def _score(row: Mapping[str, Any], person: str, checked: CheckedFile) -> EmployeeScore:
    if not checked.staff.given:
        return score_employee(employee_of_row(row, person, checked.measured_on), checked.ruleset)
    given = {d: decimal_of(row.get(d)) for d in DIMENSIONS}
    moved = row["penyetaraan"]
    return given_scores(person, row["unit"], row["status"], given, checked.ruleset, penyetaraan=moved)


def _people(rows: Sequence[Mapping[str, Any]], key: bytes) -> list[str]:
    """A pseudonym per row. Where there is no NIP, name, post and unit stand for it; namesakes are counted."""
    identities = [
        (nip_of(row),)
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


def _to_stored(score: EmployeeScore, unit_id: int) -> StoredScore:
    return StoredScore(
        person=score.id,
        unit_id=unit_id,
        status=score.status,
        penyetaraan=score.penyetaraan,
        scores=tuple(d.score for d in score.dimensions),
        recorded=tuple(d.recorded for d in score.dimensions),
    )


def _refuse(checked: CheckedFile) -> Refused:
    text = Text(
        "{bad} dari {rows} baris belum benar; tidak ada yang disimpan.",
        "Rows that are not right: {bad} of {rows}; nothing was stored.",
    )
    said = "“{got}”. {why}"
    listed = [
        Problem.of(p.code, f"baris {p.row}, {p.field}", said, said, got=p.got, why=problem_text(p))
        for p in checked.problems
    ]
    if checked.staff.ignored:
        columns = ", ".join(checked.staff.ignored)
        ignored = ("Kolom yang diabaikan: {columns}.", "Ignored columns: {columns}.")
        listed.append(Problem.of("columns-ignored", "", *ignored, columns=columns))
    return Refused("rows-refused", text.format(bad=len(checked.bad), rows=len(checked.staff.rows)), listed)
