"""Text as a reader sees it: one letter for all that look alike, and where each stands in the original."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: What stands in for something found already: no letter, no digit, no space.
TAKEN = "\x00"

#: Letters of other scripts that a reader takes for the Latin O, and marks for a dot, slash or dash.
_ALIKE = dict.fromkeys("ОоΟο", "O") | dict.fromkeys("·•∙⋅・。", ".") | dict.fromkeys("⁄∕", "/") | {"−": "-"}
#: Marks that cannot be seen, or that sit on the letter before.
_UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me", "Cs", "Cn", "Co"})


@dataclass(frozen=True)
class Plain:
    """`text` in plain letters; `origins[i]` is the place in the original of its letter i."""

    text: str
    origins: Sequence[int]

    @staticmethod
    def of(original: str) -> Plain:
        """Full-width and other digits as 0-9, every dash as -, every space as one, nothing unseen."""
        if original.isascii() and original.isprintable():
            return Plain(original, range(len(original)))
        seen = [(letter, at) for at, written in enumerate(original) for letter in _seen(written)]
        return Plain("".join(letter for letter, _ in seen), [at for _, at in seen])

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the letters from `start` up to `end` stand."""
        return self.origins[start], self.origins[end - 1] + 1

    def without(self, spans: Iterable[tuple[int, int]]) -> Plain:
        """The same with `spans` taken: nothing is found across them or in them."""
        spans = list(spans)
        if not spans:
            return self
        parts, at = [], 0
        for start, end in sorted(spans):
            parts += [self.text[at:start], TAKEN * (end - start)]
            at = end
        return Plain("".join([*parts, self.text[at:]]), self.origins)


@lru_cache(maxsize=4096)
def _seen(written: str) -> str:
    if written in "\n\t":
        return written
    digit = unicodedata.decimal(written, None)
    if digit is not None:
        return str(digit)
    if written in _ALIKE:
        return _ALIKE[written]
    category = unicodedata.category(written)
    if category in _UNSEEN:
        return ""
    if category == "Pd":
        return "-"
    if category[0] == "Z":
        return " "
    return unicodedata.normalize("NFKC", written)
