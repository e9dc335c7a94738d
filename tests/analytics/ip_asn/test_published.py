"""IP ASN: every category boundary, and what agencies published (data/published/ip_asn.json)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.ip_asn import StaffSums, person_sums, score_employee, staff_index
from analytics.ip_asn.categories import category
from analytics.ip_asn.employee import Employee, Penalty
from analytics.ip_asn.row_checks import check_scores
from tests.analytics.ip_asn.samples import R2019, R2022, R2023, employee, training

PUBLISHED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[3] / "data/published/ip_asn.json").read_text(encoding="utf-8")
)
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


@pytest.mark.parametrize("ruleset", [R2019, R2022, R2023], ids=lambda r: r.id)
def test_every_category_boundary(ruleset: Any) -> None:
    for value, name in BOUNDARIES:
        result = category(Decimal(value), ruleset)
        assert (result.name, result.in_gap) == (name, False)


@pytest.mark.parametrize(
    ("value", "above"),
    [
        ("60.01", "Rendah"),
        ("60.5", "Rendah"),
        ("70.49", "Sedang"),
        ("80.01", "Tinggi"),
        ("80.81", "Tinggi"),
        ("90.49", "Sangat Tinggi"),
        ("90.99", "Sangat Tinggi"),
    ],
)
def test_values_in_a_gap_are_placed_above_it_and_flagged(value: str, above: str) -> None:
    """80.81 was published as Tinggi (Sumatera Barat 2024)."""
    default = category(Decimal(value), R2019)
    assert (default.name, default.in_gap) == (above, True)


def test_a_float_means_the_decimal_it_is_written_as() -> None:
    assert category(80.01, R2019).name == "Tinggi"
    assert category(80, R2019).name == "Sedang"


@pytest.mark.parametrize("value", ["-0.01", "100.01"])
def test_a_category_outside_the_scale_is_refused(value: str) -> None:
    with pytest.raises(AnalyticsError, match="category-range"):
        category(Decimal(value), R2019)


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_higher_value_never_has_a_lower_category(a: Decimal, b: Decimal) -> None:
    names = [band.name for band in R2019.categories]
    low, high = sorted((a, b))
    assert names.index(category(low, R2019).name) <= names.index(category(high, R2019).name)


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
    problems = check_scores(rows, R2023, {a["agency"] for a in WITH_PARTS})
    assert [(p.row, p.code, p.difference) for p in problems] == [(1, "total-differs", Decimal("0.47"))]
    assert [a["check"]["difference"] for a in WITH_PARTS] == [-0.47, -0.01, 0.0]


DIMENSION_FIELDS = ("kualifikasi", "kompetensi", "kinerja", "disiplin", "total")


@pytest.mark.parametrize("agency", PUBLISHED["agency_results"], ids=lambda a: f"{a['agency']} {a['year']}")
def test_agency_categories(agency: dict[str, Any]) -> None:
    assert category(Decimal(str(agency["total"])), R2023).name == agency["category"]


def test_bima_is_the_headcount_mean_of_its_two_groups() -> None:
    """Kota Bima 2023: PNS 3,252 at 78.41 and PPPK 171 at 75.18 give 78.25; the simple mean is 76.80."""
    groups = {"PNS": (3252, "78.41"), "PPPK": (171, "75.18")}
    result = staff_index({(of, False): alike(value).times(n) for of, (n, value) in groups.items()}, R2023)
    assert (result.headcount, result.total.value, result.mean_of_groups) == (
        3423,
        Decimal("78.25"),
        Decimal("76.80"),
    )


def alike(total: str) -> StaffSums:
    """One of a group of whom only the value is published: its parts do not matter for the mean."""
    return person_sums([Decimal(total), Decimal(0), Decimal(0), Decimal(0)], [True] * 4)


@pytest.mark.parametrize("value", ["0", "60", "61", "70", "71", "80", "81", "90", "91", "100"])
def test_a_printed_bound_lies_in_no_gap(value: str) -> None:
    assert not category(value, R2019).in_gap
