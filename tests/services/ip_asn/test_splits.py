"""No part of 1 to 4 staff is shown or can be computed: by hand, and by an attacker with linear algebra."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure.minimum import MINIMUM
from survey_app.services.ip_asn.splits import Hidden, Parts, decide

Province = dict[str, dict[int, Parts]]


def test_large_parts_are_all_shown() -> None:
    assert decide({"a": {1: (20, 5), 2: (8, 6)}, "b": {3: (9, 0)}}) == Hidden(frozenset(), frozenset(), False)


def test_a_small_part_keeps_its_unit_whole_and_a_second_one_with_it() -> None:
    """Unit 1 has three PPPK; the agency less units 2 and 3 would give them. Unit 2 has the next fewest."""
    hidden = decide({"a": {1: (20, 3), 2: (30, 6), 3: (40, 9)}})
    assert hidden == Hidden(frozenset({1, 2}), frozenset(), False)


def test_two_small_units_protect_each_other() -> None:
    assert decide({"a": {1: (20, 3), 2: (9, 2), 3: (40, 9)}}).units == {1, 2}


def test_an_agency_that_cannot_be_closed_is_whole_and_takes_the_smallest_other_along() -> None:
    hidden = decide({"a": {1: (20, 3)}, "b": {2: (30, 7)}, "c": {3: (30, 6), 4: (9, 0)}})
    assert hidden == Hidden(frozenset({1, 3}), frozenset({"a", "c"}), False)


def test_a_province_with_nothing_to_hide_behind_is_whole_too() -> None:
    assert decide({"a": {1: (20, 3), 2: (9, 0)}}) == Hidden(frozenset({1}), frozenset({"a"}), True)


parts = st.tuples(st.integers(0, 12), st.integers(0, 12))
provinces = st.lists(st.lists(parts, min_size=1, max_size=4), min_size=1, max_size=4).map(
    lambda agencies: {
        str(a): {10 * a + u: part for u, part in enumerate(units)} for a, units in enumerate(agencies)
    }
)


@given(provinces)
def test_an_attacker_cannot_work_out_a_small_part(province: Province) -> None:
    """Unknown: the first part of every hidden unit. Known: every shown sum. A unit is found out if its unit
    vector lies in the span of the known equations."""
    found = decide(province)
    hidden = sorted(found.units)
    equations = [
        [float(u in units) for u in hidden] for code, units in province.items() if code not in found.agencies
    ]
    if not found.province:
        equations.append([1.0] * len(hidden))
    system = np.array(equations).reshape(len(equations), len(hidden))
    flat = {u: part for units in province.values() for u, part in units.items()}
    for column, unit in enumerate(hidden):
        known = np.vstack([system, np.eye(len(hidden))[column]])
        if np.linalg.matrix_rank(known) == np.linalg.matrix_rank(system):
            assert min(flat[unit]) >= MINIMUM


@given(provinces)
def test_what_is_shown_has_no_small_part(province: Province) -> None:
    hidden = decide(province)
    for units in province.values():
        for unit, part in units.items():
            assert unit in hidden.units or 0 in part or min(part) >= MINIMUM
