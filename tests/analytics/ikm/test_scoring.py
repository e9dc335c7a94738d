"""The IKM against published tables, hand-worked values and properties that must hold."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics import AnalyticsError
from analytics.ikm import Moments
from analytics.ikm.bands import SKM_2017, Band, classify
from analytics.ikm.conventions import reproduced_by
from analytics.ikm.estimate import Estimate
from analytics.ikm.moments import IntArray
from analytics.ikm.odds import odds
from analytics.ikm.scoring import Reason, score
from analytics.ikm.unanswered import answered_by_few
from analytics.rounding import half_up

PUBLISHED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "data/published/skm.json").read_text(encoding="utf-8")
)
UNSUR = [f"U{i}" for i in range(1, 10)]

#: What reproduces each published IKM, found by hand: (agency, period) -> conventions. Empty: nothing does.
REPRODUCED_BY = {
    ("Pemerintah Provinsi Sumatera Barat", "Semester I (year not shown on page)"): (),
    ("unnamed agency", "Triwulan 1"): ("exact", "nrr-3", "index-3"),
    ("unnamed agency", "Triwulan 3"): ("exact", "nrr-3", "index-3"),
    ("Kanwil Kementerian Agama Sulawesi Barat", "Triwulan III"): ("0.11",),
    ("BP Batam", "year"): ("exact", "nrr-3"),
    ("Kab. Tulang Bawang Barat", "Semester 1 (online form)"): (
        "exact",
        "nrr-2",
        "nrr-3",
        "index-2",
        "index-3",
    ),
}


def case(agency: str, period: str | None = None) -> dict[str, Any]:
    return next(c for c in PUBLISHED if c["agency"] == agency and period in (None, c["period"]))


def decimal_fraction(value: float) -> Fraction:
    return Fraction(repr(value))


@pytest.mark.parametrize("published", [c for c in PUBLISHED if "nrr" in c and "published_ikm" in c])
def test_published_tables_by_the_convention_that_reproduces_them(published: dict[str, Any]) -> None:
    nrr = [decimal_fraction(published["nrr"][u]) for u in UNSUR]
    value = Decimal(published["published_as_printed"]).quantize(Decimal("0.01"))
    assert reproduced_by(nrr, value) == REPRODUCED_BY[published["agency"], published["period"]]
    assert classify(value).mutu == published["published_mutu"]


@pytest.mark.parametrize("published", [c for c in PUBLISHED if "recomputed_ikm_exact_1_9" in c])
def test_recomputed_values_of_the_case_file(published: dict[str, Any]) -> None:
    """The case file's own recomputation from the printed NRR, by three weights, to four decimals."""
    totals = published.get("totals")
    n = published.get("n_respondents") or len(published.get("raw_rows", [])) or 1
    nrr = [Fraction(totals[u], n) if totals else decimal_fraction(published["nrr"][u]) for u in UNSUR]
    exact = 25 * sum(nrr, Fraction(0)) / 9
    assert float(exact) == pytest.approx(published["recomputed_ikm_exact_1_9"], abs=5.1e-5)
    assert float(exact * 9 * Fraction("0.11")) == pytest.approx(published["recomputed_ikm_0_11"], abs=5.1e-5)
    assert float(exact * 9 * Fraction("0.111")) == pytest.approx(
        published["recomputed_ikm_0_111"], abs=5.1e-5
    )


def test_sekadau_from_its_49_rows() -> None:
    """Official processing table, Kabupaten Sekadau 2019 semester I: totals per unsur as printed."""
    published = case("Kabupaten Sekadau (Kalimantan Barat)")
    m = Moments.from_answers(published["raw_rows"])
    result = score(m)
    assert m.totals == tuple(published["totals"][u] for u in UNSUR)
    assert m.totals == (138, 139, 150, 177, 159, 163, 161, 143, 159)
    assert (result.n, result.ikm, result.mutu, result.kinerja) == (49, Decimal("78.74"), "B", "Baik")
    assert result.exact == Fraction(25 * 1389, 9 * 49)
    assert result.nrr == pytest.approx([published["nrr"][u] for u in UNSUR], abs=5e-5)
    assert result.comparator_011 == Decimal("77.95")
    assert result.comparator_0111 == Decimal("78.66")


def test_the_order_of_rounding_decides_the_second_decimal() -> None:
    """Triwulan 1 of the unnamed unit: integer totals of 91 sheets give 94.54, its rounded NRR 94.53."""
    totals = [round(case("unnamed agency", "Triwulan 1")["nrr"][u] * 91) for u in UNSUR]
    exact = Fraction(25 * sum(totals), 9 * 91)
    assert half_up(exact) == Decimal("94.54")
    assert half_up(sum((Fraction(half_up(Fraction(t, 91), 3)) for t in totals), Fraction(0)) * 25 / 9) == (
        Decimal("94.53")
    )


def test_a_half_is_rounded_up_from_the_exact_value() -> None:
    """3007 points of 1000 sheets: 75.175 exactly, and the double next to it lies below the half."""
    result = score(Moments.from_answers([[4]] * 7 + [[3]] * 993))
    assert Fraction(75.175) < Fraction("75.175") == result.exact
    assert result.ikm == Decimal("75.18")


def test_every_tie_in_the_third_decimal_is_rounded_half_up() -> None:
    """Eight unsur, 125 sheets: an IKM is total / 40, with a 5 in the third decimal for odd totals."""
    for total in range(1001, 4000, 62):
        scores = np.full(1000, total // 1000)
        scores[: total % 1000] += 1
        expected = (10 * total + 2) // 4  # 100 x total / 40 + 1/2, rounded down
        assert (score(Moments.from_answers(scores.reshape(125, 8))).ikm or 0) * 100 == expected


def test_a_published_truncation_is_named_by_none() -> None:
    """Nagari Simpang Kapuak: index 3.095 gives 77.375, published 77.37; half up gives 77.38."""
    assert half_up(25 * Fraction("3.095")) == Decimal("77.38")
    assert case("Nagari Simpang Kapuak")["published_ikm"] == 77.37


def test_headline_letters_follow_the_bands() -> None:
    for published in (c for c in PUBLISHED if "published_mutu" in c):
        value = Decimal(str(published["published_ikm"])).quantize(Decimal("0.01"))
        assert classify(value).mutu == published["published_mutu"]


@pytest.mark.parametrize(
    ("value", "mutu"),
    [
        ("25.00", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100.00", "A"),
    ],
)
def test_band_boundaries_of_the_regulation(value: str, mutu: str) -> None:
    assert classify(Decimal(value)).mutu == mutu


def test_bands_leave_no_gap_at_two_decimals() -> None:
    for lower, upper in pairwise(SKM_2017):
        assert upper.low - lower.high == Decimal("0.01")


def test_an_unrounded_value_is_not_graded() -> None:
    with pytest.raises(AnalyticsError, match="band-unrounded"):
        classify(Decimal("76.605"))


def test_all_fours() -> None:
    """skm.md: 1/9 gives 100.00, 0.111 gives 99.90, 0.11 gives 99.00."""
    result = score(Moments.from_answers([[4] * 9] * 3))
    assert (result.ikm, result.comparator_011, result.comparator_0111) == (
        Decimal("100.00"),
        Decimal("99.00"),
        Decimal("99.90"),
    )
    assert result.se is None
    assert result.reason("interval") is Reason.NO_VARIATION


@pytest.mark.parametrize(("levels", "k", "weights"), [(5, 9, None), (4, 8, None), (4, 9, [2] + [1] * 8)])
def test_the_regulation_s_weights_belong_to_nine_equal_unsur_of_four_levels(
    levels: int, k: int, weights: list[int] | None
) -> None:
    """PermenPANRB 14/2017 prints 0.11 and 0.111 for nine unsur of 1 to 4: elsewhere they compare nothing."""
    result = score(Moments.from_answers([[4] * k, [3] * k], levels), weights=weights)
    assert (result.comparator_011, result.comparator_0111) == (None, None)
    assert result.reason("comparators") is Reason.NOT_NINE_EQUAL
    assert score(Moments.from_answers([[4] * 9])).reason("comparators") is None


def test_bands_of_another_scale_grade_nothing_and_say_so() -> None:
    """Answers of 1 to 5 lie on 20-100. SKM_2017 is for 25-100: its C would be given for what is a D there."""
    low = score(Moments.from_answers([[1, 1], [1, 2]], levels=5))
    assert (low.ikm, low.band, low.mutu) == (Decimal("25.00"), None, None)
    assert low.reason("band") is Reason.BANDS_OF_ANOTHER_SCALE
    assert low.interval is not None
    assert [u.band for u in low.unsur] == [None, None]
    assert Estimate.of(low).band() is None
    assert odds(Estimate.of(low)).reason is Reason.BANDS_OF_ANOTHER_SCALE
    own = (
        Band("-", "", Decimal("20.00"), Decimal("59.99")),
        Band("+", "", Decimal("60.00"), Decimal("100.00")),
    )
    graded = score(Moments.from_answers([[1, 1], [1, 2]], levels=5), bands=own)
    assert (graded.mutu, graded.reason("band")) == ("-", None)
    thirds = (replace(own[0], low=Decimal("16.67")), own[1])
    assert score(Moments.from_answers([[1, 1], [1, 2]], levels=6), bands=thirds).mutu == "-"


def few(n: int, answering: int) -> Moments:
    """n sheets that differ, of which `answering` answer the second unsur."""
    return Moments.from_answers(
        [[2 + i % 3, (1 + i % 4) if i < answering else 0, 3 + i % 2] for i in range(n)]
    )


@pytest.mark.parametrize(
    ("n", "answering", "interval"),
    [
        (40, 1, False),
        (40, 4, False),
        (40, 5, True),
        (200, 9, False),
        (200, 10, True),
        (9, 4, False),
        (8, 4, True),
        (5, 2, False),
        (5, 3, True),
        (3, 1, False),
        (4, 4, True),
        (2, 1, True),
    ],
)
def test_an_unsur_answered_by_few_leaves_the_index_without_interval(
    n: int, answering: int, interval: bool
) -> None:
    """Fewer than five answers and than half of the sheets, or fewer than ten and than a twentieth.

    Measured by `python -m benchmarks.coverage`: docs/decisions/interval-of-the-ikm.md.
    """
    result = score(few(n, answering))
    assert result.ikm is not None
    assert (result.se is not None, result.interval is not None, result.interval_t is not None) == (
        interval,
    ) * 3
    assert result.reason("interval") is (None if interval else Reason.UNSUR_BY_FEW)
    assert score(few(n, answering), weights=[1, 0, 1]).interval is not None


def test_sheets_of_all_users_are_no_census_of_an_unsur_that_few_of_them_answered() -> None:
    assert score(few(40, 40), population=40).reason("interval") is Reason.CENSUS
    assert score(few(40, 1), population=40).reason("interval") is Reason.UNSUR_BY_FEW


def test_one_respondent_has_an_index_and_no_interval() -> None:
    result = score(Moments.from_answers([[4] * 9]))
    assert (result.ikm, result.se, result.interval, result.interval_t) == (
        Decimal("100.00"),
        None,
        None,
        None,
    )
    assert result.reason("se") is Reason.ONE_RESPONDENT


def test_a_census_has_no_sampling_error() -> None:
    result = score(Moments.from_answers([[4, 3], [2, 3]]), population=2)
    assert (result.se, result.interval) == (0.0, (75.0, 75.0))
    assert result.reason("interval") is Reason.CENSUS


def test_no_answers_is_undefined_and_not_zero() -> None:
    result = score(Moments.zero(9))
    assert (result.ikm, result.mutu, result.se) == (None, None, None)
    assert result.reason("ikm") is Reason.NO_ANSWERS


def test_an_unsur_nobody_answered_leaves_the_index_undefined() -> None:
    result = score(Moments.from_answers([[4, 0], [3, 0]]))
    assert result.ikm is None
    assert result.reason("ikm") is Reason.UNSUR_WITHOUT_ANSWERS
    assert result.nrr == (3.5, None)


def test_unanswered_counts_in_no_mean() -> None:
    result = score(Moments.from_answers([[4, 2], [2, 0], [3, 4]]))
    assert result.nrr == (3.0, 3.0)
    assert [u.n for u in result.unsur] == [3, 2]
    assert result.ikm == Decimal("75.00")


def test_weights_of_a_dominant_unsur() -> None:
    result = score(Moments.from_answers([[4, 2]]), weights=["3/4", "1/4"])
    assert result.exact == 25 * (Fraction(3) + Fraction(1, 2))
    assert result.comparator_011 is None
    assert result.reason("comparators") is Reason.NOT_NINE_EQUAL


def test_population_below_n_is_refused() -> None:
    with pytest.raises(AnalyticsError, match="population-below-n"):
        score(Moments.from_answers([[4], [3]]), population=1)


answers = st.integers(2, 25).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))


@given(answers, st.integers(0, 500))
def test_standard_error_and_interval_against_the_respondents_own_means(
    rows: IntArray,
    unseen: int,
) -> None:
    """With complete sheets the IKM is the mean of each person's index: SciPy gives sem and t."""
    people = 25 * rows.mean(axis=1)
    assume(np.ptp(people) > 1e-9)
    n = len(rows)
    result = score(Moments.from_answers(rows), population=n + unseen + 1)
    se = float(stats.sem(people)) * math.sqrt(1 - n / (n + unseen + 1))
    assert result.se == pytest.approx(se, rel=1e-9)
    low, high = stats.t.interval(0.95, n - 1, people.mean(), se)
    assert result.interval_t == pytest.approx((max(25.0, low), min(100.0, high)), rel=1e-9)
    sample = result.sample
    assert sample is not None
    p, s2 = (people.mean() - 25) / 75, np.var(people / 75, ddof=1)
    assert (sample.position, sample.sheets) == pytest.approx((p, n))
    assert sample.dispersion == pytest.approx(s2 / (p * (1 - p) + s2 / n), rel=1e-9)
    assert result.interval == tuple(25 + 75 * end for end in sample.interval())


@given(
    st.integers(3, 25).flatmap(lambda n: arrays(np.int64, (n, 4), elements=st.integers(0, 4))),
    st.lists(st.integers(1, 30), min_size=4, max_size=4),
    st.one_of(st.none(), st.integers(1, 50)),
)
def test_standard_error_with_missing_answers_is_the_linearised_one(
    rows: IntArray, weights: list[int], unseen: int | None
) -> None:
    """Residuals of the ratio means, weighted, row by row and without sums of products; then SciPy's t."""
    rows = rows[(rows > 0).any(axis=1)]
    answered = rows > 0
    assume(len(rows) > 1 and bool(answered.any(axis=0).all()))
    assume(not answered_by_few(int(answered.sum(axis=0).min()), len(rows)))
    nrr = rows.sum(axis=0) / answered.sum(axis=0)
    w, n = np.array(weights) / sum(weights), len(rows)
    residual = answered * (rows - nrr) / answered.sum(axis=0) @ w
    unseen_share = 1 if unseen is None else unseen / (n + unseen)
    expected = 25 * math.sqrt(unseen_share * n / (n - 1) * float((residual**2).sum()))
    assume(expected > 1e-9)
    population = None if unseen is None else n + unseen
    result = score(Moments.from_answers(rows), weights=weights, population=population)
    value = 25 * float(nrr @ w)
    assert float(result.exact or 0) == pytest.approx(value, rel=1e-9)
    assert result.se == pytest.approx(expected, rel=1e-9)
    # The variance of so many sheets as answer an unsur, of which the standard error is the same.
    sample = result.sample
    assert sample is not None
    p, sheets = (value - 25) / 75, float(1 / (w / answered.sum(axis=0)).sum())
    s2 = (expected / 75) ** 2 / unseen_share * sheets
    unanswered = 1 - sheets / population if population and unseen else unseen_share
    assert (sample.sheets, sample.unseen) == pytest.approx((sheets, unanswered), rel=1e-12, abs=1e-12)
    assert sample.dispersion == pytest.approx(s2 / (p * (1 - p) + s2 / sheets), rel=1e-9)
    assert sample.freedom == pytest.approx((sheets - 1) * min(1, 9 * p * (1 - p)), rel=1e-9)


def test_weights_of_many_decimals_see_no_variation_where_there_is_none() -> None:
    """Nine primes as denominators: in floats the sums of equal sheets need not cancel to exactly 0."""
    weights = [Fraction(1, p) for p in (101, 103, 107, 109, 113, 127, 131, 137, 139)]
    result = score(Moments.from_answers([[3, 4, 2, 3, 1, 4, 3, 2, 4]] * 7), weights=weights)
    assert (result.se, result.reason("se")) == (None, Reason.NO_VARIATION)


@given(answers)
def test_index_and_intervals_stay_on_the_scale(rows: IntArray) -> None:
    result = score(Moments.from_answers(rows))
    assert result.ikm is not None
    assert 25 <= result.ikm <= 100
    for interval in (result.interval, result.interval_t):
        if interval is not None:
            assert 25 <= interval[0] <= float(result.exact or 0) <= interval[1] <= 100


@given(answers, st.integers(0, 8), st.data())
def test_a_better_answer_never_lowers_the_index(rows: IntArray, column: int, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(rows) - 1))
    assume(rows[row, column] < 4)
    before = score(Moments.from_answers(rows)).exact
    rows[row, column] += 1
    after = score(Moments.from_answers(rows)).exact
    assert before is not None
    assert after is not None
    assert after > before


@given(answers, st.lists(st.integers(0, 20), min_size=9, max_size=9), st.integers(1, 50))
def test_weights_times_a_constant_change_nothing(
    rows: IntArray,
    weights: list[int],
    factor: int,
) -> None:
    assume(any(weights))
    m = Moments.from_answers(rows)
    assert score(m, weights=weights) == score(m, weights=[w * factor for w in weights])


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([[0, 3]] * 4, {"ikm", "se", "interval", "interval_t"}),  # nobody answered the first
        ([[4, 3]], {"se", "interval", "interval_t"}),  # one sheet
        ([[4, 3]] * 4, {"se", "interval", "interval_t"}),  # all alike
    ],
)
def test_every_value_that_is_missing_or_not_ordinary_has_its_reason(
    rows: list[list[int]], fields: set[str]
) -> None:
    result = score(Moments.from_answers(rows))
    assert {field for field, _ in result.reasons} - {"comparators"} == fields
    assert all(result.reason(field) for field in fields)
    # The table by which an unsur is graded is there whether or not the whole has a value.
    assert result.bands == SKM_2017


def test_the_plain_interval_ends_where_a_scale_of_six_does() -> None:
    """The lowest value of six levels is 100/6, below the 25 of four."""
    result = score(Moments.from_answers([[1, 1], [1, 1], [1, 2], [1, 1]], levels=6))
    assert result.interval_t is not None
    assert result.interval_t[0] == pytest.approx(100 / 6)
