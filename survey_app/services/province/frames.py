"""Results as data frames, for analysts who go on in a notebook or a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from survey_app.services.files.csv_text import never_a_formula
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult


def units_frame(results: Iterable[UnitResult]) -> pd.DataFrame:
    """One row per unit and period with its index, interval and NRR per unsur.

    Columns: agency, unit, name, period, instrument, n, population, ikm, mutu, se, ci_low, ci_high, reason,
    n_other_instruments (answers of the period to other questionnaires, which this result leaves out), and
    nrr_<key> for every unsur of any questionnaire. Undefined is missing (NA), and `reason` says why; an
    unsur that a questionnaire does not ask is missing too, and what may not be told of few people.
    """
    rows = pd.DataFrame([_row(result) for result in results])
    return rows.astype({"n": "Int64", "population": "Int64"}).convert_dtypes() if len(rows) else rows


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as XLSX, or as CSV for any other ending; no text of it becomes a formula."""
    path.write_bytes(frame_bytes(frame, xlsx=path.suffix.lower() == ".xlsx"))


def frame_bytes(frame: pd.DataFrame, *, xlsx: bool) -> bytes:
    """The same as the bytes of a file, XLSX or CSV."""
    if not xlsx:
        return frame.map(never_a_formula).to_csv(index=False).encode()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        frame.to_excel(book, index=False)
    return file.getvalue()


def _row(result: UnitResult) -> dict[str, object]:
    score = result.score
    low, high = score.interval or (None, None)
    reason = score.reason("ikm") or score.reason("unsur") or score.reason("interval")
    return {
        "agency": result.entry.agency.code,
        "unit": result.entry.unit.code,
        "name": result.entry.unit.name,
        "period": str(result.period),
        "instrument": result.instrument.ref,
        "n": narrowed.people(score),
        "population": score.population,
        "ikm": None if score.ikm is None else float(score.ikm),
        "mutu": score.mutu,
        "se": score.se,
        "ci_low": low,
        "ci_high": high,
        "reason": None if reason is None else reason.value,
        "n_other_instruments": sum(n for _, n in result.others),
        **{f"nrr_{key}": nrr for key, nrr in zip(result.instrument.keys, score.nrr, strict=True)},
    }
