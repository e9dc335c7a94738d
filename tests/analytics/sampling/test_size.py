"""Sample sizes against the printed table of Krejcie and Morgan (1970), all 90 rows, and what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.reason import Reason
from analytics.sampling.size import allocate, half_width, krejcie_morgan, progress

#: Krejcie and Morgan (1970), table 1: N and S as printed.
PRINTED = """
10 10, 15 14, 20 19, 25 24, 30 28, 35 32, 40 36, 45 40, 50 44, 55 48, 60 52, 65 56, 70 59, 75 63, 80 66,
85 70, 90 73, 95 76, 100 80, 110 86, 120 92, 130 97, 140 103, 150 108, 160 113, 170 118, 180 123, 190 127,
200 132, 210 136, 220 140, 230 144, 240 148, 250 152, 260 155, 270 159, 280 162, 290 165, 300 169, 320 175,
340 181, 360 186, 380 191, 400 196, 420 201, 440 205, 460 210, 480 214, 500 217, 550 226, 600 234, 650 242,
700 248, 750 254, 800 260, 850 265, 900 269, 950 274, 1000 278, 1100 285, 1200 291, 1300 297, 1400 302,
1500 306, 1600 310, 1700 313, 1800 317, 1900 320, 2000 322, 2200 327, 2400 331, 2600 335, 2800 338,
3000 341, 3500 346, 4000 351, 4500 354, 5000 357, 6000 361, 7000 364, 8000 367, 9000 368, 10000 370,
15000 375, 20000 377, 30000 379, 40000 380, 50000 381, 75000 382, 1000000 384
"""
TABLE = [tuple(map(int, row.split())) for row in PRINTED.replace("\n", " ").split(",")]
users = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 5000), min_size=1)


def test_the_table_has_its_90_rows() -> None:
    assert len(TABLE) == 90


@pytest.mark.parametrize(("population", "size"), TABLE)
def test_krejcie_morgan_as_printed(population: int, size: int) -> None:
    assert krejcie_morgan(population) == size


def test_nobody_served_needs_no_sample_and_fewer_than_nobody_is_refused() -> None:
    assert [krejcie_morgan(n) for n in (0, 1, 2)] == [0, 1, 2]
    with pytest.raises(AnalyticsError, match="population-negative"):
        krejcie_morgan(-1)


@given(st.integers(0, 10**9))
def test_a_sample_never_exceeds_its_population_and_never_shrinks(population: int) -> None:
    assert 0 <= krejcie_morgan(population) <= min(population, 384)
    assert krejcie_morgan(population) <= krejcie_morgan(population + 1)


@given(st.integers(50, 10**6))
def test_the_required_size_reaches_five_percent(population: int) -> None:
    """Half-width is the formula turned round: a whole sheet more or less brackets d = 0.05."""
    size = krejcie_morgan(population)
    above, below = half_width(population, size - 1), half_width(population, size + 1)
    assert above is not None
    assert below is not None
    assert below < 0.05 < above


def test_half_width_at_the_ends() -> None:
    assert half_width(100, 0) is None
    assert half_width(100, 100) == 0.0
    with pytest.raises(AnalyticsError, match="population-below-n"):
        half_width(99, 100)


@given(users, st.floats(0, 1))
def test_parts_add_up_and_follow_their_quota(by_service: dict[str, int], share: float) -> None:
    total = sum(by_service.values())
    size = int(share * total)
    parts = allocate(size, by_service)
    assert sum(parts.values()) == size
    for key, n in by_service.items():
        assert 0 <= parts[key] <= n
        assert abs(parts[key] * total - size * n) <= total


def test_allocation_by_hand() -> None:
    """80 of 100 users, 60/30/10: quotas 48, 24, 8."""
    assert allocate(80, {"ktp": 60, "kk": 30, "akta": 10}) == {"ktp": 48, "kk": 24, "akta": 8}
    assert allocate(2, {"a": 1, "b": 1, "c": 1}) == {"a": 1, "b": 1, "c": 0}


@pytest.mark.parametrize(
    ("size", "by_service", "code"), [(3, {"a": 2}, "size-above-users"), (0, {"a": -1}, "users-negative")]
)
def test_allocations_that_cannot_be(size: int, by_service: dict[str, int], code: str) -> None:
    with pytest.raises(AnalyticsError, match=code):
        allocate(size, by_service)


def test_progress_by_hand() -> None:
    """500 users need 217; 60/40 by service: 130.2 and 86.8; 117 missing in 10 days: 12 a day."""
    p = progress({"ktp": 300, "kk": 200}, {"ktp": 100}, days_left=10)
    assert (p.population, p.required, p.achieved, p.missing, p.per_day) == (500, 217, 100, 117, 12)
    assert [(s.required, s.achieved, s.missing, s.per_day) for s in p.services] == [
        (130, 100, 30, 3),
        (87, 0, 87, 9),
    ]
    assert p.half_width == pytest.approx((0.96025 * 400 / (100 * 499)) ** 0.5)


def test_after_the_last_day_nothing_can_be_caught_up() -> None:
    p = progress({"ktp": 300}, {}, days_left=0)
    assert (p.per_day, p.half_width, p.services[0].per_day) == (None, None, None)
    assert dict(p.reasons) == {"per_day": Reason.PERIOD_OVER, "half_width": Reason.TOO_FEW}


def test_a_sample_that_is_complete_needs_nothing_more() -> None:
    p = progress({"ktp": 10}, {"ktp": 10}, days_left=3)
    assert (p.missing, p.per_day, p.half_width) == (0, 0, 0.0)


@pytest.mark.parametrize(
    ("achieved", "code"), [({"sim": 1}, "service-unknown"), ({"ktp": 11}, "population-below-n")]
)
def test_progress_that_cannot_be(achieved: dict[str, int], code: str) -> None:
    with pytest.raises(AnalyticsError, match=code):
        progress({"ktp": 10}, achieved, days_left=1)
