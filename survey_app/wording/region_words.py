"""What a map of regions says in words: on its tiles, and for who cannot see it."""

from __future__ import annotations

from survey_app.services.province.by_region import ByRegion, RegionIndex
from survey_app.text import Text
from survey_app.wording.numbers import UNDEFINED
from survey_app.wording.voice import Voice

NO_UNIT = Text("belum ada unit", "no unit yet")
NO_VALUE = Text("belum ada nilai", "no score yet")
UNITS = Text("{n} unit", "units: {n}")
INTERVAL = Text("selang 95% {interval}", "95% interval {interval}")
ALT = Text("Peta daerah {province}. {regions}.", "Map of the regions of {province}. {regions}.")
OTHERS = Text(
    "{n} unit lain melayani seluruh provinsi dan tidak digambar di peta ini.",
    "Other units: {n}. They serve the whole province and are not on this map.",
)
MEANING = Text(
    "Nilai daerah adalah rata-rata IKM unit yang melayaninya. Kotak disusun menurut letak daerah, "
    "bukan menurut luasnya.",
    "The score of a region is the mean IKM of the units that serve it. Tiles stand as the regions lie, "
    "whatever their size.",
)


def value(region: RegionIndex, voice: Voice) -> str:
    """82,75, or a dash."""
    estimate = None if region.index is None else region.index.estimate
    return UNDEFINED if estimate is None or estimate.exact is None else voice.decimal(estimate.exact)


def letter(region: RegionIndex) -> str | None:
    """The letter of the region's value, where it has one."""
    band = None if region.index is None else region.index.band
    return None if band is None else band.mutu


def missing(region: RegionIndex) -> Text | None:
    """Why there is no value on the tile; None where there is one."""
    if region.units == 0 or region.index is None:
        return NO_UNIT
    return NO_VALUE if region.index.estimate.exact is None else None


def told(region: RegionIndex, voice: Voice) -> str:
    """Everything a tile says: Kota Bontang: 79,08 B, selang 95% 76,10–81,20, 2 unit."""
    without = missing(region)
    units = voice.text(UNITS.format(n=voice.count(region.units)))
    if without is not None or region.index is None:
        said = [voice.text(without or NO_VALUE), *([units] if region.units else [])]
    else:
        interval = region.index.estimate.interval
        said = [f"{value(region, voice)} {letter(region) or ''}".strip()]
        said += [] if interval is None else [voice.text(INTERVAL.format(interval=voice.interval(interval)))]
        said.append(units)
    return f"{region.region.name}: {', '.join(said)}"


def alt(found: ByRegion, voice: Voice) -> str:
    """The whole map."""
    every = "; ".join(told(region, voice) for region in found.regions)
    return voice.text(ALT.format(province=found.province.name, regions=every))
