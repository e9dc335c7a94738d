"""IP ASN of an employee: every level, competence total, window and refusal.

Expected scores are Peraturan BKN 8/2019, Pasal 7-10, written out by hand.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from analytics import AnalyticsError
from analytics.ip_asn import given_scores, score_employee, unit_index
from analytics.ip_asn.employee import Employee, Penalty
from tests.analytics.ip_asn.samples import ON, R2019, R2022, R2023, employee, training


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


def test_leadership_training_must_be_the_one_for_the_post() -> None:
    """A head with the training of a lower post (PIM III only) gets nothing for it."""
    for for_post, expected in ((True, 15), (False, 0)):
        record = employee(jabatan="pimpinan tinggi", trainings=[training("kepemimpinan", for_post=for_post)])
        assert score_employee(record, R2019).score("kompetensi") == expected


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


def test_2023_says_what_is_unknown_and_takes_given_scores_only() -> None:
    assert R2023.verification == "terverifikasi sebagian"
    assert R2023.unknown
    assert R2023.break_before
    with pytest.raises(AnalyticsError, match="ruleset-partial") as refused:
        score_employee(employee(), R2023)
    assert R2023.unknown[0] in refused.value.hint
    given = {"kualifikasi": 20, "kompetensi": 20.2, "kinerja": 25, "disiplin": 5}
    unit = unit_index([given_scores("p", "u", "PPPK", given, R2023)])
    assert (unit.total.value, unit.unknown) == (Decimal("70.20"), R2023.unknown)
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
    assert [d.score for d in result.dimensions] == [15, 0, 25, 5]
    assert result.total == 45
