"""Stored sums of staff: whatever is stored, what is read is what everyone's scores give."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from analytics.ip_asn import unit_index
from survey_app.services.ip_asn import staff_sums
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.ip_asn.measurement import measurements
from survey_app.services.ip_asn.overview import ip_asn_year
from survey_app.services.ip_asn.staff_import import import_staff as import_file
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from tests.analytics.ip_asn.samples import counted_missing
from tests.staff import KEY, add_units, import_staff, staff, write_staff
from tests.submissions import NOW

A1 = [
    *staff("a1", *[(15, 30, 25, 5)] * 6, (15, "", 25, 5)),
    *staff("a1", *[(15, "17.5", "", 5)] * 5, moved="ya"),
]
PPPK = staff("a1", *[(15, 40, 25, 5)] * 5, status="PPPK")
B1 = staff("b1", *[(20, 40, 25, 5)] * 10)


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    add_units(database)
    for rows in (A1, [*A1, *PPPK], B1):
        import_staff(database, tmp_path, rows)
    return database


def assert_all_counted(database: Database) -> None:
    """What the pages show is what one list of everyone gives."""
    scores = [score for _, score in measurements(database, 2021)]
    whole = ip_asn_year(database, PROVINCE, 2021).whole
    assert (whole.index, whole.missing) == (unit_index(scores), counted_missing(scores))


def version(database: Database) -> tuple[ip_asn.Version, ip_asn.Version | None]:
    """Of the imports, and of those the stored sums stand on."""
    with database.read() as connection:
        stored = ip_asn.stored_sums(connection, 2021)
        return ip_asn.version(connection, 2021), stored and stored[0]


def test_an_import_stores_what_everyone_who_counts_adds_up_to(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, stored = version(filled)
    assert now == stored
    assert_all_counted(filled)
    from_rows = staff_sums.read(filled, 2021)
    monkeypatch.setattr(ip_asn, "alike", None)
    assert staff_sums.read(filled, 2021) == from_rows


def test_sums_of_fewer_imports_are_not_used(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when two files come at once: the sums of the one do not know the other."""
    monkeypatch.setattr(staff_sums, "refresh", lambda *_: None)
    import_staff(filled, tmp_path, staff("b1", *[(20, 30, 25, 5)] * 7))
    now, stored = version(filled)
    assert now != stored
    assert_all_counted(filled)


def test_sums_are_stored_again_and_only_when_they_have_to_be(filled: Database) -> None:
    (imports, last), _ = version(filled)
    spoilt = partial(ip_asn.store_sums, year=2021, version=(imports, last), sums="[]")
    filled.write(spoilt)
    staff_sums.refresh(filled, 2021)
    assert staff_sums.read(filled, 2021) == {}
    staff_sums.rebuild(filled)
    assert_all_counted(filled)
    filled.write(partial(ip_asn.store_sums, year=2021, version=(imports - 1, last), sums="[]"))
    staff_sums.refresh(filled, 2021)
    assert version(filled) == ((imports, last), (imports, last))


def test_who_moved_counts_once_where_the_later_file_has_them(database: Database, tmp_path: Path) -> None:
    """Ten of b1, then a1's file with the first two of them: eight stay, so 8 and 2 are shown."""
    add_units(database)
    import_staff(database, tmp_path, B1)
    path = write_staff(tmp_path / "moved.csv", B1[:2])
    path.write_text(path.read_text("utf-8").replace(",b1,", ",a1,"), "utf-8")
    terms = ImportTerms(year=2021, ruleset="ip-asn-2019", scope=PROVINCE)
    import_file(database, ADMIN, path, terms, NOW, KEY)
    measured_year = ip_asn_year(database, PROVINCE, 2021)
    counted = {e.unit.code: m.index.headcount for e, m in measured_year.units if m.index is not None}
    assert counted == {"a1": 2, "b1": 8}
    assert_all_counted(database)
