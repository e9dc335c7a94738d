"""Published totals that, subtracted from each other, leave a few people: a quarter less its months.

Periods are nested: a year is two semesters, a semester two quarters, a quarter three months. Whoever has the
counts and sums of a period and of periods inside it that do not overlap has those of the rest as well; two
versions of a period differ by the answers that came between them, and these again by those of its parts. A
rest of 1 to minimum - 1 people is as small a group as a cell of that size, so it must not come about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from analytics.disclosure.told_groups import PublishedTotal, tells_few
from analytics.period import Period

__all__ = ["PublishedTotal", "leaves_few", "to_withhold", "worked_out"]

Versions = Mapping[Period, Sequence[int]]


def to_withhold(totals: Sequence[PublishedTotal], minimum: int) -> tuple[bool, ...]:
    """Which of these totals, in the order in which they were published, must not be shown.

    Those of 1 to minimum - 1 people, and those with which, together with what is shown already, such a group
    could be worked out. What was shown cannot be taken back, so it is always the later one. What is not shown
    still says who was there already, and so what can be no group (`told_groups`).
    """
    found: list[bool] = []
    for place, total in enumerate(totals):
        found.append(tells_few(totals[:place], [not hidden for hidden in found], total, minimum))
    return tuple(found)


def leaves_few(totals: Sequence[PublishedTotal], minimum: int) -> bool:
    """Whether some of these totals, in the order of publishing, leave between 1 and minimum - 1 people."""
    return any(
        tells_few(totals[:place], [True] * place, total, minimum) for place, total in enumerate(totals)
    )


def worked_out(totals: Iterable[PublishedTotal], period: Period) -> set[int]:
    """Numbers of people near which the total of `period` is known: 0 (nobody), what was published of it, of
    periods inside it, and of a longer one around it less its other parts."""
    by_period: dict[Period, list[int]] = defaultdict(list)
    for total in totals:
        by_period[total.period].append(total.n)
    return {0, *by_period.get(period, ())} | _inside(by_period, period) | _around(by_period, period)


def _around(by_period: Versions, period: Period) -> set[int]:
    """Totals of the longer periods around this one, less parts of those that do not overlap it."""
    whole = period.whole
    if whole is None:
        return set()
    others = [part for part in whole.parts if part != period]
    taken = {
        sum(chosen)
        for chosen in product(*({0, *by_period.get(o, ())} | _inside(by_period, o) for o in others))
    }
    return {n - t for n in {*by_period.get(whole, ())} | _around(by_period, whole) for t in taken}


def _inside(by_period: Versions, period: Period) -> set[int]:
    """Every sum of totals of periods strictly inside this one that do not overlap; 0 for none of them."""
    choices = ({0, *by_period.get(part, ())} | _inside(by_period, part) for part in period.parts)
    return {sum(chosen) for chosen in product(*choices)}
