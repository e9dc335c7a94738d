"""Comments as a report shows them: by unsur and kind, a few of each in their own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.instruments import Instrument
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.scope import Scope
from survey_app.services.voices.reading import Comment, voices
from survey_app.storage.database import Database

#: Shown in a report's chapter; all of them are on the comments page.
EXAMPLES = 5


@dataclass(frozen=True)
class CommentGroup:
    """Comments about one unsur, None for those that name no unsur.

    Attributes:
        kinds: comments by kind (pujian, keluhan, saran, or "" when nothing tells), of which there are any.
        examples: some of them in their own words, as they may leave the office.
    """

    unsur: str | None
    kinds: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(n for _, n in self.kinds)


def unit_comments(database: Database, result: UnitResult) -> tuple[CommentGroup, ...]:
    """The comments of a result's unit (or service) and period, grouped, names masked."""
    service = None if result.service is None else result.service.code
    heard = voices(database, Scope(unit=result.entry.unit.code), result.period, service)
    return group_comments(result.instrument, heard)


def group_comments(
    instrument: Instrument, heard: Sequence[Comment], examples: int = EXAMPLES
) -> tuple[CommentGroup, ...]:
    """Comments in the order of the instrument's unsur, the first `examples` of each group quoted.

    A comment about two unsur is in both groups; unsur without comments are left out, and what names no unsur
    of the instrument comes last.
    """
    texts: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for voice in heard:
        kind = "" if voice.kind is None else voice.kind.value
        named: tuple[str | None, ...] = tuple(k for k in voice.unsur if k in instrument.keys)
        for key in named or (None,):
            texts[key].append((kind, voice.text))
    return tuple(_group(key, texts[key], examples) for key in (*instrument.keys, None) if key in texts)


def _group(key: str | None, texts: Sequence[tuple[str, str]], examples: int) -> CommentGroup:
    kinds = sorted({kind for kind, _ in texts})
    counts = tuple((kind, sum(k == kind for k, _ in texts)) for kind in kinds)
    return CommentGroup(key, counts, tuple(text for _, text in texts[:examples]))
