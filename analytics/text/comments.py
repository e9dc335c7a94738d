"""Free text grouped by unsur and kind, by a word list that anyone can read and correct.

No model: a comment belongs to an unsur because of the words that `Grouped.evidence` names. The word list
(data/reference/comments-words.json) and the stemmer are passed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Stem = Callable[[str], str]
Phrase = tuple[str, ...]

_NEGATION_REACH = 4  # "tidak ada yang perlu diperbaiki": a negation reaches so many words ahead
_AS_WRITTEN = "="
_WORD = re.compile(r"[a-z]+|[.,;!?\n]")
_STOPS = frozenset(".,;!?\n")


class Kind(StrEnum):
    PRAISE = "pujian"
    COMPLAINT = "keluhan"
    SUGGESTION = "saran"


class Tone(StrEnum):
    """What a phrase says: topic only names the unsur, weak only if nothing else does."""

    TOPIC = "topic"
    WEAK = "weak"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True)
class Entry:
    """One phrase of the list: as written there, the unsur it points to (None: to none), and its tone."""

    phrase: str
    unsur: str | None
    tone: Tone


@dataclass(frozen=True, kw_only=True)
class CommentWords:
    """A compiled word list.

    `exact` by the phrase as written, `entries` by its stems; `longest` counts the words of a phrase at most.
    """

    spelling: Mapping[str, str]
    negations: frozenset[str]
    contrasts: frozenset[str]
    requests: frozenset[Phrase]
    exact: Mapping[Phrase, tuple[Entry, ...]]
    entries: Mapping[Phrase, tuple[Entry, ...]]
    order: tuple[str, ...]
    longest: int
    stem: Stem


@dataclass(frozen=True)
class Hit:
    """A phrase found; `tone` is after negation, which `negated` says."""

    phrase: str
    unsur: str | None
    tone: Tone
    negated: bool


@dataclass(frozen=True)
class Grouped:
    """Unsur in the order of the list, kind (None when nothing tells), and the phrases that decided."""

    unsur: tuple[str, ...]
    kind: Kind | None
    evidence: tuple[Hit, ...]
    requests: tuple[str, ...]


def compile_comment_words(data: Mapping[str, Any], stem: Stem) -> CommentWords:
    """Prepare a word list of the form of data/reference/comments-words.json.

    Args:
        data: spelling, negations, contrasts, requests, unsur and general (phrases by tone).
        stem: a word to its stem (Sastrawi in the product); called once per word of the list.
    """
    spelling = dict(data["spelling"])
    exact: dict[Phrase, tuple[Entry, ...]] = {}
    entries: dict[Phrase, tuple[Entry, ...]] = {}
    for entry in _listed(data):
        words = tuple(spelling.get(word, word) for word in entry.phrase.removeprefix(_AS_WRITTEN).split())
        as_written = entry.phrase.startswith(_AS_WRITTEN)
        table, key = (exact, words) if as_written else (entries, tuple(map(stem, words)))
        table[key] = (*table.get(key, ()), entry)
    requests = frozenset(tuple(text.split()) for text in data["requests"])
    return CommentWords(
        spelling=spelling,
        negations=frozenset(data["negations"]),
        contrasts=frozenset(data["contrasts"]),
        requests=requests,
        exact=exact,
        entries=entries,
        order=tuple(data["unsur"]),
        longest=max(map(len, [*exact, *entries, *requests])),
        stem=stem,
    )


def _listed(data: Mapping[str, Any]) -> Iterator[Entry]:
    for unsur, tones in [*data["unsur"].items(), (None, data["general"])]:
        for tone, phrases in tones.items():
            for text in phrases:
                yield Entry(text, unsur, Tone(tone))


def group_comment(text: str, words: CommentWords) -> Grouped:
    """Group one comment by unsur and kind.

    Kind: a request ("mohon", "sebaiknya") makes a suggestion; otherwise more good than bad phrases make
    praise, anything else with a bad phrase or a negation a complaint; nothing at all is None.
    """
    readings = [_read(clause, words) for clause in _clauses(text, words)]
    hits = tuple(hit for reading in readings for hit in reading.hits)
    requests = tuple(request for reading in readings for request in reading.requests)
    pointed = {unsur for reading in readings for unsur in _pointed(reading.hits)}
    unsur = tuple(key for key in words.order if key in pointed)
    return Grouped(unsur, _kind(hits, requests, sum(r.bare for r in readings)), hits, requests)


@dataclass
class _Reading:
    """What a clause says; `bare` counts negations that turned nothing ("kurang", "tidak ada")."""

    hits: list[Hit]
    requests: list[str]
    bare: int = 0
    negation: int | None = None  # position of the last one, until it has turned something
    turned: bool = True


def _clauses(text: str, words: CommentWords) -> Iterator[list[str]]:
    """Runs of words between punctuation and contrasts; a negation does not reach across."""
    clause: list[str] = []
    for token in [*_WORD.findall(text.lower()), "."]:
        if token in _STOPS or token in words.contrasts:
            if clause:
                yield clause
            clause = []
        else:
            clause.append(words.spelling.get(token, token))


def _read(clause: Sequence[str], words: CommentWords) -> _Reading:
    reading, i = _Reading([], []), 0
    stems = [words.stem(word) for word in clause]
    while i < len(clause):
        size, entries, asked = _longest(clause, stems, i, words)
        if entries or asked:
            _take(reading, " ".join(clause[i : i + size]) if asked else "", entries, i)
        elif clause[i] in words.negations:
            reading.bare += not reading.turned
            reading.negation, reading.turned = i, False
        i += size
    reading.bare += not reading.turned
    return reading


def _take(reading: _Reading, request: str, entries: Sequence[Entry], position: int) -> None:
    negated = reading.negation is not None and position - reading.negation <= _NEGATION_REACH
    if request and not negated:
        reading.requests.append(request)
    hits = [_hit(entry, negated) for entry in entries]
    reading.turned |= negated and (bool(request) or any(hit.negated for hit in hits))
    reading.hits += hits


def _longest(
    clause: Sequence[str], stems: Sequence[str], i: int, words: CommentWords
) -> tuple[int, tuple[Entry, ...], bool]:
    for size in range(min(words.longest, len(stems) - i), 0, -1):
        written, key = tuple(clause[i : i + size]), tuple(stems[i : i + size])
        entries, asked = words.exact.get(written) or words.entries.get(key, ()), written in words.requests
        if entries or asked:
            return size, entries, asked
    return 1, (), False


def _hit(entry: Entry, negated: bool) -> Hit:
    """Only a phrase with a tone can be turned round."""
    other = {Tone.GOOD: Tone.BAD, Tone.BAD: Tone.GOOD}.get(entry.tone) if negated else None
    return Hit(entry.phrase, entry.unsur, other or entry.tone, other is not None)


def _pointed(hits: Sequence[Hit]) -> set[str]:
    strong = {hit.unsur for hit in hits if hit.tone is not Tone.WEAK and hit.unsur}
    return strong or {hit.unsur for hit in hits if hit.unsur}


def _kind(hits: Sequence[Hit], requests: Sequence[str], bare: int) -> Kind | None:
    good = sum(hit.tone is Tone.GOOD for hit in hits)
    bad = sum(hit.tone is Tone.BAD for hit in hits) + bare
    if requests:
        return Kind.SUGGESTION
    if good > bad:
        return Kind.PRAISE
    return Kind.COMPLAINT if bad else None
