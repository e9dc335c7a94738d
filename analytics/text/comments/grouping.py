"""One comment grouped by unsur and kind, with the phrases that decided and what of it is urgent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.text.comments.cues import asks
from analytics.text.comments.linear import Weights, kind_of, likely_urgent, meant, stems_of
from analytics.text.comments.lists import CommentWords, Kind, Tone
from analytics.text.comments.rules import Hit, Reading, read_clauses

LIKELY = "likely"


@dataclass(frozen=True)
class Grouped:
    """How a comment is grouped.

    Attributes:
        unsur: in the order of the list.
        kind: None when nothing tells.
        evidence: the phrases found, those of unsur that were weighed and dropped among them.
        requests: words that ask for something.
        urgent: what somebody should look at today: keys of the list, as told and not denied; `LIKELY` where
            only the weights say so.
    """

    unsur: tuple[str, ...]
    kind: Kind | None
    evidence: tuple[Hit, ...]
    requests: tuple[str, ...]
    urgent: tuple[str, ...]


def group_comment(text: str, words: CommentWords, weights: Weights | None = None) -> Grouped:
    """Group one comment by unsur and kind.

    With weights, unsur and kind are the likeliest by what was learned. Without, every unsur is given that a
    phrase points to, weak ones only where nothing else does; a clear request makes a suggestion; otherwise
    more good than bad phrases make praise, anything else with a bad phrase or a negation a complaint.
    """
    readings = read_clauses(text, words)
    hits = tuple(hit for reading in readings for hit in reading.hits)
    asked = dict.fromkeys(text for reading in readings for text, _ in reading.requests)
    urgent = tuple(dict.fromkeys(key for reading in readings for key in reading.urgent))
    if weights is None:
        given, kind = _pointed(hits), _kind(readings, hits)
    else:
        stems = stems_of(readings)
        given, kind = meant(readings, stems, weights), kind_of(readings, stems, weights)
        if not urgent and likely_urgent(readings, stems, weights):
            urgent = (LIKELY,)
    return Grouped(tuple(key for key in words.order if key in given), kind, hits, tuple(asked), urgent)


def _pointed(hits: Sequence[Hit]) -> set[str]:
    strong = {hit.unsur for hit in hits if hit.tone is not Tone.WEAK and hit.unsur}
    return strong or {hit.unsur for hit in hits if hit.unsur}


def _kind(readings: Sequence[Reading], hits: Sequence[Hit]) -> Kind | None:
    good = sum(hit.tone is Tone.GOOD for hit in hits)
    bad = sum(hit.tone is Tone.BAD for hit in hits) + sum(reading.bare for reading in readings)
    if asks(readings):
        return Kind.SUGGESTION
    if good > bad:
        return Kind.PRAISE
    return Kind.COMPLAINT if bad else None
