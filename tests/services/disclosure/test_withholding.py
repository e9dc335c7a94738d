"""The examples by which `withholding` and `foretelling` explain themselves, in numbers."""

from __future__ import annotations

from analytics.disclosure import narrowing, recap_narrowing
from analytics.disclosure.minimum import MINIMUM
from analytics.disclosure.totals import PublishedTotal, RecapTotal, UnitTotal
from analytics.period import Period

S1 = Period.parse("2019-S1")


def alone(*published: tuple[str, int]) -> list[bool]:
    totals = [PublishedTotal(Period.parse(period), n) for period, n in published]
    return list(narrowing.to_withhold(totals, MINIMUM))


def together(*published: UnitTotal | RecapTotal) -> list[bool]:
    return list(recap_narrowing.recaps_to_withhold(published, MINIMUM))


def unit(code: str, n: int) -> UnitTotal:
    return UnitTotal(code, PublishedTotal(S1, n))


def recap(a: int, b: int) -> RecapTotal:
    return RecapTotal(S1, {"agency": {"a": a, "b": b}})


def test_a_quarter_less_its_months() -> None:
    months = [("2019-01", 20), ("2019-02", 15)]
    assert alone(*months, ("2019-TW1", 38), ("2019-TW1", 40)) == [False, False, True, False]


def test_a_recap_with_late_answers_after_its_units() -> None:
    assert together(unit("a", 20), unit("b", 20), recap(23, 20)) == [False, False, True]


def test_a_unit_with_late_answers_after_the_recap() -> None:
    assert together(recap(20, 20), unit("b", 20), unit("a", 23)) == [False, False, True]


def test_a_new_version_of_a_unit() -> None:
    assert alone(("2019-S1", 20), ("2019-S1", 22)) == [False, True]
    assert alone(("2019-S1", 20), ("2019-S1", 25)) == [False, False]
