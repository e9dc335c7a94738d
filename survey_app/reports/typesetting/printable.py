"""Text the report's fonts can print. PDF/UA and PDF/A forbid a character without a glyph, so one emoji in a
comment would otherwise stop a whole report."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).with_name("fonts")

#: Stands for what the font cannot show; a run of such characters becomes one of it.
REPLACEMENT = "\ufffd"
#: Invisible joiners and variation selectors of emoji: without the emoji they mean nothing.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")

_LONG_WORD = re.compile(r"\S{32}(?=\S)")
_BREAK = "\u200b"


#: What people and word processors type, in characters the font has.
_IN_OTHER_WORDS = str.maketrans(
    {"\u2212": "-", "\u2010": "-", "\u2011": "-", "≤": "<=", "≥": ">=", "→": "->", "▪": "•", "●": "•"}
)


def drawable(text: str) -> str:
    """`text` with every run of characters that the fonts cannot show as one replacement character.

    White space of any kind, line breaks too, becomes a plain space.
    """
    return _unprintable().sub(REPLACEMENT, re.sub(r"\s", " ", _INVISIBLE.sub("", text)))


def printable(text: str) -> str:
    """`drawable` text with common signs written in those the font has, in which long words may break."""
    return _LONG_WORD.sub(rf"\g<0>{_BREAK}", drawable(text.translate(_IN_OTHER_WORDS)))


def legible(text: str) -> str | None:
    """What a person wrote, to be quoted: without the pictures the fonts lack, with […] for words they lack.

    None when most of its letters cannot be shown, or nothing but such signs was written.
    """
    shown = drawable(text.translate(_IN_OTHER_WORDS))
    if REPLACEMENT not in shown:
        return text
    kept = sum(c.isalpha() for c in shown)
    lost = sum(c.isalpha() for c in text) - kept
    if lost > kept or not any(c.isalnum() for c in shown):
        return None
    return " ".join(shown.replace(REPLACEMENT, " […] " if lost else " ").split())


def printable_tree(value: Any) -> Any:
    """`printable` for every string in nested lists and dictionaries (their values, not their keys)."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_tree(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable_tree(item) for item in value]
    return value


@cache
def _unprintable() -> re.Pattern[str]:
    ranges = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    allowed = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[^{allowed}]+")
