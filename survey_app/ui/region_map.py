"""The map of regions: a tile for each kabupaten and kota in the colour of its letter, a way to its units."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from survey_app.services.province.by_region import ByRegion, RegionIndex
from survey_app.ui import layout, links, marks
from survey_app.ui.words import language, say
from survey_app.wording import region_words
from survey_app.wording.voice import Voice


def units_of(region: str, period: str | None = None) -> str:
    """The address of the units of a region, beside each other."""
    return links.page("/perbandingan", region=region, period=period)


def show(found: ByRegion, href: Callable[[str], str] = units_of, chosen: str = "") -> None:
    """Draw the map, and say whom it leaves out.

    Args:
        href: where a tile leads, by the code of its region.
        chosen: the code of the region that is looked at, if any.
    """
    layout.style("region_map")
    st.html(html(found, href, chosen))


def html(found: ByRegion, href: Callable[[str], str] = units_of, chosen: str = "") -> str:
    """The map itself, and below it what it stands on and whom it leaves out."""
    voice = Voice(language())
    columns = max(r.tile.column for r in found.regions)
    tiles = "".join(_tile(r, href, chosen, voice) for r in found.regions)
    others = [region_words.OTHERS.format(n=voice.count(found.others))] if found.others else []
    below = " ".join(say(text) for text in (region_words.MEANING, *others))
    return f'<div class="regions" style="--columns:{columns}">{tiles}</div><p class="s">{escape(below)}</p>'


def _tile(region: RegionIndex, href: Callable[[str], str], chosen: str, voice: Voice) -> str:
    told = escape(region_words.told(region, voice), quote=True)
    place = f"grid-area:{region.tile.row}/{region.tile.column}"
    name = f'<span class="tn">{escape(region.name)}</span>'
    missing = region_words.missing(region)
    if missing is not None:
        value = f'<span class="tv">{escape(say(missing))}</span>'
        tint = "no"
    else:
        letter = region_words.letter(region)
        units = escape(say(region_words.UNITS.format(n=voice.count(region.units))))
        of = f'<span class="of"> · {units}</span>'
        value = f'<span class="tv">{marks.graded(region_words.value(region, voice), letter)}{of}</span>'
        tint = f"t{letter or 'x'}"
    kind = f"tile {tint}{' chosen' if region.region.code == chosen else ''}"
    if region.units == 0:
        return f'<div class="{kind}" style="{place}" title="{told}">{name}{value}</div>'
    address = escape(href(region.region.code), quote=True)
    return (
        f'<a class="{kind}" style="{place}" href="{address}" target="_self" title="{told}"'
        f' aria-label="{told}">{name}{value}</a>'
    )
