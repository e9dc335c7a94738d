"""The regions of the map as a list, the lowest first, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.ikm import Band
from survey_app.services.province.by_region import ByRegion, RegionIndex
from survey_app.ui import marks, region_map
from survey_app.ui.marks import Scale
from survey_app.ui.words import language, t
from survey_app.wording import numbers, region_words
from survey_app.wording.voice import Voice


def html(found: ByRegion, bands: Sequence[Band]) -> str:
    """A table of the regions that have a value, over the lines between letters; nothing without any."""
    measured = found.measured
    if not measured:
        return ""
    scale = Scale.of(
        [end for r in measured if r.index is not None for end in r.index.estimate.interval or ()]
    )
    columns = [("v", "IKM"), ("i", t("Selang 95%", "95% interval")), ("n", "Unit")]
    cells = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for css, name in columns)
    head = f'<th scope="col">{escape(t("Daerah", "Region"))}</th><td>{marks.axis(bands, scale)}</td>{cells}'
    body = "".join(_row(region, scale) for region in measured)
    return (
        f'<table class="sides short"><thead><tr>{head}</tr></thead>'
        f'<tbody style="{marks.limits_of(bands, scale)}">{body}</tbody></table>'
    )


def _row(region: RegionIndex, scale: Scale) -> str:
    estimate = None if region.index is None else region.index.estimate
    if estimate is None:
        return ""
    lang, letter = language(), region_words.letter(region)
    address = escape(region_map.units_of(region.region.code), quote=True)
    value = escape(region_words.value(region, Voice(lang)))
    return (
        f'<tr><th scope="row"><a href="{address}" target="_self">{escape(region.region.name)}</a></th>'
        f'<td class="pl">{marks.plot(estimate.value, estimate.interval, letter, scale)}</td>'
        f'<td class="v"><b>{value}</b> <b class="m{letter or "x"}">{letter or ""}</b></td>'
        f'<td class="i">{escape(numbers.interval(estimate.interval, lang, 1))}</td>'
        f'<td class="n">{escape(numbers.whole(region.units, lang))}</td></tr>'
    )
