"""Linear models that weigh what the lists found: which unsur is meant, and what kind a comment is.

Weights are data (data/reference/comments-model.json), learned from labelled comments by
`python -m benchmarks.comments_model`; here they are only added up. They are whole numbers, thousandths of
log odds, so that a sum is the same in any order and on any machine. An unsur is never given without a phrase
of the lists that points to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.text.comments.cues import (
    KIND_MARKS,
    URGENT_MARKS,
    Pointed,
    kind_cues,
    kind_marks,
    pointed,
    unsur_cues,
    urgent_marks,
)
from analytics.text.comments.lists import Kind
from analytics.text.comments.rules import Reading

_NONE: Mapping[str, int] = {}
Row = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Compiled weights, in thousandths of log odds.

    Attributes:
        threshold: from which an unsur is given; bias, shared (by cue): of every unsur.
        own: bias by unsur, cues and phrases of an unsur by unsur, stems by stem and there by unsur.
        kinds: in the order of the rows; None when nothing tells.
        kind: rows by what they weigh (`KIND_MARKS`) and the cue, word, phrase or request.
        urgent: by what is weighed (`URGENT_MARKS`); the bias is above nothing where it is likely enough.
    """

    threshold: int
    bias: int
    shared: Mapping[str, int]
    own: Mapping[str, int]
    cues: Mapping[str, Mapping[str, int]]
    phrases: Mapping[str, Mapping[str, int]]
    stems: Mapping[str, Mapping[str, int]]
    kinds: tuple[Kind | None, ...]
    kind_bias: Row
    kind: Mapping[str, Mapping[str, Row]]
    urgent_bias: int
    urgent: Mapping[str, Mapping[str, int]]


def compile_weights(data: Mapping[str, Any]) -> Weights:
    """Prepare weights of the form of data/reference/comments-model.json.

    Raises: ValueError where a kind has no weight of its own.
    """
    unsur, kind = data["unsur"], data["kind"]
    stems: dict[str, dict[str, int]] = {}
    for key, own in unsur["own"].items():
        for stem, weight in own["stems"].items():
            stems.setdefault(stem, {})[key] = weight
    return Weights(
        threshold=unsur["threshold"],
        bias=unsur["bias"],
        shared=unsur["shared"],
        own={key: own["bias"] for key, own in unsur["own"].items()},
        cues={key: own["cues"] for key, own in unsur["own"].items()},
        phrases={key: own["phrases"] for key, own in unsur["own"].items()},
        stems=stems,
        kinds=tuple(Kind(name) if name else None for name in kind["kinds"]),
        kind_bias=_row(kind["bias"]),
        kind={mark: {key: _row(row) for key, row in kind[mark].items()} for mark in KIND_MARKS},
        urgent_bias=data["urgent"]["bias"] - data["urgent"]["threshold"],
        urgent={mark: data["urgent"][mark] for mark in URGENT_MARKS},
    )


def _row(weights: Sequence[int]) -> Row:
    nothing, praise, complaint, suggestion = weights
    return nothing, praise, complaint, suggestion


def stems_of(readings: Sequence[Reading]) -> set[str]:
    """The stems of a comment."""
    return {word.stem for reading in readings for word in reading.clause.words}


def phrases_of(target: Pointed) -> set[str]:
    """The phrases that point to an unsur as they are weighed: turned ones by themselves."""
    return {hit.weighed for hit in (*target.strong, *target.weak)}


def meant(readings: Sequence[Reading], stems: Iterable[str], weights: Weights) -> set[str]:
    """The unsur that are meant among those a phrase points to."""
    found = pointed(readings)
    if not found:
        return set()
    odds = {unsur: weights.bias + weights.own.get(unsur, 0) for unsur in found}
    for stem in stems:
        learned = weights.stems.get(stem)
        if learned:
            for unsur in found:
                odds[unsur] += learned.get(unsur, 0)
    shared = weights.shared
    for unsur, target in found.items():
        own, phrases = weights.cues.get(unsur, _NONE), weights.phrases.get(unsur, _NONE)
        for cue in unsur_cues(unsur, found):
            odds[unsur] += shared.get(cue, 0) + own.get(cue, 0)
        for phrase in phrases_of(target):
            odds[unsur] += phrases.get(phrase, 0)
    return {unsur for unsur, sure in odds.items() if sure > weights.threshold}


def kind_of(readings: Sequence[Reading], stems: set[str], weights: Weights) -> Kind | None:
    """The likeliest kind; the first of them where several are alike."""
    a, b, c, d = weights.kind_bias
    rows = weights.kind["cues"]
    for cue, value in kind_cues(readings).items():
        row = rows.get(cue)
        if row is not None:
            a, b, c, d = a + value * row[0], b + value * row[1], c + value * row[2], d + value * row[3]
    for mark, keys in kind_marks(readings, stems).items():
        rows = weights.kind[mark]
        for key in keys:
            row = rows.get(key)
            if row is not None:
                a, b, c, d = a + row[0], b + row[1], c + row[2], d + row[3]
    sums = (a, b, c, d)
    return weights.kinds[sums.index(max(sums))]


def likely_urgent(readings: Sequence[Reading], stems: set[str], weights: Weights) -> bool:
    """Whether somebody should look today by what urgent comments have in common, told in words of no list."""
    odds = weights.urgent_bias
    for mark, keys in urgent_marks(readings, stems).items():
        learned = weights.urgent[mark]
        for key in keys:
            odds += learned.get(key, 0)
    return odds > 0
