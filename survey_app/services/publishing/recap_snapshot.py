"""A recap as canonical JSON, and back, as `snapshot` does for a unit: the inputs, and the official numbers.

Reading fails when a number cannot be computed again from the inputs, or an instrument is not the one that
was published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from analytics import Period
from survey_app import instruments
from survey_app.services.ikm import answer_files
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.province.overview import Overview
from survey_app.services.province.summary import summarise
from survey_app.services.publishing.recap import CommentCount, Recap, StaffLine, StaffYear
from survey_app.services.publishing.snapshot import raising_unreadable
from survey_app.services.publishing.stored_period import period_data, period_result, unreadable
from survey_app.storage.places import Agency, Unit

#: 1 grades the index by the table of 2017, as all did at first, whatever the questionnaires say; 2 by the
#: table of the questionnaires. What was published keeps its letter, so both are read, and where both tables
#: are the same it is 1: equal content is equal text.
_BY_2017, _BY_QUESTIONNAIRES = 1, 2
_RULES_OF_2017 = "skm-2017@1"

_UNIT = ("code", "name", "time_zone", "instrument", "active")


def dump(recap: Recap) -> str:
    """`recap` as canonical JSON: equal content is equal text, whatever the database numbered it."""
    units = recap.overview.units
    used = sorted({unit.instrument.ref for unit in units})
    content = {
        "format": _BY_2017 if _graded_by_2017(recap) else _BY_QUESTIONNAIRES,
        "agency": None if recap.agency is None else _agency_data(recap.agency),
        "period": str(recap.period),
        "instruments": {ref: instruments.locked(ref) for ref in used},
        "units": [_unit_data(unit) for unit in units],
        "comments": [[c.unsur, c.kind, c.count] for c in recap.comments],
        "staff": None if recap.staff is None else _staff_data(recap.staff),
        "official": _official(recap),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@raising_unreadable()
def load(text: str) -> Recap:
    """The recap that `dump` wrote.

    Raises:
        StorageError: `snapshot-unreadable`, `snapshot-format`, `snapshot-instrument`, `snapshot-result`.
    """
    data = json.loads(text)
    if data["format"] not in (_BY_2017, _BY_QUESTIONNAIRES):
        raise unreadable("snapshot-format", f"format {data['format']}")
    for ref, fingerprint in data["instruments"].items():
        if instruments.locked(ref) != fingerprint:
            raise unreadable("snapshot-instrument", ref)
    recap = Recap(
        None if data["agency"] is None else Agency(0, **data["agency"]),
        Overview(Period.parse(data["period"]), tuple(_unit(unit) for unit in data["units"])),
        tuple(CommentCount(*counted) for counted in data["comments"]),
        None if data["staff"] is None else _staff(data["staff"]),
        instruments.get(_RULES_OF_2017) if data["format"] == _BY_2017 else None,
    )
    if _official(recap) != data["official"]:
        raise unreadable("snapshot-result", data["period"])
    return recap


def _graded_by_2017(recap: Recap) -> bool:
    table = instruments.get(_RULES_OF_2017).bands
    own = (unit.instrument.bands for unit in recap.overview.units)
    return recap.graded_by is not None or all(bands == table for bands in own)


def _official(recap: Recap) -> dict[str, Any]:
    """The index that must come out again, as a fraction, with what it covers."""
    index = summarise(recap.overview, graded_by=recap.graded_by).index
    return {
        "exact": None if index.estimate.exact is None else str(index.estimate.exact),
        "mutu": None if index.band is None else index.band.mutu,
        "n": index.n,
        "units": [index.coverage.reporting, index.coverage.total],
    }


def _agency_data(agency: Agency) -> dict[str, str]:
    return {"code": agency.code, "name": agency.name}


def _unit_data(result: UnitResult) -> dict[str, Any]:
    return {
        "agency": _agency_data(result.entry.agency),
        "unit": {name: getattr(result.entry.unit, name) for name in _UNIT} | _region_data(result),
        "instrument": result.instrument.ref,
        "trend": [period_data(period) for period in result.trend],
        "others": [list(pair) for pair in result.others],
        # Left out where the unit has no files, and before files could be withdrawn.
        **answer_files.as_data(result.files, *(period.period for period in result.trend)),
    }


def _region_data(result: UnitResult) -> dict[str, str]:
    """Left out where the unit has none, and before regions were kept."""
    region = result.entry.unit.region
    return {} if region is None else {"region": region}


def _unit(data: Mapping[str, Any]) -> UnitResult:
    """The unit as it was then; a snapshot has no row numbers, and a recap no respondents' profiles."""
    entry = UnitEntry(Agency(0, **data["agency"]), Unit(id=0, agency_id=0, **data["unit"]), ())
    instrument = instruments.get(data["instrument"])
    trend = tuple(period_result(period, instrument) for period in data["trend"])
    others = tuple((str(ref), int(n)) for ref, n in data["others"])
    return UnitResult(
        entry=entry,
        service=None,
        instrument=instrument,
        trend=trend,
        respondents=(),
        others=others,
        files=answer_files.from_data(data),
    )


def _staff_data(staff: StaffYear) -> dict[str, Any]:
    return {
        "year": staff.year,
        "rulesets": list(staff.rulesets),
        "whole": _line_data(staff.whole),
        "agencies": [_line_data(line) for line in staff.agencies],
    }


def _line_data(line: StaffLine) -> dict[str, Any]:
    return asdict(line) | {"value": None if line.value is None else str(line.value)}


def _staff(data: Mapping[str, Any]) -> StaffYear:
    agencies = tuple(_line(line) for line in data["agencies"])
    return StaffYear(data["year"], tuple(data["rulesets"]), _line(data["whole"]), agencies)


def _line(data: Mapping[str, Any]) -> StaffLine:
    value = None if data["value"] is None else Decimal(data["value"])
    return StaffLine(**{**data, "value": value, "recorded": tuple(data["recorded"])})
