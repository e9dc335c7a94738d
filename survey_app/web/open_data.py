"""Published results as open data: CSV with a row per value, JSON with the respondents too."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analytics.disclosure import MINIMUM
from analytics.ikm import IkmResult, Interval, UnsurResult
from survey_app.services.disclosure.public_recaps import PublicRecap
from survey_app.services.disclosure.public_results import PublicResult
from survey_app.services.files.csv_text import never_a_formula
from survey_app.services.ikm.profiles import ShownProfile
from survey_app.text import Text

#: Columns of the CSV and keys of the JSON, with what they mean.
FIELDS: Mapping[str, Text] = {
    "unit": Text("kode unit layanan", "code of the service unit"),
    "period": Text(
        "periode: 2026, 2026-S1, 2026-TW3, atau 2026-07", "period: 2026, 2026-S1, 2026-TW3 or 2026-07"
    ),
    "first_day": Text("hari pertama periode", "first day of the period"),
    "last_day": Text("hari terakhir periode", "last day of the period"),
    "version": Text("versi publikasi, mulai dari 1", "version of the publication, starting at 1"),
    "published_at": Text("saat dipublikasikan (ISO 8601)", "time of publication (ISO 8601)"),
    "sha256": Text("kode keaslian data", "authenticity code of the data"),
    "instrument": Text("kuesioner dan versinya", "questionnaire and its version"),
    "unsur": Text(
        "kode unsur; kosong untuk nilai unit",
        "code of the service element (unsur); empty for the unit's score",
    ),
    "name": Text("nama unsur", "name of the service element"),
    "n": Text(
        "jumlah responden, atau yang menjawab unsur itu",
        "number of respondents, or of those who answered about the element",
    ),
    "population": Text(
        "jumlah warga yang dilayani pada periode itu", "number of people served in the period"
    ),
    "nrr": Text("nilai rata-rata unsur", "mean of the service element"),
    "ikm": Text(
        "nilai kepuasan warga pada skala 25–100, dua desimal",
        "satisfaction score on the scale 25–100, two decimals",
    ),
    "mutu": Text("huruf mutu menurut kuesioner yang dipakai", "grade according to the questionnaire used"),
    "ci_low": Text(
        "batas bawah perkiraan rentang nilai (keyakinan 95%)", "lower end of the 95% confidence interval"
    ),
    "ci_high": Text(
        "batas atas perkiraan rentang nilai (keyakinan 95%)", "upper end of the 95% confidence interval"
    ),
    "reason": Text("mengapa nilai, rentang, atau mutu tidak ada", "why a score, range or grade is missing"),
}
#: The reason of what is hidden.
HIDDEN = f"fewer-than-{MINIMUM}"


def csv_text(results: Sequence[PublicResult]) -> str:
    """One row per period for the unit and one per unsur, empty where there is no value."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    for result in results:
        for row in (whole(result), *_per_unsur(result)):
            # Codes are safe today; what somebody typed would not be.
            writer.writerow({name: never_a_formula(cell) for name, cell in (_common(result) | row).items()})
    return text.getvalue()


def json_text(unit_code: str, results: Sequence[PublicResult]) -> str:
    """`{"unit", "minimum", "fields", "periods": [{..., "unsur": [...], "respondents": [...]}]}`."""
    data = {
        "unit": unit_code,
        "minimum": MINIMUM,
        "fields": {name: {"id": text.id, "en": text.en} for name, text in FIELDS.items()},
        "periods": [of_period(result) for result in results],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def of_period(result: PublicResult) -> dict[str, Any]:
    """A published period with its unsur and respondents."""
    common = {name: value for name, value in _common(result).items() if name != "unit"}
    value = {name: value for name, value in whole(result).items() if name != "unsur"}
    respondents = [_respondents(profile) for profile in result.respondents]
    return {**common, **value, "unsur": list(_per_unsur(result)), "respondents": respondents}


def _common(result: PublicResult) -> dict[str, Any]:
    return {"unit": result.unit_code, **edition(result), "instrument": result.instrument.ref}


def edition(result: PublicResult | PublicRecap) -> dict[str, Any]:
    """Which version of which period it is."""
    return {
        "period": str(result.period),
        "first_day": result.period.first_day.isoformat(),
        "last_day": result.period.last_day.isoformat(),
        "version": result.version,
        "published_at": result.published_at.isoformat(),
        "sha256": result.sha256,
    }


def whole(result: PublicResult) -> dict[str, Any]:
    """The value of the unit, or why there is none."""
    score = result.score
    if score is None:
        return {"unsur": "", "n": None, "population": None, "ikm": None, "mutu": None, "reason": HIDDEN}
    return {
        "unsur": "",
        "n": score.n,
        "population": score.population,
        "ikm": None if score.ikm is None else float(score.ikm),
        "mutu": score.mutu,
        **interval_ends(score.interval),
        "reason": _reason(score),
    }


def interval_ends(interval: Interval | None) -> dict[str, float | None]:
    """Both ends with two decimals."""
    low, high = interval or (None, None)
    return {
        "ci_low": None if low is None else round(low, 2),
        "ci_high": None if high is None else round(high, 2),
    }


def _reason(score: IkmResult) -> str | None:
    reason = score.reason("ikm") or score.reason("interval")
    return None if reason is None else reason.value


def _per_unsur(result: PublicResult) -> Iterator[dict[str, Any]]:
    for i, element in enumerate(result.instrument.elements):
        names = {"unsur": element.key, "name": element.name.id}
        yield names | (_hidden() if result.unsur is None else of_unsur(result.unsur[i]))


def _hidden() -> dict[str, Any]:
    return {"n": None, "nrr": None, "ikm": None, "mutu": None, "reason": HIDDEN}


def of_unsur(unsur: UnsurResult) -> dict[str, Any]:
    """The value of an unsur, or why there is none."""
    return {
        "n": unsur.n,
        "nrr": None if unsur.exact is None else round(float(unsur.exact), 4),
        "ikm": None if unsur.ikm is None else float(unsur.ikm),
        "mutu": unsur.mutu,
        "reason": "no-answers" if unsur.ikm is None else None,
    }


def _respondents(profile: ShownProfile) -> dict[str, Any]:
    """Counts by option; null is hidden, and the empty key is "tidak diisi"."""
    counts = {option.key: n for option, n in profile.counts}
    return {"field": profile.field.key, "counts": counts | {"": profile.unanswered}}
