"""The faces: one drawing for scales of any length."""

from __future__ import annotations

import re

import pytest

from survey_app.ui import faces


def smile(level: int, levels: int) -> float:
    """How far the middle of the mouth hangs below its ends: negative is a frown (SVG's y grows downward)."""
    mouth = re.search(r"M9.5 ([\d.]+)Q16 ([\d.]+) ", faces.drawing(level, levels))
    assert mouth
    return float(mouth[2]) - float(mouth[1])


@pytest.mark.parametrize("levels", [2, 4, 5, 6])
def test_the_mouth_bends_from_frown_to_smile_the_same_on_every_scale(levels: int) -> None:
    bends = [smile(level, levels) for level in range(1, levels + 1)]
    assert bends == sorted(bends)
    assert len(set(bends)) == levels
    assert (bends[0], bends[-1]) == (smile(1, 4), smile(4, 4))
    assert bends[0] < 0 < bends[-1]


@pytest.mark.parametrize(("level", "levels"), [(0, 4), (5, 4), (1, 1)])
def test_a_level_that_the_scale_does_not_have_is_refused(level: int, levels: int) -> None:
    with pytest.raises(ValueError, match="face-level"):
        faces.symbol(level, levels)
