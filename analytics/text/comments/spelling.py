"""Words as people type them, brought to one spelling and to their stems, clause by clause.

A spelling list and a stemmer decide; they are passed in. Numbers become "0" (none of something) or "9" (any
other), since what counts is that there is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from analytics.text.comments.stemming import LONGEST, Stemmer

#: What redaction leaves ("[telepon]") is no word of the citizen's.
_MARK = re.compile(r"\[[a-zA-Z]{1,12}\]")
_TOKEN = re.compile(r"[a-z]+|\d+(?:[.,:]\d+)*|[.,;:!?()\n]|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50]")
_ACCENT = re.compile("[\u0300-\u036f]")
_DIGIT = re.compile(r"\d")
_RUPIAH = re.compile(r"\brp\.? ?(\d[\d.,]{0,20})")  # "Rp 5.000" is "5.000 rupiah"
_TWICE = re.compile(r"\b([a-z]{2,30})2\b")  # "pelan2" is "pelan pelan"
_TIMES = re.compile(r"(?<=\d)x\b")  # "3x" is "3 kali"
_STOPS = frozenset(".,;:!?()\n")
_LONG_LETTER = re.compile(r"([a-z])\1{2,}")
_DOUBLE_LETTER = re.compile(r"([a-z])\1")
_MEMORY = 20_000  # words remembered; citizens use fewer
_SHORTEST_SLIP = 7  # letters of a word that is taken for a slip of another


@dataclass(frozen=True, slots=True)
class Word:
    """A word in the list's spelling, without particles ("-nya", "-lah"), and its stem.

    `steps` are the ways a list may name it.
    """

    written: str
    base: str
    stem: str
    steps: tuple[str, ...]


def _word(written: str, base: str, stem: str) -> Word:
    return Word(written, base, stem, tuple(dict.fromkeys((base, stem, f"={written}"))))


Read = Callable[[str], tuple[Word, ...]]


@dataclass(slots=True)
class Clause:
    """Words between punctuation or contrasts; a negation does not reach out of it."""

    words: tuple[Word, ...]
    contrasted: bool
    asked: bool


def reader(spelling: Mapping[str, str], stemmer: Stemmer, targets: Collection[str] = ()) -> Read:
    """A function from a word as typed to the words it stands for ("gaada": "tidak", "ada").

    Args:
        spelling: a form to its spelling, of one word or more.
        targets: words of the product's lists, which stay as they are; a long word of no root that one slip
            parts from one of them is taken for it.
    """
    forms = Stemmer(stemmer.roots | {form for form in spelling if len(form) > 3})
    slips = _slips([word for word in targets if len(word) >= _SHORTEST_SLIP])

    def stem(word: str) -> str:
        root = spelling.get(form := forms.stem(word), form)
        return stemmer.stem(root) if " " not in root else form

    def made(word: str) -> Word:
        return _word(word, forms.bare(word), stem(word))

    def known(word: str) -> tuple[Word, ...] | None:
        if word in spelling:
            return tuple(made(part) for part in spelling[word].split())
        bare = forms.bare(word)
        if bare in spelling:
            return tuple(made(part) for part in spelling[bare].split())
        return (made(word),) if word in targets or forms.knows(word) else None

    @lru_cache(maxsize=_MEMORY)
    def read(word: str) -> tuple[Word, ...]:
        for form in dict.fromkeys((word, _DOUBLE_LETTER.sub(r"\1", word))):
            found = known(form)
            if found:
                return found
        meant = slips.get(word) or next((slips[cut] for cut in _cuts(word) if cut in slips), None)
        if meant and len(word) >= _SHORTEST_SLIP:
            return known(meant) or (made(meant),)
        return (made(word),)

    return read


def _slips(words: Collection[str]) -> dict[str, str]:
    """Each word and each form of it that lacks a letter, to the word; what two words share is left out."""
    meant: dict[str, str] = {}
    shared: set[str] = set()
    for word in sorted(words):
        for form in (word, *_cuts(word)):
            if meant.setdefault(form, word) != word:
                shared.add(form)
    return {form: word for form, word in meant.items() if form not in shared or form == word}


def _cuts(word: str) -> Iterator[str]:
    """The word without each of its letters in turn."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def clauses(text: str, read: Read, contrasts: Collection[str]) -> Iterator[Clause]:
    """The clauses of a comment in order, without empty ones."""
    plain = _plain(text)
    words: list[Word] = []
    contrasted = False
    for piece in [*_TOKEN.findall(plain), "."]:
        found = () if piece in _STOPS else _read(piece, read)
        contrast = bool(found) and found[0].written in contrasts
        if contrast or not found:
            if words:
                yield Clause(tuple(words), contrasted, piece == "?")
                contrasted = False
            words = []
            contrasted |= contrast
        else:
            words.extend(found)


def _plain(text: str) -> str:
    """Small letters without accents, marks of redaction and digits that stand for words."""
    plain = (_MARK.sub(" ", text) if "[" in text else text).lower()
    if not plain.isascii():
        plain = _ACCENT.sub("", unicodedata.normalize("NFKD", plain)).lower()
    plain = _LONG_LETTER.sub(r"\1", plain)
    if _DIGIT.search(plain):
        plain = _TIMES.sub(" kali ", _TWICE.sub(r"\1 \1", _RUPIAH.sub(r"\1 rupiah", plain)))
    return plain


def _read(token: str, read: Read) -> tuple[Word, ...]:
    if token[0].isalpha() and len(token) <= LONGEST:
        return read(token)
    if token[0].isdigit():
        return _SOME if token.strip("0.,:") else _NONE
    return (_word(token, token, token),)


_SOME, _NONE = (_word("9", "9", "9"),), (_word("0", "0", "0"),)
