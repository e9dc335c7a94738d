"""Which characters the report's fonts can show; run as a module it prints coverage.json."""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types

from survey_app.reports.typesetting.printable import FONTS


def coverage(folder: Path = FONTS) -> list[list[int]]:
    """[first, last] of every run of characters that all fonts of `folder` have, controls excepted."""
    tables = [set(TTFont(path).getBestCmap()) for path in sorted(folder.glob("*.ttf"))]
    ranges: list[list[int]] = []
    for point in sorted(p for p in set.intersection(*tables) if p >= ord(" ")):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


if __name__ == "__main__":
    print(json.dumps(coverage()))
