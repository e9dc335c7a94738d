"""What was found, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    """What points to a person; the value is what is left in its place, between brackets."""

    PHONE = "telepon"
    EMAIL = "surel"
    ACCOUNT = "akun"
    IDENTITY = "NIK"
    BANK = "rekening"
    PLATE = "pelat"
    ADDRESS = "alamat"
    NAME = "nama"

    @property
    def mark(self) -> str:
        return f"[{self.value}]"


@dataclass(frozen=True, order=True)
class Span:
    """The letters from `start` up to `end`."""

    start: int
    end: int
    kind: Personal


def listed(words: str) -> frozenset[str]:
    """Words parted by spaces, as a set."""
    return frozenset(words.split())


def replaced(text: str, spans: list[Span]) -> str:
    """`text` with the mark of its kind in the place of each span; they do not overlap."""
    parts, at = [], 0
    for span in sorted(spans):
        parts += [text[at : span.start], span.kind.mark]
        at = span.end
    return "".join([*parts, text[at:]])
