"""Groups of digits, and runs of groups that a reader would take for one number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: Written for a 0 or a 1 among digits: "O812", "08l2".
_ALIKE = "oOlI"
_DIGIT_OF = str.maketrans(_ALIKE, "0011")
_SPELT = {
    word: digit
    for digit, words in enumerate(
        ("nol kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan lapan", "sembilan")
    )
    for word in words.split()
}
_GROUP = re.compile(
    rf"(?P<digits>(?:(?<![^\W_])[{_ALIKE}]{{1,6}}(?=\d))?\d+(?:[{_ALIKE}]{{1,6}}\d+)*(?:[{_ALIKE}]{{1,6}}(?![^\W_]))?)"
    r"|(?P<zeros>(?<![^\W_])[oO]{2,6}(?![^\W_]))"
    rf"|(?P<spelt>(?<![^\W_])(?i:{'|'.join(_SPELT)})(?![^\W_]))"
)
#: What people write between the groups of a number: marks, or the word for one.
_GAP = re.compile(
    r"[\s.,\-_/\\()\[\]{}<>*~:;|+'\"=#!]{0,6}|\W{0,3}(?:strip|spasi|titik|garis|min)\W{0,3}", re.IGNORECASE
)
_LONGEST_GAP = 14
_SPACE = re.compile(r"\s")
_WORD_AFTER = re.compile(r"\s[^\W\d_]")


class Group(NamedTuple):
    """Digits written together.

    Attributes:
        gap: what stands between the group before and this one.
        counts: after a space on both sides comes a word, which it may be a count of.
    """

    start: int
    end: int
    digits: str
    gap: str
    counts: bool


def runs(text: str) -> Iterator[Sequence[Group]]:
    """Groups that only marks part from each other, the longest runs of them."""
    run: list[Group] = []
    end = -_LONGEST_GAP - 1
    for match in _GROUP.finditer(text):
        gap = text[end : match.start()] if 0 <= match.start() - end <= _LONGEST_GAP else "x"
        if run and not _GAP.fullmatch(gap):
            yield run
            run = []
        gap = gap if run else ""
        counts = _SPACE.search(gap) is not None and _WORD_AFTER.match(text, match.end()) is not None
        run.append(Group(match.start(), match.end(), _digits(match), gap, counts))
        end = match.end()
    if run:
        yield run


def _digits(match: re.Match[str]) -> str:
    spelt = match["spelt"]
    return str(_SPELT[spelt.lower()]) if spelt else match[0].translate(_DIGIT_OF)
