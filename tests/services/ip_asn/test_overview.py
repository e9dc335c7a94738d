"""IP ASN of province, agencies and units; every expected value is worked out by hand from the rows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from analytics.ip_asn import unit_index
from survey_app.services.ip_asn.measurement import measurements
from survey_app.services.ip_asn.overview import IpAsnYear, ip_asn_series, ip_asn_year, years
from survey_app.services.ip_asn.splits import Split
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.staff import add_units, import_staff, staff

#: Six PNS at 75 and five PPPK at 85 in a1; five at 60 in a2; ten at 90 in b1.
A1 = staff("a1", *[(15, 30, 25, 5)] * 6) + staff("a1", *[(15, 40, 25, 5)] * 5, status="PPPK")
A2 = staff("a2", *[(10, 15, 30, 5)] * 5)
B1 = staff("b1", *[(20, 40, 25, 5)] * 10)


@pytest.fixture
def year(database: Database, tmp_path: Path) -> IpAsnYear:
    add_units(database)
    import_staff(database, tmp_path, [*A1, *A2, *B1])
    return ip_asn_year(database, PROVINCE, 2021)


def value(measure: Measure) -> Decimal | None:
    return None if measure.index is None else measure.index.total.value


def test_agencies_and_the_province_are_headcount_weighted(year: IpAsnYear) -> None:
    """a1: (6 x 75 + 5 x 85) / 11 = 79.545; a: (875 + 300) / 16 = 73.4375; all: (1175 + 900) / 26 = 79.808."""
    assert [(e.unit.code, value(m)) for e, m in year.units] == [
        ("a1", Decimal("79.55")),
        ("a2", Decimal("60.00")),
        ("b1", Decimal("90.00")),
    ]
    assert [(a.code, value(m)) for a, m in year.agencies] == [
        ("a", Decimal("73.44")),
        ("b", Decimal("90.00")),
    ]
    assert value(year.whole) == Decimal("79.81")


def test_the_province_is_the_index_of_all_its_staff(database: Database, year: IpAsnYear) -> None:
    assert year.whole.index == unit_index([score for _, score in measurements(database, 2021)])


def test_a_scope_sees_only_its_own(database: Database, year: IpAsnYear) -> None:
    agency = ip_asn_year(database, Scope(agency="a"), 2021)
    assert (value(agency.whole), [e.unit.code for e, _ in agency.units]) == (Decimal("73.44"), ["a1", "a2"])
    unit = ip_asn_year(database, Scope(agency="a", unit="a2"), 2021)
    assert (value(unit.whole), unit.agencies, len(unit.units)) == (Decimal("60.00"), (), 1)
    nobody = ip_asn_year(database, Scope(agency="b", unit="a2"), 2021)
    assert (nobody.whole, nobody.units) == (Measure(), ())


def test_a_new_import_is_seen_at_once(database: Database, year: IpAsnYear, tmp_path: Path) -> None:
    import_staff(database, tmp_path, staff("a2", *[(10, 30, 30, 5)] * 5))
    assert value(ip_asn_year(database, Scope(unit="a2"), 2021).whole) == Decimal("75.00")


def test_units_without_a_measurement_are_listed_without_a_value(database: Database, tmp_path: Path) -> None:
    add_units(database)
    import_staff(database, tmp_path, A2)
    ip_asn = ip_asn_year(database, PROVINCE, 2021)
    assert [(e.unit.code, m.index is None) for e, m in ip_asn.units] == [
        ("a1", True),
        ("a2", False),
        ("b1", True),
    ]
    assert [e.unit.code for e, _ in ip_asn.measured] == ["a2"]
    assert ip_asn.agencies[1][1] == Measure()


def test_pns_and_pppk_are_apart_unless_one_of_them_is_few(database: Database, tmp_path: Path) -> None:
    """a1 has four PPPK only: it is whole, and so is its agency, where a2 has none to hide them among.

    b1 could then be subtracted from the province: it is whole too, and the province is divided.
    """
    add_units(database)
    few = staff("a1", *[(15, 40, 25, 5)] * 4, status="PPPK")
    other = staff("b1", *[(15, 40, 25, 5)] * 7, status="PPPK")
    import_staff(database, tmp_path, [*A1[:6], *few, *A2, *B1, *other])
    ip_asn = ip_asn_year(database, PROVINCE, 2021)
    apart = {e.unit.code: m.index is not None and m.index.pppk is not None for e, m in ip_asn.units}
    assert apart == {"a1": False, "a2": False, "b1": False}
    assert [Split.STATUS in m.hidden_splits for _, m in ip_asn.units] == [True, False, True]
    assert [Split.STATUS in m.hidden_splits for _, m in ip_asn.agencies] == [True, True]
    index = ip_asn.whole.index
    assert index is not None
    assert index.pppk is not None
    assert (index.pppk.headcount, index.pppk.value) == (11, Decimal("85.00"))


def test_penyetaraan_is_shown_with_and_without(database: Database, tmp_path: Path) -> None:
    """Five moved at 60, five others at 75: 67.50 with, 75.00 without; four moved are too few to tell."""
    add_units(database)
    rest = staff("a1", *[(15, 30, 25, 5)] * 5)
    import_staff(database, tmp_path, [*rest, *staff("a1", *[(15, 15, 25, 5)] * 5, moved="ya")])
    index = ip_asn_year(database, Scope(unit="a1"), 2021).whole.index
    assert index is not None
    assert index.without_penyetaraan is not None
    assert (index.total.value, index.without_penyetaraan.value) == (Decimal("67.50"), Decimal("75.00"))
    import_staff(database, tmp_path, [*rest, *staff("a1", *[(15, 15, 25, 5)] * 4, moved="ya")], 2020)
    few = ip_asn_year(database, Scope(unit="a1"), 2020).whole
    assert few.index is not None
    assert (few.index.without_penyetaraan, Split.PENYETARAAN in few.hidden_splits) == (None, True)


def test_missing_records_are_counts_with_what_they_would_move(database: Database, tmp_path: Path) -> None:
    """a1: 75 and 75, and one without a rating, who would enter at 15 + 30 + 25 + 5 = 75: no change; with the
    maximum of 30 at 80: (150 + 80) / 3 - 75 = 5/3."""
    add_units(database)
    import_staff(database, tmp_path, staff("a1", (15, 30, 25, 5), (15, 30, 25, 5), (15, 30, "", 5)))
    whole = ip_asn_year(database, PROVINCE, 2021).whole
    rating = next(m for m in whole.missing if m.key == "kinerja")
    assert (rating.staff, rating.typical_gain, rating.highest_gain) == (1, Fraction(0), Fraction(5, 3))
    assert whole.index is not None
    assert whole.index.completeness[2] == pytest.approx(2 / 3)


def test_a_series_breaks_between_the_rules_of_2022_and_2023(database: Database, tmp_path: Path) -> None:
    add_units(database)
    for when, rules in ((2021, "ip-asn-2019"), (2022, "ip-asn-2022"), (2023, "ip-asn-2023")):
        import_staff(database, tmp_path, A2, when, rules)
    import_staff(database, tmp_path, B1, 2024, "ip-asn-2023")
    assert years(database) == [2021, 2022, 2023, 2024]
    series = ip_asn_series(database, Scope(agency="a"))
    assert [(p.year, value(p.measure), p.breaks) for p in series] == [
        (2021, Decimal("60.00"), False),
        (2022, Decimal("60.00"), False),
        (2023, Decimal("60.00"), True),
        (2024, None, False),
    ]


def test_units_measured_by_different_rules_have_values_and_their_agency_none(
    database: Database, tmp_path: Path
) -> None:
    add_units(database)
    import_staff(database, tmp_path, A2, 2022, "ip-asn-2022")
    import_staff(database, tmp_path, A1, 2022, "ip-asn-2023")
    ip_asn = ip_asn_year(database, Scope(agency="a"), 2022)
    assert [value(m) for _, m in ip_asn.units] == [Decimal("79.55"), Decimal("60.00")]
    assert (ip_asn.whole.index, [r.id for r in ip_asn.whole.rulesets]) == (
        None,
        ["ip-asn-2022", "ip-asn-2023"],
    )
    assert ip_asn.whole.ruleset is None


def test_a_province_with_few_of_one_status_is_whole(database: Database, tmp_path: Path) -> None:
    """Four PPPK in a1 and none elsewhere: the province's four would be the same people."""
    add_units(database)
    import_staff(database, tmp_path, [*A1[:6], *A1[6:10], *B1])
    whole = ip_asn_year(database, PROVINCE, 2021).whole
    assert Split.STATUS in whole.hidden_splits
    assert whole.index is not None
    assert whole.index.pppk is None


def test_nothing_imported_is_nothing_measured(database: Database) -> None:
    add_units(database)
    ip_asn = ip_asn_year(database, PROVINCE, 2021)
    assert (ip_asn.whole, ip_asn.measured) == (Measure(), ())
    assert ip_asn_series(database, PROVINCE) == ()
