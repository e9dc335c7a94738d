"""The faces: gladder with every level, silent for screen readers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from survey_app.ui.faces import face


@pytest.mark.parametrize("levels", [4, 6])
def test_every_level_is_gladder_than_the_one_before(levels: int) -> None:
    bends = []
    for level in range(1, levels + 1):
        mouth = re.search(r"M15 ([\d.]+)Q24 ([\d.]+)", face(level, levels))
        assert mouth is not None
        bends.append(float(mouth[2]) - float(mouth[1]))
    assert bends == sorted(bends)
    assert bends[0] < 0 < bends[-1]


def test_a_face_is_a_drawing_that_screen_readers_pass_over() -> None:
    root = ElementTree.fromstring(face(1))
    assert root.attrib["aria-hidden"] == "true"
