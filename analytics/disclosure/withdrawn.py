"""Answers that were withdrawn: files that some totals count and a later one does not.

Whose answers were withdrawn is in the totals that count the file and in no other, so it is known how often
they are in a combination of totals; room has to be left for the others alone. But the same answers may have
come again, with a mended file or one by one: then they are in the combination as often as both together say.
With totals of one period, in this order:

    20, of whom 8 of a file     In 20 - 15 those 8 are once, and 3 who came since less than not at all. Nobody
    15, without that file       can take off the 8, who are in no other total: shown

    48, of whom 40 of a file    The mended file may have the same 40 people, who then are in 49 - 48 once less
    49, of another one          once, not at all. One is left: withheld
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.disclosure.room import ANY, Counts
from analytics.disclosure.totals import AnswerFile, PublishedTotal
from analytics.period import Period

#: A combination of totals: the place of each in the order of publishing, from 1; added (1), subtracted (-1).
Signs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Withdrawn:
    """A file that was withdrawn, and the places of the totals that count it."""

    file: AnswerFile
    places: frozenset[int]

    @property
    def first(self) -> int:
        """The first total that counts it."""
        return min(self.places)

    @property
    def last(self) -> int:
        """The last total that counts it: what came later may be its answers again."""
        return max(self.places)


def files_in(totals: Sequence[PublishedTotal]) -> list[Withdrawn]:
    """The files that these totals, in the order of publishing, count, the first one first."""
    places: defaultdict[AnswerFile, set[int]] = defaultdict(set)
    for place, total in enumerate(totals, 1):
        for file in total.files or ():
            places[file].add(place)
    found = [Withdrawn(file, frozenset(of_file)) for file, of_file in places.items()]
    return sorted(found, key=lambda each: (each.first, each.last, each.file.name))


def gone_from(totals: Sequence[PublishedTotal]) -> list[Withdrawn]:
    """The files that were withdrawn: a later total lacks them."""
    return [each for each in files_in(totals) if _is_gone(each, totals)]


def without_lasting(totals: Sequence[PublishedTotal]) -> list[PublishedTotal]:
    """The totals without the files that no later one lacks: their answers are like all others."""
    gone = frozenset(each.file for each in gone_from(totals))
    return [replace(t, files=gone.intersection(t.files or ()), some=t.some and bool(gone)) for t in totals]


def _is_gone(each: Withdrawn, totals: Sequence[PublishedTotal]) -> bool:
    later = totals[each.first :]
    return any(
        total.files is not None and each.file not in total.files and each.file.inside(total.period)
        for total in later
    )


@dataclass(frozen=True, kw_only=True)
class _OfFile:
    """People of a withdrawn file who answered about a month.

    Attributes:
        least, most: how many they are.
        times: how often they are in the combination by the totals that count the file.
        before: how often besides, by other files that may have had the same answers before.
    """

    gone: Withdrawn
    least: int
    most: int
    times: int
    before: frozenset[int]


def limits(
    whole: Period, totals: Sequence[PublishedTotal], files: Sequence[Withdrawn], signs: Signs, few: int
) -> Counts | None:
    """How many of each month can have come just before each total and stay, if `signs` are a group of a few.

    Any number of those who are in it not at all, a few of those who are in it once, nobody else. With those
    who stay go the answers of a withdrawn file that may have come again.

    Args:
        files: all files that `totals` count, the first one first.

    Returns:
        A row for each month of `whole`, and columns as `Room` wants them; None where there are people in the
        withdrawn files who would be in it otherwise.
    """
    times = np.zeros((whole.months, len(totals) + 1), dtype=np.int64)
    for place, sign in signs:
        period = totals[place - 1].period
        first = period.start - whole.start
        times[first : first + period.months, : place + 1] += sign
    found = np.where(times == 0, ANY, np.where(times == 1, few, 0))
    for row in range(whole.months) if files else ():
        of_month = _of_month(whole.start + row, totals, files, signs)
        staying = times[row].tolist()
        if not _fit(of_month, staying, few):
            return None
        for place in range(len(staying)) if of_month else ():
            found[row, place] = _most(of_month, staying[place], place, few)
    return found


def _of_month(
    month: int, totals: Sequence[PublishedTotal], files: Sequence[Withdrawn], signs: Signs
) -> list[_OfFile]:
    found: list[_OfFile] = []
    for gone in files:
        people = dict(gone.file.people).get(month, 0)
        if people:
            counting = [(p, s) for p, s in signs if p in gone.places and _holds(totals[p - 1].period, month)]
            found.append(
                _OfFile(
                    gone=gone,
                    least=0 if any(totals[place - 1].some for place in gone.places) else people,
                    most=people,
                    times=sum(sign for _, sign in counting),
                    before=frozenset({0}.union(*_ended_before(found, gone.first))),
                )
            )
    return found


def _ended_before(of_month: Sequence[_OfFile], place: int) -> Iterator[set[int]]:
    """How often those are in it, by all files so far, whose answers may have come again before a place."""
    return ({each.times + n for n in each.before} for each in of_month if each.gone.last < place)


def _fit(of_month: Sequence[_OfFile], staying: Sequence[int], few: int) -> bool:
    """Whether everybody of withdrawn files may be in it not at all, but for a few who are in it once."""
    after: list[set[int]] = []
    for place in reversed(range(len(of_month))):
        each, later = of_month[place], of_month[place + 1 :]
        own = {0, *staying[each.gone.last + 1 :]}.union(
            *(
                {following.times + n for n in ways}
                for following, ways in zip(later, reversed(after), strict=True)
                if each.gone.last < following.gone.first
            )
        )
        after.append(own)
        ways = {before + each.times + n for before in each.before for n in own}
        if each.least and 0 not in ways and (1 not in ways or each.least > few):
            return False
    return True


def _most(of_month: Sequence[_OfFile], times: int, place: int, few: int) -> int:
    """How many can have come before a place and stay, who are in it so many times by what came since."""
    if times == 0:
        return ANY
    again = {times}.union(*({times + n for n in ways} for ways in _ended_before(of_month, place)))
    known = sum(each.most for each in of_month if each.gone.last < place)
    return (known if 0 in again else 0) + (few if 1 in again else 0)


def _holds(period: Period, month: int) -> bool:
    return period.start <= month < period.start + period.months
