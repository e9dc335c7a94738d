"""The demonstration's staff: the same for the same seed, valid by the import's own rules, and plausible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from analytics.ip_asn.row_checks import check_scores
from analytics.ip_asn.ruleset import DIMENSIONS
from survey_app import rulesets
from survey_app.services.demo import staff
from survey_app.services.ip_asn import measurement, overview
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database, open_database
from tests.submissions import NOW

LEVELS = np.linspace(-1, 1, 40)
YEARS = [2021, 2022, 2023, 2024, 2025]


def fill(database: Database) -> int:
    catalogue.create_agency(database, ADMIN, "a", "Dinas A")
    for i in range(len(LEVELS)):
        catalogue.create_unit(database, ADMIN, "a", f"u{i:02}", f"Unit {i:02}", time_zone="Asia/Makassar")
    ids = [entry.unit.id for entry in catalogue.list_units(database, PROVINCE)]
    return staff.load(database, list(zip(ids, LEVELS.tolist(), strict=True)), NOW, seed=1)


def rows(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(r) for r in connection.execute(sa.text("SELECT * FROM ipasn_score"))]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Only read."""
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('staff')}/survey.db")
    fill(opened)
    yield opened
    opened.close()


def test_the_same_seed_is_the_same_staff(filled: Database, tmp_path: Path) -> None:
    again = open_database(f"sqlite:///{tmp_path}/again.db")
    stored = fill(again)
    assert len(rows(again)) == stored
    assert rows(again) == rows(filled)
    again.close()


def test_every_year_is_measured_by_the_rules_in_force_for_pns_and_pppk(filled: Database) -> None:
    assert overview.years(filled) == YEARS
    for year in YEARS:
        measured = measurement.measurements(filled, year)
        assert {imported.ruleset for imported, _ in measured} == {rulesets.in_force(year).id}
        assert {score.status for _, score in measured} == {"PNS", "PPPK"}


def test_every_invented_row_would_pass_the_import(filled: Database) -> None:
    for year in YEARS:
        scores = [score for _, score in measurement.measurements(filled, year)]
        rows = [
            {"unit": s.unit, "status": s.status, **{d.key: d.score for d in s.dimensions}, "total": s.total}
            for s in scores
        ]
        assert check_scores(rows, scores[0].ruleset, {s.unit for s in scores}) == ()


def test_units_have_8_to_120_staff_and_records_are_incomplete(filled: Database) -> None:
    for year in YEARS:
        scores = [score for _, score in measurement.measurements(filled, year)]
        headcounts = Counter(s.unit for s in scores)
        assert max(headcounts.values()) <= 120
        whole = overview.ip_asn_year(filled, PROVINCE, year).whole.index
        assert whole is not None
        recorded = dict(zip(DIMENSIONS, whole.completeness, strict=True))
        assert 0.8 < recorded["kompetensi"] < recorded["kinerja"] < 1
        assert any(s.penyetaraan for s in scores)
        # Published indices of provinces lie between about 55 and 90.
        assert 55 < float(whole.total.value or 0) < 90
    assert min(headcounts.values()) >= 8


def test_better_services_have_somewhat_better_staff(filled: Database) -> None:
    """Loosely: the correlation with the service level is neither chance (r(40) = 0.31) nor a law."""
    for year in (2021, 2025):
        units = overview.ip_asn_year(filled, PROVINCE, year).units
        values = [float(m.index.total.exact or 0) for _, m in units if m.index is not None]
        assert 0.31 < float(np.corrcoef(LEVELS, values)[0, 1]) < 0.9
