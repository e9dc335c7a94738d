"""Units' IP ASN beside their IKM: the series that go into `analytics.ip_asn.link`, and what is left out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.ip_asn.link import kompetensi_kinerja, link
from analytics.reason import Reason
from survey_app import rulesets
from survey_app.services.answers import intake
from survey_app.services.ip_asn.linkage import SERIES, Linkage, linkage
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.staff import Row, import_staff, staff
from tests.submissions import NOW, submission

UNITS = [f"u{i}" for i in range(6)]
#: Per unit the competence of its two staff, and the answers of its two respondents.
COMPETENCE = (0, 10, 15, 25, 30, 40)
ANSWERS = ((2, 3), (3, 3), (2, 4), (3, 4), (4, 3), (4, 4))
JUNE = datetime(2021, 6, 15, 3, 0, tzinfo=UTC)


@pytest.fixture
def units(database: Database) -> Database:
    catalogue.create_agency(database, ADMIN, "a", "Dinas A")
    for code in UNITS:
        catalogue.create_unit(database, ADMIN, "a", code, code, time_zone="Asia/Makassar")
    for code, (one, two) in zip(UNITS, ANSWERS, strict=True):
        for scores in ((one,) * 9, (two,) * 8 + (one,)):
            answer = submission(scores, unit=code, client_time=JUNE, time_source=intake.TimeSource.ROW)
            assert isinstance(intake.accept(database, answer, NOW), intake.Receipt)
    return database


def rows(kinerja: tuple[int, ...] = (25,) * 6) -> list[Row]:
    return [
        row
        for code, score, rating in zip(UNITS, COMPETENCE, kinerja, strict=True)
        for row in staff(code, (15, score, rating, 5), (15, score, 25, 5))
    ]


def expected_ikm(database: Database, linked: Linkage) -> tuple[list[float], list[float | None]]:
    return [float(u.score.exact or 0) for u in linked.units], [u.score.se for u in linked.units]


def test_every_series_is_what_analytics_links(units: Database, tmp_path: Path) -> None:
    import_staff(units, tmp_path, rows())
    linked = linkage(units, PROVINCE, 2021)
    ikm, se = expected_ikm(units, linked)
    # u0 answered 2 x 9 and 3 x 8 + 2: totals 18 and 26, so 44 / 18 x 25 = 61.11...
    assert ikm[0] == pytest.approx(44 / 18 * 25)
    series = {
        "total": [45.0 + c for c in COMPETENCE],
        "kualifikasi": [15.0] * 6,
        "kompetensi": [float(c) for c in COMPETENCE],
        "kinerja": [25.0] * 6,
        "disiplin": [5.0] * 6,
    }
    assert [u.value(name) for name in SERIES for u in linked.units] == [v for s in series.values() for v in s]
    assert dict(linked.correlations) == link(series, ikm, se)
    assert dict(linked.correlations)["disiplin"].reason("pearson") is Reason.NO_VARIATION
    assert (linked.ruleset, linked.left_out) == (rulesets.get("ip-asn-2019"), (0, 0, 0))


def test_kompetensi_and_kinerja_are_compared_only_under_rules_that_measure_them_apart(
    units: Database, tmp_path: Path
) -> None:
    ratings = (15, 25, 25, 25, 30, 30)
    import_staff(units, tmp_path, rows(ratings))
    import_staff(units, tmp_path, rows(ratings), 2023, "ip-asn-2023")
    apart = linkage(units, PROVINCE, 2021)
    means = [(rating + 25) / 2 for rating in ratings]
    assert apart.kompetensi_kinerja == kompetensi_kinerja(COMPETENCE, means, rulesets.get("ip-asn-2019"))
    refused = linkage(units, PROVINCE, 2023).kompetensi_kinerja
    assert refused is not None
    assert refused.reason("pearson") is Reason.COUNTED_TWICE


def test_what_is_left_out_is_counted(units: Database, tmp_path: Path) -> None:
    """u5 is measured by other rules, u4 not at all; a unit with staff and no answers has no IKM."""
    catalogue.create_unit(units, ADMIN, "a", "sepi", "Unit Sepi", time_zone="Asia/Makassar")
    import_staff(
        units,
        tmp_path,
        [r for r in rows() if r[0] not in ("u4", "u5")] + staff("sepi", (15, 0, 25, 5)),
    )
    import_staff(units, tmp_path, [r for r in rows() if r[0] == "u5"], ruleset="ip-asn-2022")
    linked = linkage(units, PROVINCE, 2021)
    assert [u.entry.unit.code for u in linked.units] == ["u0", "u1", "u2", "u3"]
    assert linked.left_out == (1, 1, 1)
    assert dict(linked.correlations)["total"].n == 4


def test_a_scope_has_its_own_units_only(units: Database, tmp_path: Path) -> None:
    import_staff(units, tmp_path, rows())
    linked = linkage(units, Scope(unit="u3"), 2021)
    assert [u.entry.unit.code for u in linked.units] == ["u3"]
    assert dict(linked.correlations)["total"].reason("pearson") is Reason.TOO_FEW


def test_a_year_without_measurements_has_nothing_to_link(units: Database) -> None:
    linked = linkage(units, PROVINCE, 2021)
    assert (linked.ruleset, linked.units, linked.correlations, linked.left_out) == (None, (), (), (6, 0, 0))
