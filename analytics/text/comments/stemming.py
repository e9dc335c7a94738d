"""Stems of Indonesian words as people write them, by rules against a list of roots.

An affix comes off only if a root of the list is left, so that a word nobody knows stays as it is. Colloquial
("ngurusin") and Banjar ("mambayar", "basabar") affixes are among the rules. The list is passed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_DEPTH = 2  # prefixes that come off
_SHORTEST = 3  # letters that a root has at least, where an affix comes off
LONGEST = 30  # letters; nothing longer is a word, or remembered as one
_PARTICLES = ("lah", "kah", "pun", "nya", "ny", "ku", "mu", "x")
_SUFFIXES = ("kan", "an", "i", "in", "akan")
#: Prefix, and the letters that stood at the root's beginning where the prefix swallowed them.
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((prefix, ("", "k")) for prefix in ("meng", "peng", "mang", "pang", "ng")),
    *((prefix, ("", "p")) for prefix in ("mem", "pem", "mam", "pam")),
    *((prefix, ("", "t")) for prefix in ("men", "pen", "man", "pan")),
    *((prefix, ("s",)) for prefix in ("meny", "peny", "many")),
    *((prefix, ("",)) for prefix in ("me", "menge", "per", "pel", "pe", "ber", "bel", "be", "ter", "te")),
    *((prefix, ("",)) for prefix in ("di", "ke", "se", "nge", "ma", "ba", "ta", "pa", "sa", "ka")),
    ("ny", ("s", "c")),
    ("n", ("t",)),
    ("m", ("p",)),
)


@dataclass(frozen=True)
class Stemmer:
    """Stems against `roots`, all of small letters."""

    roots: frozenset[str]

    def knows(self, word: str) -> bool:
        """Whether a word is a root of the list with affixes, or none."""
        return self.stem(word) in self.roots

    def bare(self, word: str) -> str:
        """The word without particle ("pelayanannya"), where what is left is known; the word otherwise."""
        if word in self.roots or len(word) > LONGEST:
            return word
        return next((bare for bare in _without_particles(word) if bare != word and self.knows(bare)), word)

    def stem(self, word: str) -> str:
        """The root a word of small letters comes from; the word where none is found."""
        if word in self.roots or len(word) > LONGEST:
            return word
        for stripped in _without_endings(word):
            roots = [found for found in _without_prefixes(stripped) if found[1] in self.roots]
            if roots:
                return max(roots)[1]
        return word


def _without_endings(word: str) -> Iterator[str]:
    """The word, without its particle, and both without their suffix; what has more of it comes first."""
    bare = list(_without_particles(word))
    yield from bare
    for stem in bare:
        for suffix in _SUFFIXES:
            if _ends(stem, suffix):
                yield stem.removesuffix(suffix)


def _without_particles(word: str) -> Iterator[str]:
    """The word, and without its particle or two of them."""
    yield word
    for particle in _PARTICLES:
        if _ends(word, particle):
            yield (bare := word.removesuffix(particle))
            yield from (bare.removesuffix(more) for more in ("nya", "ku", "mu") if _ends(bare, more))


def _without_prefixes(word: str, whole: int = 0, depth: int = 0) -> Iterator[tuple[int, str]]:
    """The word, and what is left of it without up to two prefixes ("di-per-baik").

    Before each its letters as typed, less than any where a prefix has swallowed one ("me-tunggu"): of two
    roots the one that is there is likelier, and of such the longer.
    """
    yield whole or len(word), word
    for prefix, swallowed in _PREFIXES:
        if depth == _DEPTH or not word.startswith(prefix) or len(word) - len(prefix) < _SHORTEST - 1:
            continue
        for letters in swallowed:
            rest = letters + word[len(prefix) :]
            if len(rest) >= _SHORTEST:
                yield from _without_prefixes(rest, -len(prefix) if letters else whole, depth + 1)


def _ends(word: str, suffix: str) -> bool:
    return word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST
