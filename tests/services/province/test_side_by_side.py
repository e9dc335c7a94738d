"""Units beside the mean, a year ago and their targets: by hand, and how often chance is called clear."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from analytics.comparison import Side
from analytics.period import Period
from benchmarks import beside_mean
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.heat import alike_rows, sides
from survey_app.services.province.overview import overview
from survey_app.services.province.side_by_side import SideBySide, side_by_side, steps_of_a_year
from survey_app.storage.database import Database
from tests.reports import samples

TW4 = Period.parse("2026-TW4")
SEED = 1


def _insert(database: Database, code: str, fours: int, month: str, n: int = 40) -> None:
    samples.insert(database, code, [[4] * 9] * fours + [[3] * 9] * (n - fours), month)


def _found(database: Database, minimum: int = 30) -> SideBySide:
    read = overview(database, PROVINCE, TW4, back=steps_of_a_year(TW4))
    return side_by_side(read, SEED, minimum, {"low": Decimal("77.51"), "mid": Decimal("87.50")})


def test_each_unit_stands_beside_the_mean_of_all_and_beside_itself_a_year_ago(database: Database) -> None:
    """36, 20 and 4 of 40 sheets all fours: 97.50, 87.50, 77.50, the mean 87.50; of 10 more people 100."""
    for code, now, before in (("high", 36, 36), ("mid", 20, 36), ("low", 4, None)):
        samples.create_unit(database, code, code)
        _insert(database, code, now, "2026-11")
        if before is not None:
            _insert(database, code, before, "2025-11")
    samples.create_unit(database, "small", "small")
    _insert(database, "small", 5, "2026-11", 10)
    found = _found(database)
    assert found.mean.estimate.value == 87.5  # the small one, 87.50 as well, is in the mean and has no rank
    assert found.mean.coverage.reporting == 4
    assert [(s.result.entry.unit.code, s.side) for s in found.standings] == [
        ("high", Side.ABOVE),
        ("mid", Side.LEVEL),
        ("low", Side.BELOW),
    ]
    high, mid, low = found.standings
    assert (found.year_ago, low.year) == (Period.parse("2025-TW4"), None)
    assert high.year is not None
    assert mid.year is not None
    assert (high.year.difference.value, mid.year.difference.value) == (0, -10)
    assert (high.fell, mid.fell, low.fell) == (False, True, False)
    assert (high.below_target, mid.below_target, low.below_target) == (False, False, True)


def test_a_scope_without_a_ranked_unit_has_nobody_on_a_side(database: Database) -> None:
    samples.create_unit(database, "only", "only")
    _insert(database, "only", 20, "2026-11")
    assert not _found(database).standings


def test_a_cell_is_clear_beside_the_mean_of_its_unsur_and_like_units_stand_together(
    database: Database,
) -> None:
    """Two units whose unsur 3 is 50 where that of the others is 87.50; one hardly asked the ninth."""
    for code, weak in {"a": True, "b": False, "c": True, "d": False, "e": False}.items():
        samples.create_unit(database, code, code)
        third = 2 if weak else 4
        rows = [[4, 4, third, 4, 4, 4, 4, 4, 4], [3, 3, min(third, 3), 3, 3, 3, 3, 3, 3]] * 20
        if code == "e":
            rows = [[*row[:8], 0] for row in rows[:38]] + rows[38:]
        samples.insert(database, code, rows, "2026-11")
    comparison = _found(database).comparison
    where = sides(comparison)
    assert [row[2] for row in where] == [Side.BELOW, Side.ABOVE, Side.BELOW, Side.ABOVE, Side.ABOVE]
    assert {side for row in where for i, side in enumerate(row) if i != 2} == {Side.LEVEL}
    assert [value for _, value in comparison.heat[4].values][8] is None  # of two people
    order = alike_rows(comparison)
    assert abs(order.index(0) - order.index(2)) == 1


def test_chance_alone_hardly_ever_puts_a_unit_or_a_cell_on_a_side() -> None:
    """Of provinces in which all are alike; `python -m benchmarks.beside_mean` has more of them."""
    rng = np.random.default_rng(beside_mean.SEED)
    found = beside_mean.run(20, (60, 200), 40, rng, cells=False)
    assert found.units <= 5  # of 40 at most .05: six or more have a chance of .01
    assert found.seen >= 25  # and what is 4 points lower is seen mostly
    cells = beside_mean.run(12, (200,), 30, rng)
    assert cells.cells <= 4
