"""Published totals that, subtracted from each other, leave a few people: a quarter less its months.

Periods are nested: a year is two semesters, a semester two quarters, a quarter three months. Whoever has the
counts and sums of a period and of periods inside it that do not overlap has those of the rest as well; two
versions of a period differ by the answers that came between them, and these again by those of its parts. A
rest of 1 to minimum - 1 people is as small a group as a cell of that size, so it must not come about.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.disclosure.told_groups import tells_few
from analytics.disclosure.totals import PublishedTotal


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
