"""The lists comments are read by, of the form of data/reference/comments-words.json, made ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from analytics.text.comments.spelling import Read, Word, reader
from analytics.text.comments.stemming import Stemmer

_AS_WRITTEN = "="
#: Of what is urgent: phrases that only look so ("gawat darurat"); the longest phrase counts.
HARMLESS = "harmless"


class Kind(StrEnum):
    PRAISE = "pujian"
    COMPLAINT = "keluhan"
    SUGGESTION = "saran"


class Tone(StrEnum):
    """What a phrase says.

    Topic only names the unsur, weak only if nothing else does. Burden names it too and is good where it is
    absent ("tak ada antrean").
    """

    TOPIC = "topic"
    WEAK = "weak"
    BURDEN = "burden"
    GOOD = "good"
    BAD = "bad"


class Request(StrEnum):
    """How sure a word makes it that something is asked for."""

    CLEAR = "clear"
    POSSIBLE = "possible"


@dataclass(frozen=True)
class Entry:
    """One phrase of the list: as written there, the unsur it points to (None: to none), and its tone."""

    phrase: str
    unsur: str | None
    tone: Tone


@dataclass(slots=True)
class _Node:
    """Where a phrase has got to: what it may go on with, and what it stands for if it ends here."""

    on: dict[str, _Node] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    requests: tuple[Request, ...] = ()
    urgent: tuple[str, ...] = ()


class Found(NamedTuple):
    """The longest phrases of each list that begin at a word, by their number of words; 0 for none."""

    size: int
    entries: tuple[Entry, ...]
    asked: int
    requests: tuple[Request, ...]
    urged: int
    urgent: tuple[str, ...]


_NO_ENTRIES: tuple[Entry, ...] = ()
_NO_REQUESTS: tuple[Request, ...] = ()
_NO_KEYS: tuple[str, ...] = ()
NOTHING = Found(0, (), 0, (), 0, ())


class Phrases:
    """The phrases of all lists.

    A word listed as a root ("bentak") is found in all its forms, any other ("pelayanan", "dipersulit") with
    its particles only, and after "=" nothing but the word as written.
    """

    def __init__(self, data: Mapping[str, Any], read: Read) -> None:
        self._root, self._read = _Node(), read
        for entry in _listed(data):
            self._end(entry.phrase).entries += (entry,)
        for name, phrases in data["requests"].items():
            for phrase in phrases:
                self._end(phrase).requests += (Request(name),)
        for name, phrases in data["urgent"].items():
            for phrase in phrases:
                self._end(phrase).urgent += (name,)

    def _end(self, phrase: str) -> _Node:
        """Where a phrase ends, with the way to it."""
        node, as_written = self._root, phrase.startswith(_AS_WRITTEN)
        for part in phrase.removeprefix(_AS_WRITTEN).split():
            for word in self._read(part):
                node = node.on.setdefault(_AS_WRITTEN + word.written if as_written else word.base, _Node())
        return node

    def find(self, words: Sequence[Word], at: int) -> Found:
        """What begins at a word."""
        begun = self._root.on
        nodes = [begun[step] for step in words[at].steps if step in begun]
        size = asked = urged = length = 0
        entries, requests, urgent = _NO_ENTRIES, _NO_REQUESTS, _NO_KEYS
        while nodes:
            length += 1
            for node in nodes:
                if node.entries:
                    size, entries = length, entries + node.entries if size == length else node.entries
                if node.requests:
                    asked, requests = length, requests + node.requests if asked == length else node.requests
                if node.urgent:
                    urged, urgent = length, urgent + node.urgent if urged == length else node.urgent
            at += 1
            if at == len(words):
                break
            steps = words[at].steps
            nodes = [node.on[step] for node in nodes if node.on for step in steps if step in node.on]
        return Found(size, entries, asked, requests, urged, urgent) if length else NOTHING


@dataclass(frozen=True, kw_only=True)
class CommentWords:
    """Compiled lists. `order` are the unsur as the list has them.

    `harms` are the kinds of words that may be urgent together, by a form a word may be named by.
    """

    read: Read
    negations: frozenset[str]
    contrasts: frozenset[str]
    phrases: Phrases
    order: tuple[str, ...]
    harms: Mapping[str, tuple[str, ...]]


def compile_comment_words(data: Mapping[str, Any], stemmer: Stemmer) -> CommentWords:
    """Prepare lists of the form of data/reference/comments-words.json.

    Args:
        data: spelling (a word to the forms it is typed in), negations, contrasts, requests by their sureness,
            unsur and general (phrases by tone), urgent (phrases by what is urgent).
        stemmer: with the roots of data/reference/words.json in the product.
    """
    spelling = {form: word for word, forms in data["spelling"].items() for form in forms.split()}
    read = reader(spelling, stemmer, _targets(data))
    return CommentWords(
        read=read,
        negations=frozenset(data["negations"]),
        contrasts=frozenset(data["contrasts"]),
        phrases=Phrases(data, read),
        order=tuple(data["unsur"]),
        harms=_harms(data["harms"], read),
    )


def _targets(data: Mapping[str, Any]) -> frozenset[str]:
    phrases = [entry.phrase for entry in _listed(data)]
    phrases += [phrase for key in ("requests", "urgent") for group in data[key].values() for phrase in group]
    return frozenset(word for phrase in phrases for word in phrase.removeprefix(_AS_WRITTEN).split())


def _harms(data: Mapping[str, Sequence[str]], read: Read) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for name, lines in data.items():
        for typed in " ".join(lines).split():
            for word in read(typed.removeprefix(_AS_WRITTEN)):
                form = f"{_AS_WRITTEN}{word.written}" if typed.startswith(_AS_WRITTEN) else word.base
                found.setdefault(form, {})[name] = None
    return {form: tuple(names) for form, names in found.items()}


def _listed(data: Mapping[str, Any]) -> Iterator[Entry]:
    for unsur, tones in [*data["unsur"].items(), (None, data["general"])]:
        for tone, phrases in tones.items():
            for text in phrases:
                yield Entry(text, unsur, Tone(tone))
