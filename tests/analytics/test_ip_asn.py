"""IP ASN by rule set: every level, competence total and boundary, and what agencies published.

Expected scores are Peraturan BKN 8/2019, Pasal 7-10, written out by hand; examples and agency rows are
data/published/ip_asn.json.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.ip_asn import (
    CategoryRule,
    Employee,
    EmployeeScore,
    Penalty,
    Training,
    category,
    combine,
    given_scores,
    score_employee,
    unit_index,
)
from analytics.ip_asn.employee import summed
from analytics.ip_asn_import import check_scores
from analytics.rounding import half_up
from analytics.why import Why
from survey_app.rulesets import load_ruleset

R2019, R2022, R2023 = (load_ruleset(f"ip-asn-{year}") for year in (2019, 2022, 2023))
ON = date(2021, 12, 31)
PUBLISHED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "data/published/ip_asn.json").read_text(encoding="utf-8")
)


def employee(
    *,
    jabatan: str = "pelaksana",
    pendidikan: str | None = "S1",
    rating: Decimal | int | str | None = 85,
    trainings: Sequence[Training] = (),
    penalties: Sequence[Penalty] = (),
    on: date = ON,
    status: str = "PNS",
) -> Employee:
    return Employee("p1", "bkd", status, jabatan, pendidikan, rating, on, tuple(trainings), tuple(penalties))


def training(kind: str, jp: int = 20, end: date = ON, *, for_post: bool = True) -> Training:
    return Training(kind, jp, end, for_post)


@pytest.mark.parametrize(
    ("pendidikan", "expected"),
    [
        ("S3", 25),
        ("S2", 20),
        ("S1", 15),
        ("D4", 15),
        ("D3", 10),
        ("D2", 5),
        ("D1", 5),
        ("SLTA", 5),
        ("di bawah SLTA", 1),
    ],
)
def test_every_level_of_kualifikasi(pendidikan: str, expected: int) -> None:
    for ruleset, rating in ((R2019, 85), (R2022, "Baik")):
        dimension = score_employee(employee(pendidikan=pendidikan, rating=rating), ruleset).dimensions[0]
        assert dimension.score == expected
        assert dimension.level == pendidikan


STRUCTURAL = ("pimpinan tinggi", "administrator", "pengawas")
PARTS = (
    [(j, {"kepemimpinan": 15, "teknis": 15, "seminar": 10}) for j in STRUCTURAL]
    + [("fungsional", {"fungsional": 15, "teknis": 15, "seminar": 10})]
    + [("pelaksana", {"teknis": 22.5, "seminar": 17.5})]
)


@pytest.mark.parametrize(("jabatan", "parts"), PARTS)
def test_every_competence_total(jabatan: str, parts: dict[str, float]) -> None:
    totals = set()
    for chosen in product([False, True], repeat=len(parts)):
        kinds = [kind for kind, has in zip(parts, chosen, strict=True) if has]
        result = score_employee(
            employee(jabatan=jabatan, trainings=[training(kind) for kind in kinds]), R2019
        )
        assert result.score("kompetensi") == Decimal(str(sum(parts[kind] for kind in kinds)))
        assert result.dimensions[1].level == " + ".join(kinds)
        totals.add(result.score("kompetensi"))
    group = R2019.group_of(jabatan)
    assert group is not None
    assert totals == group.possible_totals
    expected = {0, 17.5, 22.5, 40} if jabatan == "pelaksana" else {0, 10, 15, 25, 30, 40}
    assert {float(total) for total in group.possible_totals} == expected


def test_training_of_another_kind_of_post_scores_nothing() -> None:
    result = score_employee(employee(jabatan="fungsional", trainings=[training("kepemimpinan")]), R2019)
    assert result.score("kompetensi") == 0


def test_the_same_training_twice_counts_once() -> None:
    twice = employee(jabatan="pelaksana", trainings=[training("seminar"), training("seminar")])
    assert score_employee(twice, R2019).score("kompetensi") == Decimal("17.5")


@pytest.mark.parametrize(("jp", "expected"), [(20, "22.5"), (19, "0")])
def test_technical_training_needs_20_hours(jp: int, expected: str) -> None:
    result = score_employee(employee(trainings=[training("teknis", jp)]), R2019)
    assert result.score("kompetensi") == Decimal(expected)


@pytest.mark.parametrize(
    ("kind", "end", "counts"),
    [
        ("teknis", date(2020, 12, 31), True),
        ("teknis", date(2020, 12, 30), False),
        ("teknis", date(2022, 1, 1), False),
        ("seminar", date(2019, 12, 31), True),
        ("seminar", date(2019, 12, 30), False),
        ("seminar", date(2022, 1, 1), False),
    ],
)
def test_windows_are_closed_and_count_back_from_the_measurement(kind: str, end: date, counts: bool) -> None:
    result = score_employee(employee(trainings=[training(kind, end=end)]), R2019)
    assert (result.score("kompetensi") != 0) == counts


def test_a_window_from_a_leap_day_opens_on_28_february() -> None:
    for end, counts in ((date(2019, 2, 28), True), (date(2019, 2, 27), False)):
        on = date(2020, 2, 29)
        result = score_employee(employee(on=on, trainings=[training("teknis", end=end)]), R2019)
        assert (result.score("kompetensi") != 0) == counts


def test_training_for_leadership_and_function_has_no_window() -> None:
    for jabatan, kind in (("pengawas", "kepemimpinan"), ("fungsional", "fungsional")):
        old = employee(jabatan=jabatan, trainings=[training(kind, end=date(1999, 1, 1))])
        assert score_employee(old, R2019).score("kompetensi") == 15


@pytest.mark.parametrize(
    ("rating", "expected", "level", "gap"),
    [
        ("120", 30, "Sangat Baik", False),
        ("91", 30, "Sangat Baik", False),
        ("90.5", 30, "Sangat Baik", True),
        ("90", 25, "Baik", False),
        ("76", 25, "Baik", False),
        ("75.5", 25, "Baik", True),
        ("75", 15, "Cukup", False),
        ("61", 15, "Cukup", False),
        ("60.4", 15, "Cukup", True),
        ("60", 5, "Kurang", False),
        ("51", 5, "Kurang", False),
        ("50.01", 5, "Kurang", True),
        ("50", 1, "Buruk", False),
        ("0", 1, "Buruk", False),
    ],
)
def test_every_level_of_kinerja_and_its_gaps(rating: str, expected: int, level: str, gap: bool) -> None:
    dimension = score_employee(employee(rating=Decimal(rating)), R2019).dimensions[2]
    assert dimension.score == expected
    assert (dimension.level, dimension.in_gap) == (level, gap)


@pytest.mark.parametrize(("rating", "expected"), [("75.5", 25), ("75.49", 15), ("90.49", 25), ("50.4", 1)])
def test_ratings_in_a_gap_by_rounding_half_up(rating: str, expected: int) -> None:
    result = score_employee(employee(rating=Decimal(rating)), R2019, rule=CategoryRule.HALF_UP)
    assert result.score("kinerja") == expected
    assert result.dimensions[2].in_gap


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [("Sangat Baik", 30), ("Baik", 25), ("Butuh Perbaikan", 15), ("Kurang", 5), ("Sangat Kurang", 1)],
)
def test_every_predicate_of_2022(predicate: str, expected: int) -> None:
    assert score_employee(employee(rating=predicate), R2022).score("kinerja") == expected


@pytest.mark.parametrize(
    ("penalties", "expected"),
    [
        ([], 5),
        (["ringan"], 3),
        (["sedang"], 2),
        (["berat"], 1),
        (["ringan", "berat", "sedang"], 1),
        (["ringan", "sedang"], 2),
    ],
)
def test_every_level_of_disiplin_the_most_severe_counts(penalties: list[str], expected: int) -> None:
    record = employee(penalties=[Penalty(level, date(2020, 5, 1)) for level in penalties])
    assert score_employee(record, R2019).score("disiplin") == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2016, 12, 31), 1), (date(2016, 12, 30), 5), (date(2022, 1, 1), 5)]
)
def test_a_penalty_counts_for_five_years(on: date, expected: int) -> None:
    assert score_employee(employee(penalties=[Penalty("berat", on)]), R2019).score("disiplin") == expected


BOUNDARIES = [
    ("0", "Sangat Rendah"),
    ("60", "Sangat Rendah"),
    ("61", "Rendah"),
    ("70", "Rendah"),
    ("71", "Sedang"),
    ("80", "Sedang"),
    ("81", "Tinggi"),
    ("90", "Tinggi"),
    ("91", "Sangat Tinggi"),
    ("100", "Sangat Tinggi"),
]


@pytest.mark.parametrize("rule", CategoryRule)
@pytest.mark.parametrize("ruleset", [R2019, R2022, R2023], ids=lambda r: r.id)
def test_every_category_boundary(ruleset: Any, rule: CategoryRule) -> None:
    for value, name in BOUNDARIES:
        result = category(Decimal(value), ruleset, rule=rule)
        assert (result.name, result.in_gap, result.rule) == (name, False, rule)


@pytest.mark.parametrize(
    ("value", "above", "half_up_name"),
    [
        ("60.01", "Rendah", "Sangat Rendah"),
        ("60.5", "Rendah", "Rendah"),
        ("70.49", "Sedang", "Rendah"),
        ("80.01", "Tinggi", "Sedang"),
        ("80.81", "Tinggi", "Tinggi"),
        ("90.49", "Sangat Tinggi", "Tinggi"),
        ("90.99", "Sangat Tinggi", "Sangat Tinggi"),
    ],
)
def test_values_in_a_gap_are_placed_by_the_rule_and_flagged(
    value: str, above: str, half_up_name: str
) -> None:
    """80.81 was published as Tinggi (Sumatera Barat 2024)."""
    default = category(Decimal(value), R2019)
    assert (default.name, default.in_gap) == (above, True)
    rounded = category(Decimal(value), R2019, rule=CategoryRule.HALF_UP)
    assert (rounded.name, rounded.in_gap) == (half_up_name, True)


def test_a_float_means_the_decimal_it_is_written_as() -> None:
    assert category(80.01, R2019).name == "Tinggi"
    assert category(80, R2019).name == "Sedang"


@pytest.mark.parametrize("value", ["-0.01", "100.01"])
def test_a_category_outside_the_scale_is_refused(value: str) -> None:
    with pytest.raises(AnalyticsError, match="category-range"):
        category(Decimal(value), R2019)


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2), st.sampled_from(CategoryRule))
def test_a_higher_value_never_has_a_lower_category(a: Decimal, b: Decimal, rule: CategoryRule) -> None:
    names = [band.name for band in R2019.categories]
    low, high = sorted((a, b))
    assert names.index(category(low, R2019, rule=rule).name) <= names.index(
        category(high, R2019, rule=rule).name
    )


# --- what was published -------------------------------------------------------------------------------------

JABATAN = {"JPT pratama": "pimpinan tinggi", "struktural": "pengawas"}
RATINGS = {"Baik": 85, "Sangat Baik": 95}
PENALTIES = {"tidak ada": (), "tidak pernah": (), "ringan": (Penalty("ringan", date(2020, 5, 1)),)}


def from_example(inputs: dict[str, Any]) -> Employee:
    """The case file's words for one employee; the published forms call the kinds by several names."""
    kinds = {
        "kepemimpinan": inputs.get("diklatpim_sesuai") or inputs.get("diklatpim"),
        "fungsional": inputs.get("diklat_fungsional"),
        "teknis": inputs.get("diklat_teknis_20jp")
        or inputs.get("diklat_teknis_20jp_1th")
        or inputs.get("diklat_teknis"),
        "seminar": inputs.get("seminar") or inputs.get("seminar_2th") or inputs.get("workshop"),
    }
    return employee(
        jabatan=JABATAN.get(inputs["jabatan"], inputs["jabatan"]),
        pendidikan=inputs["pendidikan"],
        rating=inputs.get("nilai_kinerja") or RATINGS[inputs["kinerja"]],
        trainings=[training(kind) for kind, has in kinds.items() if has],
        penalties=PENALTIES[inputs["hukdis"]],
    )


OFF_GRID = [e for e in PUBLISHED["employee_examples"] if "OFF the official" in e["note"]]
ON_GRID = [e for e in PUBLISHED["employee_examples"] if e not in OFF_GRID]


@pytest.mark.parametrize("example", ON_GRID, ids=lambda e: e["note"][:40])
def test_employee_examples(example: dict[str, Any]) -> None:
    result = score_employee(from_example(example["inputs"]), R2019)
    assert {d.key: float(d.score or 0) for d in result.dimensions} == example["scores"]
    assert float(result.total or 0) == example["total"]
    assert result.category is not None
    assert result.category.name == example["category"]


def test_the_published_example_off_the_grid_is_found() -> None:
    """Competence 35 from 15 + 10 + 10: the rules know no such total."""
    (example,) = OFF_GRID
    row = {"unit": "x", "jabatan": "pengawas", **example["scores"], "total": example["total"]}
    (problem,) = check_scores([row], R2019, {"x"})
    assert (problem.code, problem.got, problem.expected) == (
        "kompetensi-impossible",
        "35",
        "one of 0, 10, 15, 25, 30, 40",
    )


WITH_PARTS = [a for a in PUBLISHED["agency_results"] if a["kualifikasi"] is not None]


def test_agency_rows_whose_arithmetic_fails_are_reported_by_how_much() -> None:
    """The case file's own sums: Bima PNS fails by -0.47, PPPK is off by rounding, the two together close."""
    rows = [{"unit": a["agency"], **{k: a[k] for k in DIMENSION_FIELDS}} for a in WITH_PARTS]
    found = check_scores(rows, R2023, {a["agency"] for a in WITH_PARTS})
    assert [(p.row, p.code, p.difference) for p in found] == [(1, "total-differs", Decimal("0.47"))]
    assert [a["check"]["difference"] for a in WITH_PARTS] == [-0.47, -0.01, 0.0]


DIMENSION_FIELDS = ("kualifikasi", "kompetensi", "kinerja", "disiplin", "total")


@pytest.mark.parametrize("agency", PUBLISHED["agency_results"], ids=lambda a: f"{a['agency']} {a['year']}")
def test_agency_categories(agency: dict[str, Any]) -> None:
    assert category(Decimal(str(agency["total"])), R2023).name == agency["category"]


def test_bima_is_the_headcount_mean_of_its_two_groups() -> None:
    """Kota Bima 2023: PNS 3,252 at 78.41 and PPPK 171 at 75.18 give 78.25; the simple mean is 76.80."""
    result = combine([(3252, Decimal("78.41")), (171, Decimal("75.18"))])
    assert (result.headcount, result.weighted, result.simple) == (3423, Decimal("78.25"), Decimal("76.80"))


# --- unit ---------------------------------------------------------------------------------------------------


def given_total(total: Decimal, status: str = "PNS", *, penyetaraan: bool = False) -> EmployeeScore:
    """An employee with `total`, spread over the dimensions up to their maxima."""
    left, scores = total, {}
    for key, maximum in zip(DIMENSION_FIELDS, R2019.maxima, strict=False):
        scores[key] = min(left, maximum)
        left -= scores[key]
    return given_scores("p", "u", status, scores, R2019, penyetaraan=penyetaraan)


def test_unit_of_pns_and_pppk_apart_and_together() -> None:
    """Hand: PNS 80, 90 mean 85; PPPK 70; together 240/3 = 80.00; simple mean of groups 77.50."""
    scores = [given_total(Decimal(t)) for t in (80, 90)] + [given_total(Decimal(70), "PPPK")]
    unit = unit_index(scores)
    assert unit.pns is not None
    assert unit.pppk is not None
    assert (unit.pns.value, unit.pppk.value) == (Decimal("85.00"), Decimal("70.00"))
    assert (unit.total.value, unit.mean_of_groups) == (Decimal("80.00"), Decimal("77.50"))
    assert (unit.headcount, unit.pns.headcount, unit.pppk.headcount) == (3, 2, 1)
    assert unit.total.category == category(80, R2019)


def test_dimension_means_add_up_to_the_total() -> None:
    unit = unit_index([given_total(Decimal("81.5")), given_total(Decimal("33.25"))])
    assert unit.total.dimensions is not None
    assert sum(unit.total.dimensions) == unit.total.exact == Fraction("57.375")
    assert unit.total.value == Decimal("57.38")


def test_a_mean_in_a_gap_is_flagged() -> None:
    unit = unit_index([given_total(Decimal(80)), given_total(Decimal(81))])
    assert unit.total.category is not None
    assert (unit.total.category.name, unit.total.category.in_gap) == ("Tinggi", True)


def test_a_census_has_no_interval_and_says_so() -> None:
    scores = [given_total(Decimal(t)) for t in (80, 90)]
    for unit in (unit_index(scores), unit_index(scores, population=2)):
        assert (unit.total.interval, unit.total.interval_reason) == (None, Why.CENSUS)


def test_a_sample_of_staff_has_an_interval() -> None:
    """Hand: 70, 80, 90 of 12: mean 80, s = 10, fpc 0.75, t(2) = 4.302653: half = 4.302653 x 5 = 21.513."""
    unit = unit_index([given_total(Decimal(t)) for t in (70, 80, 90)], population=12)
    assert unit.total.interval == pytest.approx((80 - 21.513264, 100), abs=1e-5)
    assert unit.total.interval_reason is None
    assert unit_index([given_total(Decimal(70))], population=12).total.interval_reason is Why.TOO_FEW
    equal = unit_index([given_total(Decimal(70))] * 2, population=12)
    assert (equal.total.interval, equal.total.interval_reason) == (None, Why.NO_VARIATION)


def test_with_and_without_penyetaraan() -> None:
    unit = unit_index([given_total(Decimal(65), penyetaraan=True), given_total(Decimal(85))])
    assert unit.without_penyetaraan is not None
    assert (unit.total.value, unit.without_penyetaraan.value) == (Decimal("75.00"), Decimal("85.00"))
    assert unit_index([given_total(Decimal(85))]).without_penyetaraan is None


def test_completeness_stands_beside_the_mean() -> None:
    whole = score_employee(employee(trainings=[training("seminar")]), R2019)
    bare = score_employee(employee(), R2019)
    unknown = score_employee(employee(pendidikan=None, rating=None), R2019)
    unit = unit_index([whole, bare, unknown, bare])
    assert unit.recorded == (3, 1, 3, 4)
    assert unit.completeness == (0.75, 0.25, 0.75, 1.0)
    assert (unit.total.headcount, unit.total.n) == (4, 3)
    assert (unknown.total, unknown.category) == (None, None)


def test_nobody_with_a_total_is_undefined_and_not_zero() -> None:
    unit = unit_index([score_employee(employee(rating=None), R2019)])
    assert (unit.total.value, unit.total.category, unit.total.reason) == (None, None, Why.NOT_RECORDED)
    assert unit.mean_of_groups is None


def test_units_that_cannot_be() -> None:
    with pytest.raises(AnalyticsError, match="staff-empty"):
        unit_index([])
    with pytest.raises(AnalyticsError, match="staff-empty"):
        combine([])
    mixed = [score_employee(employee(), R2019), score_employee(employee(rating="Baik"), R2022)]
    with pytest.raises(AnalyticsError, match="rulesets-mixed"):
        unit_index(mixed)
    with pytest.raises(AnalyticsError, match="population-below-n"):
        unit_index([given_total(Decimal(70))] * 3, population=2)


totals = st.lists(
    st.tuples(st.integers(0, 400).map(lambda q: Decimal(q) / 4), st.sampled_from(["PNS", "PPPK"])), min_size=1
)


@given(totals, st.integers(0, 50))
def test_the_unit_is_the_headcount_mean_and_its_interval_stays_on_the_scale(
    people: list[tuple[Decimal, str]], unseen: int
) -> None:
    unit = unit_index([given_total(t, s) for t, s in people], population=len(people) + unseen)
    exact = sum((Fraction(t) for t, _ in people), Fraction(0)) / len(people)
    assert (unit.total.exact, unit.total.value) == (exact, half_up(exact))
    parts = [g for g in (unit.pns, unit.pppk) if g is not None and g.exact is not None]
    assert sum((g.n * (g.exact or Fraction(0)) for g in parts), Fraction(0)) / len(people) == exact
    if unit.total.interval is not None:
        assert 0 <= unit.total.interval[0] <= float(exact) <= unit.total.interval[1] <= 100


# --- the partly known rule set ------------------------------------------------------------------------------


def test_2023_says_what_is_unknown_and_takes_given_scores_only() -> None:
    assert R2023.verification == "terverifikasi sebagian"
    assert R2023.unknown
    assert R2023.break_before
    with pytest.raises(AnalyticsError, match="ruleset-partial") as refused:
        score_employee(employee(), R2023)
    assert R2023.unknown[0] in refused.value.hint
    given = {"kualifikasi": 20, "kompetensi": 20.2, "kinerja": 25, "disiplin": 5}
    unit = unit_index([given_scores("p", "u", "PPPK", given, R2023)])
    assert (unit.total.value, unit.separate, unit.unknown) == (Decimal("70.20"), True, R2023.unknown)
    assert unit.verification == "terverifikasi sebagian"


def test_2019_is_verified_and_2022_names_what_is_mapped_by_rank() -> None:
    assert R2019.verification == "terverifikasi"
    assert R2022.verification == "terverifikasi sebagian"
    assert not R2022.break_before


@pytest.mark.parametrize(
    ("key", "value"), [("kualifikasi", 25.01), ("kompetensi", -1), ("kinerja", 31), ("disiplin", "NaN")]
)
def test_given_scores_outside_their_range_are_refused(key: str, value: float | str) -> None:
    with pytest.raises(AnalyticsError, match="score-range"):
        given_scores("p", "u", "PNS", {key: value}, R2023)


def test_a_given_score_that_is_missing_leaves_no_total() -> None:
    result = given_scores("p", "u", "PNS", {"kualifikasi": 20}, R2023)
    assert (result.total, [d.recorded for d in result.dimensions]) == (None, [True, False, False, False])


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (employee(status="honorer"), "status-unknown"),
        (employee(jabatan="camat"), "jabatan-unknown"),
        (employee(pendidikan="S4"), "pendidikan-unknown"),
        (employee(rating="baik sekali"), "rating-unknown"),
        (employee(rating=-1), "rating-range"),
        (employee(trainings=[training("outbound")]), "training-unknown"),
        (employee(penalties=[Penalty("teguran", ON)]), "penalty-unknown"),
    ],
)
def test_records_the_rules_do_not_know_are_refused(record: Employee, code: str) -> None:
    with pytest.raises(AnalyticsError, match=code):
        score_employee(record, R2019)


def test_a_rating_in_numbers_is_no_predicate() -> None:
    with pytest.raises(AnalyticsError, match="rating-unknown"):
        score_employee(employee(rating=85), R2022)


def test_total_is_the_sum_of_what_is_there() -> None:
    result = score_employee(employee(), R2019)
    assert summed("p", "u", "PNS", False, result.dimensions, R2019, CategoryRule.ABOVE).total == result.total
    assert result.total == 15 + 0 + 25 + 5
