"""What the lists find in a comment: phrases with their tone after negation, requests, what is urgent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analytics.text.comments.lists import HARMLESS, CommentWords, Entry, Found, Request, Tone
from analytics.text.comments.spelling import Clause, clauses

_NEGATION_REACH = 4  # "tidak ada yang perlu diperbaiki": a negation reaches so many words ahead
_DENIED_AT_ONCE = 2
_OVER = frozenset(("dulu", "dahulu"))
_TURNED = {Tone.GOOD: Tone.BAD, Tone.BAD: Tone.GOOD, Tone.BURDEN: Tone.GOOD}


class Hit(NamedTuple):
    """A phrase found.

    Attributes:
        tone: after negation, which `negated` says.
        place: of its first word in the clause.
    """

    phrase: str
    unsur: str | None
    tone: Tone
    negated: bool
    place: int

    @property
    def weighed(self) -> str:
        """The phrase as it is weighed: by itself where it was turned."""
        return f"{self.phrase}~" if self.negated else self.phrase


@dataclass(slots=True, kw_only=True)
class Reading:
    """What a clause says.

    Attributes:
        bare: negations that turned nothing ("kurang", "tidak ada").
        urgent: what of the list of urgent things is told; `averted` what is denied.
        harms: kinds of words that may be urgent together; of denied ones "not" and the kind.
    """

    clause: Clause
    hits: list[Hit] = field(default_factory=list)
    requests: list[tuple[str, Request]] = field(default_factory=list)
    bare: int = 0
    urgent: list[str] = field(default_factory=list)
    averted: list[str] = field(default_factory=list)
    harms: set[str] = field(default_factory=set)


def read_clauses(text: str, lists: CommentWords) -> list[Reading]:
    """What each clause of a comment says, in order."""
    return [_Clause(clause, lists).read() for clause in clauses(text, lists.read, lists.contrasts)]


class _Clause:
    """Reads one clause from left to right."""

    __slots__ = ("_lists", "_negation", "_reading", "_turned", "_words")

    def __init__(self, clause: Clause, lists: CommentWords) -> None:
        self._words, self._lists = clause.words, lists
        self._reading = Reading(clause=clause)
        self._negation = -1 - _NEGATION_REACH
        self._turned = True

    def read(self) -> Reading:
        """Phrases and requests where the last one has ended; what is urgent likewise, but apart from them."""
        free = urgent_free = 0
        spoken = -1 - _NEGATION_REACH  # the last negation, whether or not it is part of a phrase
        find, negations = self._lists.phrases.find, self._lists.negations
        for at, word in enumerate(self._words):
            found, negation = find(self._words, at), word.written in negations
            if at >= free:
                free = at + self._step(at, found, negation)
            if at >= urgent_free and found.urged:
                told = [what for what in found.urgent if what != HARMLESS]
                denied = at - spoken <= _NEGATION_REACH or self._is_over
                (self._reading.averted if denied else self._reading.urgent).extend(told)
                urgent_free = at + found.urged
            spoken = at if negation else spoken
            for step in word.steps:
                for harm in self._lists.harms.get(step, ()):
                    self._reading.harms.add(f"not {harm}" if at - spoken <= _DENIED_AT_ONCE else harm)
        self._reading.bare += not self._turned
        return self._reading

    @property
    def _is_over(self) -> bool:
        """Whether the clause tells of a time that is over ("dulu banyak calo")."""
        return self._words[0].written in _OVER

    def _step(self, at: int, found: Found, negation: bool) -> int:
        """Take what begins at a word; how many words are used up."""
        denied = at - self._negation <= _NEGATION_REACH
        if found.asked:
            self._ask(at, found, denied)
        if found.size:
            # "sebaiknya", "perbaiki": what asks for something better calls nothing good.
            asking = found.asked >= found.size
            self._take([e for e in found.entries if e.unsur or not asking], denied, at)
        elif negation and not found.asked:
            self._reading.bare += not self._turned
            self._negation, self._turned = at, False
        return max(found.size, found.asked, 1)

    def _ask(self, at: int, found: Found, denied: bool) -> None:
        if denied:
            self._turned = True
            return
        words = " ".join(word.written for word in self._words[at : at + found.asked])
        self._reading.requests += [(words, request) for request in found.requests]

    def _take(self, entries: Sequence[Entry], denied: bool, place: int) -> None:
        for entry in entries:
            tone = _TURNED.get(entry.tone) if denied else None
            self._turned |= tone is not None
            hit = Hit(entry.phrase, entry.unsur, tone or entry.tone, tone is not None, place)
            self._reading.hits.append(hit)
