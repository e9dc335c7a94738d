"""What /hasil shows as open data: a row per published recap, and one per unit that has published."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analytics import half_up
from analytics.disclosure import MINIMUM
from survey_app.services.disclosure.public_recaps import PublicRecap
from survey_app.services.disclosure.public_results import PublicResult
from survey_app.services.files.csv_text import never_a_formula
from survey_app.services.province.grading import why_not_ordinary
from survey_app.text import Text
from survey_app.web import open_data

_SHARED = ("period", "first_day", "last_day", "version", "published_at", "sha256")
_VALUES = ("ikm", "mutu", "ci_low", "ci_high", "reason")
#: Columns of the CSV and keys of the JSON, with what they mean.
FIELDS: Mapping[str, Text] = {
    "kind": Text(
        "province (hasil provinsi), agency (hasil instansi), atau unit (periode terakhir suatu unit layanan)",
        "province (results of the province), agency (results of an agency) or unit (latest period of a "
        "service unit)",
    ),
    "agency": Text("nama instansi; kosong untuk provinsi", "name of the agency; empty for the province"),
    "unit": Text(
        "kode unit layanan; kosong untuk provinsi dan instansi",
        "code of the service unit; empty for province and agency",
    ),
    "name": Text("nama unit layanan", "name of the service unit"),
    **{name: open_data.FIELDS[name] for name in _SHARED},
    "method": Text(
        "cara menggabungkan unit: mean-of-units, rata-rata nilai unit",
        "how units are combined: mean-of-units, the mean of their scores",
    ),
    "units_reporting": Text("jumlah unit yang memiliki nilai", "number of units with a score"),
    "units_total": Text("jumlah semua unit", "number of all units"),
    "n": Text("jumlah responden yang menjadi dasar nilai itu", "number of respondents behind the score"),
    **{name: open_data.FIELDS[name] for name in _VALUES},
}


def csv_text(recaps: Sequence[PublicRecap], units: Sequence[PublicResult]) -> str:
    """One row per published period of a recap, and one per unit; empty where there is no value."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    # Names are whatever somebody typed.
    writer.writerows(
        {name: never_a_formula(cell) for name, cell in row.items()} for row in _rows(recaps, units)
    )
    return text.getvalue()


def json_text(recaps: Sequence[PublicRecap], units: Sequence[PublicResult]) -> str:
    """`{"minimum", "fields", "results": [...]}`, a result per row of the CSV."""
    data = {
        "minimum": MINIMUM,
        "fields": {name: {"id": text.id, "en": text.en} for name, text in FIELDS.items()},
        "results": [{name: row.get(name) for name in FIELDS} for row in _rows(recaps, units)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _rows(recaps: Sequence[PublicRecap], units: Sequence[PublicResult]) -> Iterator[dict[str, Any]]:
    yield from (of_recap(recap) for recap in sorted(recaps, key=lambda r: r.agency is not None))
    yield from (of_unit(unit) for unit in units)


def of_recap(recap: PublicRecap) -> dict[str, Any]:
    """A published recap by its fields; what is not said of it is left out."""
    kind = {"kind": "province"} if recap.agency is None else {"kind": "agency", "agency": recap.agency.name}
    row = {**kind, **open_data.edition(recap)}
    if recap.index is None:
        return {**row, "reason": open_data.HIDDEN}
    estimate, covered = recap.index.estimate, recap.index.coverage
    why = why_not_ordinary(recap.index)
    return {
        **row,
        "method": recap.index.method.value,
        "units_reporting": covered.reporting,
        "units_total": covered.total,
        "n": recap.index.n,
        "ikm": None if estimate.exact is None else float(half_up(estimate.exact)),
        "mutu": None if recap.index.band is None else recap.index.band.mutu,
        **open_data.interval_ends(estimate.interval),
        "reason": None if why is None else why.value,
    }


def of_unit(unit: PublicResult) -> dict[str, Any]:
    """The same of a published period of a unit."""
    names = {"kind": "unit", "agency": unit.agency, "unit": unit.unit_code, "name": unit.unit}
    value = open_data.whole(unit)
    shown = {name: value[name] for name in ("n", *_VALUES) if name in value}
    return {**names, **open_data.edition(unit), **shown}
