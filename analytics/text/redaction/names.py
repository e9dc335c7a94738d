"""Names behind a title ("Bu Rina", "pak budi"), masked where a comment is shown; titles and roles stay.

What is a name is told by a list of first names, a list of what else follows a title (roles, ordinary and
short words), and a dictionary: all three are passed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from analytics.text.redaction.plain import Plain
from analytics.text.redaction.spans import Personal, Span

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiou]")
#: Between a title and a name, and between the words of a name; and a degree behind it.
_GAP = re.compile(r"\.?[ \t]{1,2}[\"'(]?|\.")
_DEGREE = re.compile(
    r",?[ \t](?:[SMA]\.[A-Z][A-Za-z]{0,4}(?:\.[A-Z][A-Za-z]{0,3})?"
    r"|ST|SE|SH|MM|MH|SKM|SIP|MSi|SPd|MPd|SSos|SKep|AMd)(?!\w)"
)
_AFFIXED = ("me", "di", "ber", "ter", "pe", "ke", "se")
_MOST_WORDS = 4


class _After(IntEnum):
    """What stands before a possible name, and so how sure one must be of it."""

    TITLE = 0
    OTHER_MEANING = 1
    ROLE = 2


@dataclass(frozen=True, kw_only=True)
class NameWords:
    """A compiled list of the form of data/reference/redaction-names.json; `is_word` asks a dictionary."""

    titles: frozenset[str]
    careful_titles: frozenset[str]
    roles: frozenset[str]
    introductions: re.Pattern[str]
    honorifics: frozenset[str]
    others: frozenset[str]
    names: frozenset[str]
    words_too: frozenset[str]
    is_word: Callable[[str], bool]


def compile_names(data: Mapping[str, Sequence[str]], is_word: Callable[[str], bool]) -> NameWords:
    """Prepare a list: each entry of `data` is lines of words; in introductions "~" stands for a space."""
    listed = {key: frozenset(" ".join(lines).split()) for key, lines in data.items() if key != "about"}
    phrases = [re.escape(phrase).replace("\\~", r"\s") for phrase in sorted(listed["introductions"])[::-1]]
    introductions = re.compile(rf"(?<![\w\[])(?:{'|'.join(phrases)})(?!\w)\s{{0,2}}:?\s?", re.IGNORECASE)
    rest = {key: words for key, words in listed.items() if key != "introductions"}
    return NameWords(introductions=introductions, is_word=is_word, **rest)


def find_names(plain: Plain, words: NameWords) -> Iterator[Span]:
    """Names behind a title or an introduction, in order."""
    reader, end = _Reader(plain.text, words), 0
    for start, after in sorted(reader.beginnings()):
        span = reader.name(start, after) if start >= end else None
        if span is not None:
            end = span[1]
            yield Span(*span, Personal.NAME)


class _Reader:
    """Reads names in one text."""

    def __init__(self, text: str, words: NameWords) -> None:
        self._text, self._words = text, words
        tokens = _TOKEN.findall(text)
        capitals = sum(token[0].isupper() for token in tokens)
        # Where most words begin with a capital, one says nothing.
        self._cased = capitals <= max(3, 0.6 * len(tokens)) and not text.isupper()

    def beginnings(self) -> Iterator[tuple[int, _After]]:
        """Where a name may begin, and what it would stand behind."""
        for match in self._words.introductions.finditer(self._text):
            yield match.end(), _After.OTHER_MEANING
        for token in _TOKEN.finditer(self._text):
            after = self._title(token[0].lower())
            gap = None if after is None else _GAP.match(self._text, token.end())
            if after is not None and gap and self._text[token.start() - 1 : token.start()] != "[":
                yield gap.end(), after

    def _title(self, word: str) -> _After | None:
        if word in self._words.titles:
            return _After.TITLE
        if word in self._words.careful_titles:
            return _After.OTHER_MEANING
        return _After.ROLE if word in self._words.roles else None

    def name(self, start: int, after: _After) -> tuple[int, int] | None:
        """The name that begins at `start`, honorifics and degrees with it; None where there is none."""
        first = self._after_honorifics(start)
        end = None
        for place, token in enumerate(self._tokens(first)):
            known = self._goes_on(token) if place else self._begins(token[0], after)
            if not known:
                break
            end = token.end()
        if end is None:
            return None
        degree = _DEGREE.match(self._text, end)
        return start, degree.end() if degree else end

    def _after_honorifics(self, start: int) -> int:
        for token in self._tokens(start):
            if token[0].lower() not in self._words.honorifics:
                return token.start()
        return start

    def _tokens(self, start: int) -> Iterator[re.Match[str]]:
        """Words from `start` on, as long as only space or a full stop after one letter parts them."""
        token = _TOKEN.match(self._text, start)
        for _ in range(_MOST_WORDS):
            if token is None:
                return
            yield token
            gap = _GAP.match(self._text, token.end())
            short = len(token[0]) == 1 or token[0].lower() in self._words.honorifics
            if gap is None or ("." in gap[0] and not short):
                return
            token = _TOKEN.match(self._text, gap.end())

    def _begins(self, written: str, after: _After) -> bool:
        word, known = _bare(written.lower(), self._words), self._words
        if word in known.others:
            return False
        if word in known.names or (word in known.words_too and after is _After.TITLE):
            return True
        capital = self._cased and written[0].isupper()
        if after is _After.ROLE:
            return capital and word in known.words_too
        if capital:
            return self._is_proper(written, word, after)
        likely = len(word) > 2 and _VOWEL.search(word) is not None
        return after is _After.TITLE and likely and not known.is_word(word)

    def _is_proper(self, written: str, word: str, after: _After) -> bool:
        """Whether a word with a capital is a name: a verb is none, nor an abbreviation, nor "an. Dinas"."""
        if after is _After.TITLE:
            return not (word.startswith(_AFFIXED) and self._words.is_word(word))
        return not (len(written) > 1 and written.isupper()) and not self._words.is_word(word)

    def _goes_on(self, token: re.Match[str]) -> bool:
        word, known, capital = token[0].lower(), self._words, token[0][0].isupper()
        if word in known.others:
            return False
        if word in known.names or (capital and word in known.words_too) or word in ("bin", "binti", "al"):
            return True
        return capital and self._cased and (len(word) == 1 or not known.is_word(word))


def _bare(word: str, words: NameWords) -> str:
    """Without "-nya", where a name is left: "budinya"."""
    stem = word.removesuffix("nya")
    return stem if stem in words.names else word
