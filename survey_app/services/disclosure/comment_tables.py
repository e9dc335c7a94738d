"""How many comments by unsur and kind, small counts hidden with what would give them away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.disclosure import MINIMUM, hide_small_cells
from survey_app.services.publishing.recap import CommentCount

#: Kinds of comments in the order they are told; "" when nothing tells.
KINDS = ("pujian", "keluhan", "saran", "")


@dataclass(frozen=True)
class CommentRow:
    """Comments on one unsur (None: on none) by `KINDS`, and together; None is hidden."""

    unsur: str | None
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class CommentTable:
    """One row per unsur that comments name."""

    rows: tuple[CommentRow, ...]

    @property
    def hides(self) -> bool:
        """Whether any count is hidden."""
        return any(None in (*row.counts, row.total) for row in self.rows)


def tabulate(comments: Sequence[CommentCount], *, every: bool) -> CommentTable:
    """The table; with `every` nothing is hidden, for the internal edition."""
    found: defaultdict[str | None, dict[str, int]] = defaultdict(dict)
    for comment in comments:
        known = found[comment.unsur]
        known[comment.kind] = known.get(comment.kind, 0) + comment.count
    counts = [[found[key].get(kind, 0) for kind in KINDS] for key in found]
    if not counts:
        return CommentTable(())
    if every:
        return CommentTable(
            tuple(CommentRow(k, tuple(row), sum(row)) for k, row in zip(found, counts, strict=True))
        )
    shown = hide_small_cells(np.array(counts, dtype=np.int64), MINIMUM)
    rows = zip(found, shown.cells, shown.row_totals, strict=True)
    return CommentTable(tuple(CommentRow(key, cells, total) for key, cells, total in rows))
