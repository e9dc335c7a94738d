"""Answers of a withdrawn file that may have come again about another month.

A file imported for the wrong month is withdrawn and comes again for the right one. What the first month lost
and the other one got are then the same answers, although no total is about both:

    January     50, of whom 40 of a file
    February    30
    January     10, without the file
    February    71, of whom 41 of a new file     10 - 50 + 71 - 30 = 1: withheld

Only what one period lost is held against what one other got, and only a file that came after the withdrawal
can have the answers again; where a longer period is about both months, `told_groups` sees more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from analytics.disclosure.minimum import is_few
from analytics.disclosure.totals import AnswerFile, PublishedTotal
from analytics.disclosure.withdrawn import Withdrawn, files_in, gone_from

#: Places of the totals in a difference, its period's total last, and how many people more it has than before.
_Difference = tuple[tuple[int, ...], PublishedTotal, int]


def tells_moved(totals: Sequence[PublishedTotal], shown: Sequence[bool], minimum: int) -> bool:
    """Whether the last of the totals, in the order of publishing, would leave a few of a moved file."""
    visible = [(p, t) for p, (t, s) in enumerate(zip(totals, shown, strict=True), 1) if s]
    return any(
        is_few(abs(lost + got), minimum)
        for gone in gone_from(totals)
        for (places, one, lost), (others, other, got) in product(
            _lost(visible, gone.file), _got(visible, _came_after(totals, gone))
        )
        if not one.period.overlaps(other.period) and len(totals) in (*places, *others)
    )


def _came_after(totals: Sequence[PublishedTotal], gone: Withdrawn) -> set[AnswerFile]:
    return {each.file for each in files_in(totals) if each.first > gone.last}


def _lost(visible: Sequence[tuple[int, PublishedTotal]], file: AnswerFile) -> Iterator[_Difference]:
    """Versions without the file less earlier ones with it."""
    for (before, first), (after, second) in product(visible, repeat=2):
        had = file in (first.files or ())
        if before < after and first.period == second.period and had and file not in (second.files or ()):
            yield (before, after), second, second.n - first.n


def _got(visible: Sequence[tuple[int, PublishedTotal]], files: set[AnswerFile]) -> Iterator[_Difference]:
    """Versions with one of the files, whole or less earlier ones without it."""
    for after, second in visible:
        new = files.intersection(second.files or ())
        if new:
            yield (after,), second, second.n
        for before, first in visible:
            if before < after and first.period == second.period and new.difference(first.files or ()):
                yield (before, after), second, second.n - first.n
