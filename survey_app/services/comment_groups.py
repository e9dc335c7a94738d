"""Comments as a report shows them: by unsur and kind, a few of each in their own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.comments import Grouped
from survey_app.instruments import Instrument

#: Shown in a report's chapter; all of them are on the comments page.
EXAMPLES = 5


@dataclass(frozen=True)
class CommentGroup:
    """Comments about one unsur, None for those that name no unsur.

    Attributes:
        kinds: comments by kind (pujian, keluhan, saran, or "" when nothing tells), of which there are any.
        examples: some of them in their own words, already redacted.
    """

    unsur: str | None
    kinds: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(n for _, n in self.kinds)


def group_comments(
    instrument: Instrument, comments: Sequence[tuple[str, Grouped]], examples: int = EXAMPLES
) -> tuple[CommentGroup, ...]:
    """Group redacted comments, each with its grouping, in the order of the instrument's unsur.

    A comment about two unsur is in both groups; unsur without comments are left out, and what names no unsur
    of the instrument comes last.
    """
    texts: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for text, grouped in comments:
        kind = "" if grouped.kind is None else grouped.kind.value
        named: tuple[str | None, ...] = tuple(k for k in grouped.unsur if k in instrument.keys)
        for key in named or (None,):
            texts[key].append((kind, text))
    return tuple(_group(key, texts[key], examples) for key in (*instrument.keys, None) if key in texts)


def _group(key: str | None, texts: Sequence[tuple[str, str]], examples: int) -> CommentGroup:
    kinds = sorted({kind for kind, _ in texts})
    counts = tuple((kind, sum(k == kind for k, _ in texts)) for kind in kinds)
    return CommentGroup(key, counts, tuple(text for _, text in texts[:examples]))
