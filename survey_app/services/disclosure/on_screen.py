"""Units side by side on a page, for who does not see what stays inside."""

from __future__ import annotations

from dataclasses import replace

from survey_app.services.ikm import narrowed
from survey_app.services.province.overview import Overview


def without_few(all_units: Overview) -> Overview:
    """No period in which fewer than `disclosure.MINIMUM` people answered has a value, nor one of its unsur.

    What is computed of these units then tells of the others only. Unlike a report it is not held beside what
    was published before: nothing of it leaves the office.
    """
    units = (
        replace(unit, trend=tuple(narrowed.period(part) for part in unit.trend), respondents=())
        for unit in all_units.units
    )
    return replace(all_units, units=tuple(units))
