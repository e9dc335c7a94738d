"""Colours that carry meaning, the same on screen and in figures."""

from __future__ import annotations

#: Mutu from brown to teal, told apart with every kind of colour blindness (after ColorBrewer BrBG), dark
#: enough for white text, and always
#: accompanied by the letter.
MUTU = {"A": "#01574f", "B": "#2b7f77", "C": "#9b6518", "D": "#6b3a06"}
#: The value itself, and what stands beside it.
INK, ACCENT, QUIET = "#14212b", "#0b5f7d", "#6b7a86"


def mutu_colour(letter: str | None) -> str:
    """The colour of a mutu; grey when undefined."""
    return MUTU.get(letter or "", QUIET)
