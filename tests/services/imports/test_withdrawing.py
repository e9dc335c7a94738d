"""A file that is taken back is as if it had never come, and can come again; what never counted never did."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from analytics.period import Period
from survey_app.errors import Conflict, NotFound, Refused
from survey_app.reports.unit import drafting
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import rebuilding, results
from survey_app.services.imports import importing, staging, withdrawing
from survey_app.services.imports.file import Said
from survey_app.services.imports.importing import ImportReport
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import unit_publishing
from survey_app.storage import folding, imports
from survey_app.storage.database import Connection, Database, open_database
from survey_app.storage.tables import ImportState
from tests.services.imports.told import told
from tests.submissions import KEYS, NOW, submission

YEAR = Period.parse("2025")
#: Dated and not, in two months, with comments and profiles; alike enough to be flagged.
LINES = [
    *[("2025-11-03 08:00:00", [3] * 9, "Antre lama", "L")] * 6,
    *[("2025-12-01", [4] * 9, "", "P")] * 5,
    *[("", [1, 2, 3, 4, 3, 2, 1, 2, 3], "Loket ramah", "L")] * 7,
]
NEAR = [("2025-11-04 09:00", [2] * 9, "Parkir sempit", "P")] * 8


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """SQLite alone: nothing here is of a kind of database."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def told_before(database: Database, unit: UnitEntry, tmp_path: Path) -> dict[str, str]:
    """What is said of a unit that has answers of citizens and a file of its own."""
    for day in range(12):
        moment = NOW.replace(year=2025, month=11 + day // 6, day=1 + day)
        comment = "Cepat" if day % 3 else None
        sent = submission((4, 3, 2, *[3] * 6), channel=Channel.APP, client_id="loket-1", comment=comment)
        assert isinstance(intake.accept(database, sent, moment), intake.Receipt)
    load(database, write(tmp_path / "near.csv", NEAR))
    return told(database, "ptsp", YEAR)


def write(path: Path, lines: Sequence[tuple[str, Sequence[int], str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[day, *scores, comment, gender] for day, scores, comment, gender in lines]
        csv.writer(file).writerows([["Tanggal", *KEYS, "Saran", "Jenis Kelamin"], *rows])
    return path


def load(database: Database, path: Path, period: Period = YEAR, **said: Any) -> ImportReport:
    return importing.import_responses(database, ADMIN, path, "ptsp", period, NOW, Said(**said))


def withdraw_last(database: Database) -> int:
    """Withdraw the newest import that counts; its number."""
    counted = [i for i in withdrawing.listed(database, ADMIN, "ptsp") if i.state is ImportState.COUNTED]
    withdrawing.withdraw(database, ADMIN, counted[0].id, "Berkas salah", NOW)
    return counted[0].id


def n_of(database: Database, period: Period = YEAR) -> int:
    return results.unit_result(database, "ptsp", period, within=PROVINCE).score.n


@pytest.mark.parametrize("folded", [False, True])
def test_after_a_withdrawal_all_is_said_as_if_the_file_had_never_come(
    database: Database, told_before: dict[str, str], tmp_path: Path, folded: bool
) -> None:
    file = write(tmp_path / "a.csv", LINES)
    assert load(database, file, equal="further").stored == len(LINES)
    with_it = told(database, "ptsp", YEAR)
    # All readings are of these rows, but of what is published, and of years there are none of.
    same = {name.split(",")[0] for name, text in with_it.items() if text == told_before[name]}
    assert same <= {"public", "public unit", "months", "withheld", "direction"}
    withdraw_last(database)
    if folded:
        rebuilding.rebuild(database)
    assert told(database, "ptsp", YEAR) == told_before


def test_a_staged_file_changes_nothing_that_is_said(
    database: Database,
    told_before: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As it stands just before it counts, and once the attempt has failed."""
    said = list[dict[str, str]]()

    def fail(*_: object, **__: object) -> bool:
        said.append(told(database, "ptsp", YEAR))
        raise RuntimeError("the machine went away")

    monkeypatch.setattr(staging, "_stage", _staged_then(fail))
    with pytest.raises(RuntimeError, match="went away"):
        load(database, write(tmp_path / "a.csv", LINES), equal="further")
    (left, _) = withdrawing.listed(database, ADMIN, "ptsp")
    assert (left.rows, left.state, left.withdrawn_by) == (len(LINES), ImportState.WITHDRAWN, None)
    assert said == [told_before]
    assert told(database, "ptsp", YEAR) == told_before


def _staged_then(happens: Any) -> Any:
    real = staging._stage

    def stage(*args: Any, **kwargs: Any) -> bool:
        assert real(*args, **kwargs)
        return bool(happens())

    return stage


def test_the_same_file_comes_again_as_often_as_it_was_withdrawn(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.csv", LINES)
    first = told(database, "ptsp", YEAR) if load(database, file).stored else {}
    for _ in range(2):
        withdraw_last(database)
        assert n_of(database) == 0
        assert (load(database, file).stored, load(database, file).known) == (len(LINES), len(LINES))
        again = told(database, "ptsp", YEAR)
        # Numbers of imports are told to nobody.
        assert {k: v for k, v in again.items() if not k.startswith("undated")} == {
            k: v for k, v in first.items() if not k.startswith("undated")
        }


def test_after_a_withdrawal_the_file_may_be_read_in_another_way(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Other scores, other days, another period, a mended copy: each was refused while it counted."""
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        numbers = [f"U{i}" for i in range(1, 10)]
        rows = [["03/04/2025", *[3] * 7, 2, 4], ["", *[3] * 7, 1, 4]]
        csv.writer(file).writerows([["Tanggal", *numbers], *rows])
    ways: list[tuple[Period, dict[str, Any], str]] = [
        (YEAR, {"order": "form", "dates": "day-first"}, "rows-reread"),
        (YEAR, {"order": "narrative", "dates": "day-first"}, "rows-redated"),
        (YEAR, {"order": "narrative", "dates": "month-first"}, "file-imported"),
        (Period.parse("2025-S1"), {"order": "narrative", "dates": "month-first"}, "rows-redated"),
    ]
    for (period, said, refused), (then, other, _) in itertools.pairwise([*ways, ways[0]]):
        assert load(database, path, period, **said).stored == 2
        if then == period:
            with pytest.raises(Refused, match=refused):
                load(database, path, then, **other)
        withdraw_last(database)
    assert load(database, path, **ways[0][1]).stored == 2
    assert n_of(database) == 2


def test_what_another_file_brought_is_not_known_once_that_is_withdrawn(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", LINES))
    mended = write(tmp_path / "b.csv", [*LINES[:-1], ("", [4] * 9, "", "P")])
    with pytest.raises(Refused, match="period-imported"):
        load(database, mended)
    with pytest.raises(Refused, match="sheets-equal"):
        load(database, mended, add=True)
    withdraw_last(database)
    assert load(database, mended).stored == len(LINES)


def test_rows_of_a_file_that_came_in_two_parts_count_once_in_any_turn(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Of one file for two half-years the first is withdrawn, and all of it comes for the year."""
    halves = [("2025-03-01", [3] * 9, "", "L")] * 2 + [("2025-09-01", [4] * 9, "", "L")] * 3
    file = write(tmp_path / "a.csv", halves)
    first = load(database, file, Period.parse("2025-S1"), accept_valid=True)
    second = load(database, file, Period.parse("2025-S2"), accept_valid=True)
    assert (first.stored, second.stored) == (2, 3)
    newest, oldest = withdrawing.listed(database, ADMIN, "ptsp")
    withdrawing.withdraw(database, ADMIN, oldest.id, "Salah", NOW)
    assert (load(database, file).stored, n_of(database)) == (2, 5)
    withdrawing.withdraw(database, ADMIN, newest.id, "Salah", NOW)
    report = load(database, file)
    assert (report.stored, report.known, n_of(database)) == (3, 2, 5)
    assert load(database, file).known == 5


def test_what_was_published_on_a_file_stays_as_it_was(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", LINES))
    made = drafting.publish(database, ADMIN, "ptsp", YEAR, NOW)
    withdraw_last(database)
    read = unit_publishing.published(database, "ptsp", YEAR, within=PROVINCE)
    assert (read.sha256, read.snapshot.result.score.n) == (made.sha256, len(LINES))


def test_the_imports_of_a_unit_are_told_with_who_withdrew_them_and_why(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", LINES))
    manager = Acting(Role.MANAGER, Scope(unit="ptsp"))
    (found,) = withdrawing.listed(database, manager, "ptsp")
    assert (found.state, found.rows, found.made_at) == (ImportState.COUNTED, len(LINES), NOW)
    withdrawing.withdraw(database, manager, found.id, " Berkas  tahun lalu ", NOW)
    (after,) = withdrawing.listed(database, manager, "ptsp")
    told_after = (after.state, after.rows, after.withdrawn_at, after.withdrawn_by, after.reason)
    assert told_after == (ImportState.WITHDRAWN, len(LINES), NOW, "pengelola", "Berkas  tahun lalu")
    with pytest.raises(Conflict, match="import-state"):
        withdrawing.withdraw(database, manager, found.id, "Lagi", NOW)
    with pytest.raises(Refused, match="scope-refused"):
        withdrawing.listed(database, Acting(Role.MANAGER, Scope(unit="lain")), "ptsp")


@pytest.mark.parametrize("reason", ["", "  ", "a" * (withdrawing.REASON_MAX + 1)])
def test_a_withdrawal_needs_a_reason_that_can_be_read(
    database: Database, unit: UnitEntry, tmp_path: Path, reason: str
) -> None:
    load(database, write(tmp_path / "a.csv", LINES))
    (found,) = withdrawing.listed(database, ADMIN, "ptsp")
    with pytest.raises(Refused, match="reason-length"):
        withdrawing.withdraw(database, ADMIN, found.id, reason, NOW)
    assert withdrawing.listed(database, ADMIN, "ptsp") == [found]


def test_an_import_that_does_not_exist_is_not_withdrawn(database: Database, unit: UnitEntry) -> None:
    with pytest.raises(NotFound, match="import-unknown"):
        withdrawing.withdraw(database, ADMIN, 99, "Salah", NOW)


def test_a_file_that_is_on_its_way_is_not_withdrawn(database: Database, unit: UnitEntry) -> None:
    """Its sums would be those of the rows that are in by then."""

    def begin(connection: Connection) -> int:
        return imports.begin(connection, unit.unit.id, "digest", NOW, 0)

    number = database.write(begin)
    with pytest.raises(Conflict, match="import-state"):
        withdrawing.withdraw(database, ADMIN, number, "Salah berkas", NOW)
    with database.read() as connection:
        (left,) = imports.of_unit(connection, unit.unit.id)
        assert left.state is ImportState.STAGED


def test_no_sums_are_looked_at_of_a_file_whose_rows_are_not_all_in(
    database: Database, unit: UnitEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may count before they are taken away: those that came since would go on counting."""
    file, real = write(tmp_path / "a.csv", LINES), folding.count_import

    def count(connection: Connection, import_id: int, sums: Any) -> None:
        # Another process withdraws it at this moment: it sees the state of before.
        with pytest.raises(Conflict, match="import-state"):
            withdrawing.withdraw(database, ADMIN, import_id, "Berkas salah", NOW)
        real(connection, import_id, sums)

    monkeypatch.setattr(folding, "count_import", count)
    monkeypatch.setattr(folding, "sums_of_import", lambda *_: pytest.fail("sums that may not be all"))
    assert load(database, file).stored == len(LINES)
    assert n_of(database) == len(LINES)
