"""Rows in an order in which neighbours are alike."""

from __future__ import annotations

import numpy as np

from analytics.comparison import alike_order

#: Weak in the first column, and weak in the last, at any height.
FIRST, LAST = (-9.0, 0.0, 3.0), (3.0, 0.0, -9.0)


def test_rows_with_the_same_strengths_stand_together_however_high_they_are() -> None:
    rows = [[level + v for v in shape] for level in (60, 75, 90) for shape in (FIRST, LAST)]
    order = alike_order(rows)
    kinds = [place % 2 for place in order]
    assert sorted(order) == list(range(6))
    assert kinds in ([0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0])


def test_the_order_does_not_hang_on_that_of_the_rows() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(75, 6, (12, 9)).tolist()
    mixed = rng.permutation(12)
    first = [tuple(rows[i]) for i in alike_order(rows)]
    other = [tuple(rows[mixed[i]]) for i in alike_order([rows[i] for i in mixed])]
    assert other == first


def test_what_was_not_asked_is_neither_weak_nor_strong() -> None:
    rows: list[list[float | None]] = [
        [60, 80, 80, 80], [60, 80, None, 80], [80, 80, 80, 60], [80, None, 80, 60], [None] * 4,
    ]  # fmt: skip
    order = alike_order(rows)
    assert abs(order.index(0) - order.index(1)) == 1
    assert abs(order.index(2) - order.index(3)) == 1


def test_two_rows_have_no_order() -> None:
    assert alike_order([]) == ()
    assert alike_order([[80.0], [60.0]]) == (0, 1)
