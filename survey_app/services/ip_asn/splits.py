"""Which staff may be shown in two parts: never so few in one that a mean is nearly a person's.

A unit with three PPPK is shown as a whole. Because units add up to agencies and agencies to the province, a
single whole could be divided by subtraction; so a second one is kept whole beside it (complementary
suppression), as `analytics.disclosure.small_cells` does for tables.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from analytics.disclosure import is_few
from analytics.ip_asn import Staff, UnitIndex

K = TypeVar("K", bound=Hashable)

#: Staff in the one part and in the other.
Parts = tuple[int, int]


class Split(StrEnum):
    """How staff are divided: by status into PNS and PPPK, or by whether the reform of posts moved them."""

    STATUS = "status"
    PENYETARAAN = "penyetaraan"


@dataclass(frozen=True)
class Hidden:
    """What is kept whole: units by id, agencies by code, and whether the province is."""

    units: frozenset[int]
    agencies: frozenset[str]
    province: bool


def parts_of(staff: Staff, split: Split) -> Parts:
    """Headcounts of the two parts of `split`."""
    first = sum(
        sums.headcount
        for (status, moved), sums in staff.items()
        if (status == "PNS" if split is Split.STATUS else not moved)
    )
    return (first, sum(sums.headcount for sums in staff.values()) - first)


def decide(agencies: Mapping[str, Mapping[int, Parts]]) -> Hidden:
    """What to keep whole, so that no part of a few staff is shown or can be computed from what is.

    Args:
        agencies: by code the parts of each unit, by id.
    """
    divided = {code: {u: p for u, p in units.items() if 0 not in p} for code, units in agencies.items()}
    hidden = {code: _close(units) for code, units in divided.items()}
    totals = {code: _sum(units) for code, units in divided.items()}
    unclosed = {code for code, units in divided.items() if _small(_sum(units, hidden[code]))}
    closed = _close(totals, unclosed)
    units = {u for code, found in hidden.items() for u in (divided[code] if code in closed else found)}
    return Hidden(frozenset(units), frozenset(closed), _small(_sum(totals, closed)))


def without(index: UnitIndex, split: Split) -> UnitIndex:
    """`index` as a whole."""
    if split is Split.STATUS:
        return replace(index, pns=None, pppk=None, mean_of_groups=None)
    return replace(index, without_penyetaraan=None)


def _close(parts: Mapping[K, Parts], begin: Collection[K] = ()) -> set[K]:
    """Members to keep whole: the small ones, and the next smallest until their sum is small no more."""
    hidden = {key for key, value in parts.items() if _small(value)} | set(begin)
    more = sorted(parts.keys() - hidden, key=lambda key: (min(parts[key]), str(key)))
    while more and _small(_sum(parts, hidden)):
        hidden.add(more.pop(0))
    return hidden


def _small(parts: Parts) -> bool:
    """Staff with both parts, one of them of a few; with one part only the whole says it all."""
    return is_few(min(parts))


def _sum(parts: Mapping[K, Parts], keys: Collection[K] | None = None) -> Parts:
    chosen = [value for key, value in parts.items() if keys is None or key in keys]
    return (sum(first for first, _ in chosen), sum(second for _, second in chosen))
