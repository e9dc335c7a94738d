"""Ways of computing a printed IKM: by hand, from raw sheets, and by asking every number near by."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.ikm.conventions import conventions, explain_published, reproduced_by, weights
from analytics.rounding import half_up

PUBLISHED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "data/published/skm.json").read_text(encoding="utf-8")
)


def fractions(*nrr: str) -> list[Fraction]:
    return [Fraction(value) for value in nrr]


@pytest.mark.parametrize(
    ("elements", "keys"),
    [
        (1, []),
        (3, ["0.3333", "0.333", "0.33"]),
        (5, []),
        (6, ["0.1667", "0.167", "0.17"]),
        (8, ["0.13"]),
        (9, ["0.1111", "0.111", "0.11"]),
        (14, ["0.0714", "0.071", "0.07"]),
        (300, ["0.0033", "0.003"]),
    ],
)
def test_weights_are_one_over_the_unsur_at_two_to_four_decimals(elements: int, keys: list[str]) -> None:
    """By hand; 1/8 = 0.125 needs no more than three decimals, and 0.00 is no weight."""
    assert [w.key for w in weights(elements)] == ["exact", *keys]


@pytest.mark.parametrize(
    ("nrr", "published", "key"),
    [
        (["3.50"] * 3, "86.63", "0.33"),  # 25 x 0.33 x 10.50 = 86.625
        (["3.57"] * 9, "89.24", "0.1111"),  # 25 x 0.1111 x 32.13 = 89.241; exactly weighted 89.25
        (["3.25"] * 6, "82.88", "0.17"),  # 25 x 0.17 x 19.5 = 82.875
        (["3.10"] * 14, "75.95", "0.07"),  # 25 x 0.07 x 43.4 = 75.95
    ],
)
def test_a_rounded_weight_is_named(nrr: list[str], published: str, key: str) -> None:
    assert key in reproduced_by(fractions(*nrr), Decimal(published))


def test_what_a_weight_gives_from_the_printed_nrr_is_not_said_to_be_within_their_rounding_too() -> None:
    explained = explain_published(fractions(*["3.50"] * 3), Decimal("86.63"), 2)
    assert "0.33" in explained.named
    assert not set(explained.named) & set(explained.within)


def sheets(elements: int) -> st.SearchStrategy[tuple[int, list[int]]]:
    """Sheets and totals of the unsur, each score 1 to 4."""
    return st.integers(1, 400).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.integers(n, 4 * n), min_size=elements, max_size=elements))
    )


@given(st.integers(1, 14).flatmap(sheets), st.integers(0, 4), st.integers(0, 3), st.data())
def test_what_a_weight_gave_before_the_nrr_were_printed_is_never_called_unknown(
    drawn: tuple[int, list[int]], nrr_places: int, places: int, data: st.DataObject
) -> None:
    n, totals = drawn
    raw = [Fraction(total, n) for total in totals]
    way = data.draw(st.sampled_from(weights(len(raw))))
    published = half_up(way.ikm(raw), places)
    explained = explain_published(
        [Fraction(half_up(value, nrr_places)) for value in raw], published, nrr_places
    )
    assert way.key in explained.named + explained.within


@given(st.lists(st.integers(100, 400), min_size=1, max_size=12), st.integers(2, 3))
def test_the_ends_of_what_rounding_can_give_are_reached_and_nothing_beyond(
    hundredths: list[int], d: int
) -> None:
    """The lowest NRR are printed so themselves; of the highest, all a millionth less than the next step."""
    nrr = [Fraction(value, 100) for value in hundredths]
    half, hair = Fraction(1, 2 * 10**d), Fraction(1, 10**9)
    lowest = [max(Fraction(1), v - half) for v in nrr]
    highest = [min(Fraction(4), v + half - hair) for v in nrr]
    for way, reach in zip(
        weights(len(nrr)), explain_published(nrr, Decimal("80.00"), d).reaches, strict=True
    ):
        assert (reach.low, reach.high) == (half_up(way.ikm(lowest)), half_up(way.ikm(highest)))


def test_an_end_that_one_unsur_cannot_reach_is_not_reached() -> None:
    """4.0 stands at the end of the scale; 3.95 would be printed 4.0, so 12.5 x 7.95 = 99.375 stays out."""
    (reach,) = [
        r for r in explain_published(fractions("4.0", "3.9"), Decimal("99.00"), 1).reaches if r.key == "exact"
    ]
    assert reach.high == Decimal("99.37")


@pytest.mark.parametrize("places", [0, 1, 2])
@pytest.mark.parametrize("nrr", [["3.92"] * 8 + ["3.93"], ["3.5", "3.25", "4"], ["4.00"] * 9, ["1.01"] * 9])
def test_the_chance_is_that_of_all_numbers_within_a_point(nrr: list[str], places: int) -> None:
    """Counted: each number with so many decimals, within a point of the exact result and on the scale."""
    values = fractions(*nrr)
    exact, step = half_up(25 * sum(values, Fraction(0)) / len(values), places), Decimal(1).scaleb(-places)
    near = [exact + i * step for i in range(-(10**places), 10**places + 1)]
    asked = [explain_published(values, number, 2) for number in near if 25 <= number <= 100]
    assert asked[0].chance_named == pytest.approx(sum(bool(e.named) for e in asked) / len(asked))
    assert asked[0].chance == pytest.approx(sum(bool(e.named or e.within) for e in asked) / len(asked))


def test_two_decimals_of_nine_nrr_explain_a_quarter_of_the_numbers_near_by() -> None:
    explained = explain_published(fractions(*["3.92"] * 8, "3.93"), Decimal("97.99"), 2)
    assert (explained.named, explained.within) == ((), ("exact", "0.1111", "0.111"))
    assert explained.chance_named == pytest.approx(5 / 201)
    assert explained.chance == pytest.approx(51 / 201)
    assert explain_published(fractions(*["3.92"] * 8, "3.93"), Decimal("97.99"), 3).within == ()


def test_what_no_way_gave_in_a_published_table_is_not_in_the_rounding_either() -> None:
    """DPMPTSP Sumatera Barat: three decimals of NRR give 82.70, published 81.71."""
    case = next(c for c in PUBLISHED if c["unit"] == "DPMPTSP")
    nrr = [Fraction(repr(case["nrr"][f"U{i}"])) for i in range(1, 10)]
    explained = explain_published(nrr, Decimal(case["published_as_printed"]), 3)
    assert (explained.named, explained.within) == ((), ())
    assert explained.chance < 0.07


def test_what_is_no_table_is_refused() -> None:
    for nrr, published, places, code in (
        ([], "80", 2, "nrr-empty"),
        (fractions("3", "5"), "80", 2, "nrr-range"),
        (fractions("3"), "75", -1, "nrr-places"),
        (fractions("3"), "nan", 2, "not-finite"),
    ):
        with pytest.raises(AnalyticsError, match=code):
            explain_published(nrr, Decimal(published), places)
    with pytest.raises(AnalyticsError, match="nrr-empty"):
        conventions(0)
