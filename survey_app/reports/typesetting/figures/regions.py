"""The map of regions on paper and public pages: equal tiles, letters printed, never by colour alone."""

from __future__ import annotations

from survey_app.reports.typesetting.figures.svg import (
    GRADE,
    INK,
    LINE,
    MUTED,
    Figure,
    figure,
    rect,
    text,
    wrapped,
)
from survey_app.services.province.by_region import ByRegion, RegionIndex
from survey_app.wording import region_words
from survey_app.wording.voice import Voice

_WIDE, _HIGH, _GAP = 150, 64, 6
#: The tints of the letters, on which the one dark ink stands out (12 : 1 and more).
_TINT = {"A": "#d9e9e7", "B": "#e6f1ef", "C": "#f6ecdc", "D": "#ecdfd2"}


def region_tiles(found: ByRegion, voice: Voice) -> Figure:
    """A tile for each region: name, value, letter, interval, number of units."""
    columns = max(r.tile.column for r in found.regions)
    rows = max(r.tile.row for r in found.regions)
    shapes = [shape for region in found.regions for shape in _tile(region, voice)]
    wide, high = columns * (_WIDE + _GAP) - _GAP, rows * (_HIGH + _GAP) - _GAP
    return figure(wide, high, region_words.alt(found, voice), shapes)


def _tile(region: RegionIndex, voice: Voice) -> list[str]:
    left, top = (region.tile.column - 1) * (_WIDE + _GAP), (region.tile.row - 1) * (_HIGH + _GAP)
    letter, missing = region_words.letter(region), region_words.missing(region)
    name = wrapped(region.name, 21, most=1)[0]
    units = voice.text(region_words.UNITS.format(n=voice.count(region.units)))
    if missing is not None:
        edge = rect(left + 0.5, top + 0.5, _WIDE - 1, _HIGH - 1, "none", stroke=LINE, stroke_dasharray="4 3")
        said = [(voice.text(missing), MUTED, False), *([(units, MUTED, False)] if region.units else [])]
    else:
        tint, stroke = _TINT.get(letter or "", "#f3f6f8"), GRADE.get(letter or "", LINE)
        edge = rect(left + 0.5, top + 0.5, _WIDE - 1, _HIGH - 1, tint, stroke=stroke)
        interval = None if region.index is None else region.index.estimate.interval
        below = units if interval is None else f"{voice.interval(interval, 1)} · {units}"
        said = [
            (f"{region_words.value(region, voice)} {letter or ''}".strip(), INK, True),
            (below, MUTED, False),
        ]
    shapes = [edge, text(left + 10, top + 20, name, font_size=12)]
    for place, (line, fill, bold) in enumerate(said):
        shapes.append(text(left + 10, top + 37 + 15 * place, line, bold=bold, font_size=11 + bold, fill=fill))
    return shapes
