"""A file of IP ASN read and checked against a rule set and the units that exist; nothing is stored here."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from analytics.ip_asn import (
    RowProblem,
    Ruleset,
    Spellings,
    check_record_columns,
    check_records,
    check_score_columns,
    check_scores,
    respelled,
    spellings_of,
)
from survey_app import rulesets
from survey_app.instruments import DATA
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.ip_asn.rows import StaffFile, is_nip, nip_of, read_staff
from survey_app.services.ip_asn.standing import Standing, standing
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database

#: Findings that are shown and keep no employee out: rows that are nobody or hidden; a total, which is
#: computed anew; a date that does not count yet; a rating that is low and may be right.
_REMARKS = frozenset({"row-total", "row-header", "row-hidden", "total-differs", "date-future", "rating-low"})
#: What may be a NIP in a wrong column: findings never repeat it.
_LONG_NUMBER = re.compile(r"\d(?:[\s.]?\d){9,}")
#: One row above with a NIP or a post is no rule that those below would break.
_SEVERAL = 2
_SPELLINGS = DATA / "reference/ipasn-spellings.json"


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """A file's rows with what was found in them.

    Attributes:
        ruleset, measured_on: the rules it is read by, and the day windows count back from.
        bad: lines that cannot be stored.
        units: those the rows may belong to, by code.
        good: rows that can be stored; standing: how these stand to what counts now. Once a missing unit
            exists, the same file has other rows.
    """

    ruleset: Ruleset
    measured_on: date
    staff: StaffFile
    problems: tuple[RowProblem, ...]
    bad: frozenset[int]
    units: Mapping[str, UnitEntry]
    good: Sequence[Mapping[str, Any]]
    standing: Standing


def check_file(database: Database, path: Path, terms: ImportTerms) -> CheckedFile:
    """Read `path` and check every row; units outside the scope are as unknown as those that do not exist.

    Raises:
        Refused: the file itself cannot be read, or has other columns.
        NotFound: `ruleset-unknown`.
    """
    ruleset = rulesets.get(terms.ruleset)
    units = {e.unit.code: e for e in catalogue.list_units(database, terms.scope)}
    named = _named(units.values())
    read = read_staff(path, terms.sheet)
    staff = _in_known_words(read, units, named, terms.status, spellings_of(ruleset, _spellings()))
    found = [_ambiguous(p, named, units) for p in _check(staff, ruleset, units, terms.day)]
    found.sort(key=lambda problem: problem.row)
    problems = tuple(replace(p, got=_LONG_NUMBER.sub("…", p.got)) for p in found)
    bad = frozenset(p.row for p in problems if p.code not in _REMARKS)
    if not ruleset.computes and not staff.given:
        bad = frozenset(line for line, _ in staff.rows)
    good = [row for line, row in staff.rows if line not in bad]
    stands = standing(database, terms.year, ruleset.id, terms.day, good, units)
    return CheckedFile(
        ruleset=ruleset,
        measured_on=terms.day,
        staff=staff,
        problems=problems,
        bad=bad,
        units=units,
        good=good,
        standing=stands,
    )


def _named(entries: Iterable[UnitEntry]) -> Mapping[str, set[str]]:
    """The codes of the units that each name or code may mean, whatever its case and blanks."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for word in (entry.unit.name, entry.unit.code):
            named[_folded(word)].add(entry.unit.code)
    return named


def _folded(word: str) -> str:
    """Small letters with one blank between words; the many kinds of blanks are one, the unseen are none."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", word) if unicodedata.category(c) != "Cf")
    return " ".join(shown.casefold().split())


@cache
def _spellings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    spellings: dict[str, dict[str, list[str]]] = json.loads(_SPELLINGS.read_text(encoding="utf-8"))
    return spellings


def _in_known_words(
    staff: StaffFile, codes: Collection[str], named: Mapping[str, set[str]], status: str, known: Spellings
) -> StaffFile:
    """Units named by code, or by a name that only one has, become codes; rows without a status get one."""
    rows = []
    for line, row in staff.rows:
        unit = str(row["unit"])
        meant = named.get(_folded(unit), set())
        if unit not in codes and len(meant) == 1:
            (unit,) = meant
        given = {**row, "unit": unit, "status": row.get("status") or status}
        rows.append((line, respelled(given, known)))
    return replace(staff, rows=tuple(rows))


def _ambiguous(
    problem: RowProblem, named: Mapping[str, set[str]], units: Mapping[str, UnitEntry]
) -> RowProblem:
    """An unknown unit is rather one of several of that name, where there are any."""
    meant = named.get(_folded(problem.got)) if problem.code == "unit-unknown" else None
    if not meant:
        return problem
    listed = (f"{code} ({units[code].agency.name})" for code in sorted(meant))
    return replace(problem, code="unit-ambiguous", expected="one of " + ", ".join(listed))


def _check(
    staff: StaffFile, ruleset: Ruleset, units: Collection[str], measured_on: date
) -> tuple[RowProblem, ...]:
    check = check_scores if staff.given else check_records
    problems = [*staff.remarks]
    for line, row in staff.rows:
        problems += check([row], ruleset, units, first_row=line)
        if not ruleset.computes and not staff.given:
            return tuple(problems)
    if staff.given:
        problems += check_score_columns(staff.rows)
    else:
        problems += check_record_columns(staff.rows, ruleset, measured_on)
    return (*problems, *_nips(staff), *_unnamed(staff), *_unclear(staff))


def _nips(staff: StaffFile) -> Iterable[RowProblem]:
    """A NIP has 18 digits (a spreadsheet may have rounded it) and stands in one row."""
    seen: dict[str, int] = {}
    for line, row in staff.rows:
        nip = nip_of(row)
        if nip and not is_nip(nip):
            yield RowProblem(
                row=line,
                code="nip-format",
                field="nip",
                got="NIP",
                expected="18 digits, as text and not as a number",
            )
        elif nip and nip in seen:
            yield RowProblem(
                row=line,
                code="person-repeated",
                field="nip",
                got="NIP",
                expected=f"one row, but row {seen[nip]} has it too",
            )
        seen.setdefault(nip, line)


def _unnamed(staff: StaffFile) -> Iterable[RowProblem]:
    """Rows that as likely are a mean as an employee.

    Those without NIP, name and post in a file that names its staff, and at its end those with a name alone
    where every row above has a NIP or a post: "Nilai tertinggi".
    """
    nameless = [line for line, row in staff.rows if not any(map(row.get, ("nip", "nama", "nama_jabatan")))]
    unnamed = set(nameless) if len(nameless) < len(staff.rows) else set[int]()
    told = [bool(row.get("nip") or row.get("nama_jabatan")) for _, row in staff.rows]
    if sum(told) >= _SEVERAL and all(told[: sum(told)]):
        unnamed |= {line for line, _ in staff.rows[sum(told) :]}
    yield from (
        RowProblem(row=line, code="person-missing", field="nama", got="", expected="an employee")
        for line in sorted(unnamed)
    )


def _unclear(staff: StaffFile) -> Iterable[RowProblem]:
    for line, row in staff.rows:
        if not isinstance(row["penyetaraan"], bool):
            yield RowProblem(
                row=line,
                code="penyetaraan-unknown",
                field="penyetaraan",
                got=row["penyetaraan"],
                expected="ya, tidak",
            )
