"""Colours that carry meaning, the same on screen and in figures."""

from __future__ import annotations

#: Mutu from brown to teal, told apart with every kind of colour blindness (after ColorBrewer BrBG), dark
#: enough for white text, and always accompanied by the letter.
MUTU = {"A": "#01574f", "B": "#2b7f77", "C": "#9b6518", "D": "#6b3a06"}
#: Lines and bars, legible on white and on the dark theme alike; and what has no mutu.
ACCENT, QUIET = "#2588a8", "#6b7a86"


def mutu_colour(letter: str | None) -> str:
    """The colour of a mutu; grey when undefined."""
    return MUTU.get(letter or "", QUIET)
