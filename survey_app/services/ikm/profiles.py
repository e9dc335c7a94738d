"""Who answered, as it may be shown: small groups hidden, with others that would give them away."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.disclosure import MINIMUM, hide_small_cells
from survey_app import instruments
from survey_app.instruments import Option, ProfileField
from survey_app.storage import rollup


@dataclass(frozen=True)
class ProfileCount:
    """Respondents by one profile field; `unanswered` is "tidak diisi"."""

    field: ProfileField
    counts: tuple[tuple[Option, int], ...]
    unanswered: int


@dataclass(frozen=True)
class ShownProfile:
    """Respondents by one profile field; None is hidden. All are hidden when some would give away others."""

    field: ProfileField
    counts: tuple[tuple[Option, int | None], ...]
    unanswered: int | None

    @property
    def hides(self) -> bool:
        """Whether any count is hidden."""
        return None in (self.unanswered, *(n for _, n in self.counts))


def shown(counted: ProfileCount) -> ShownProfile:
    """The counts that may stand beside the number of respondents."""
    counts = [*(n for _, n in counted.counts), counted.unanswered]
    table = hide_small_cells(np.array([counts], dtype=np.int64), MINIMUM)
    # n stands beside the table: when it had to be hidden to protect the cells, they are all hidden instead.
    cells = table.cells[0] if table.total is not None else (None,) * len(counts)
    options = tuple((option, n) for (option, _), n in zip(counted.counts, cells, strict=False))
    return ShownProfile(counted.field, options, cells[-1])


def hidden(counted: ProfileCount) -> ShownProfile:
    """The field with no count at all."""
    return ShownProfile(counted.field, tuple((option, None) for option, _ in counted.counts), None)


def whole(counted: ProfileCount) -> ShownProfile:
    """Every count, for the internal edition."""
    return ShownProfile(counted.field, counted.counts, counted.unanswered)


@lru_cache(maxsize=8192)
def count(chosen: tuple[str, ...], instrument_ref: str, n: int) -> tuple[ProfileCount, ...]:
    """Everybody by every field of the profile, `chosen` as cells store it; counted once for each."""
    total = rollup.add_profiles(json.loads(counts) for counts in chosen)
    result = []
    for field in instruments.get(instrument_ref).profile:
        counts = total.get(field.key, {})
        pairs = tuple((option, counts.get(option.key, 0)) for option in field.options)
        result.append(ProfileCount(field, pairs, n - sum(times for _, times in pairs)))
    return tuple(result)
