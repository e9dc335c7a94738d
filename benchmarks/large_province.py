"""500 units, 36 months, 10 million answers: the roll-up made directly, every 50th answer stored as a row.

The answers stay in memory as integers, so that the same numbers can be computed from raw rows beside it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.random import Generator
from numpy.typing import NDArray
from sqlalchemy import Connection

from analytics.ikm import Moments
from analytics.period import Period
from benchmarks.sheets import Users
from survey_app.instruments import DATA
from survey_app.services.demo import staff
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import snapshot
from survey_app.services.publishing.snapshot import Snapshot
from survey_app.services.schedules import ordered
from survey_app.storage import folding, places, publications
from survey_app.storage.database import Database, open_database
from survey_app.storage.rollup import Cell
from survey_app.storage.tables import tail

UNITS, AGENCIES = 500, 50
MONTHS = [year * 100 + month for year in (2024, 2025, 2026) for month in range(1, 13)]
NOW = datetime(2026, 12, 31, 3, tzinfo=UTC)
LAST_QUARTER, LAST_YEAR = Period.parse("2026-TW4"), Period.parse("2026")
#: One answer in so many is stored as a row, and one in so many rows has a comment.
SAMPLED, COMMENTED = 50, 8
_PROFILE = {"jenis_kelamin": "P", "usia": "26-35"}
INSTRUMENT = "skm-2017@1"


@dataclass(frozen=True)
class Province:
    """The database, and all answers: `unit` (from 0), `month` (place in MONTHS) and nine scores a row."""

    database: Database
    answers: pd.DataFrame


def build(path: Path, responses: int, seed: int = 1) -> Province:
    """Fill a new database at `path` with `responses` answers, volumes, staff, publications and schedules."""
    rng = np.random.default_rng(seed)
    database = open_database(f"sqlite:///{path}")
    for agency in range(AGENCIES):
        catalogue.create_agency(database, ADMIN, f"opd-{agency}", f"Dinas Nomor {agency}")
    for unit in range(UNITS):
        name = f"UPTD Pelayanan Nomor {unit}"
        catalogue.create_unit(
            database, ADMIN, f"opd-{unit % AGENCIES}", f"u{unit}", name, time_zone="Asia/Makassar"
        )
    entries = sorted(catalogue.list_units(database, PROVINCE), key=lambda e: e.unit.id)
    levels = rng.normal(82, 5, UNITS)
    answers = _answers(responses, levels, rng)
    database.write(partial(_insert, rows=_rows(answers, entries, rng)))
    cells = _cells(answers, entries)
    database.write(partial(_fold, cells=cells))
    _rest(database, entries, levels, answers)
    return Province(database, answers)


def _answers(responses: int, levels: NDArray[np.float64], rng: Generator) -> pd.DataFrame:
    """Sorted by unit and month, every cell of about the same size, some units rising and some falling."""
    sheets, yearly = [], responses // (UNITS * 3)
    for level in levels:
        slope = rng.normal(0.3, 1)
        sheets += [Users.at(float(level + slope * year)).answer(rng, yearly) for year in range(3)]
    scores = np.concatenate(sheets)
    frame = pd.DataFrame(scores, columns=[f"u{i}" for i in range(1, 10)])
    frame.insert(0, "month", (np.arange(len(frame)) * 36 // (len(frame) // UNITS) % 36).astype(np.int8))
    frame.insert(0, "unit", np.repeat(np.arange(UNITS, dtype=np.int16), len(frame) // UNITS))
    return frame


def _cells(answers: pd.DataFrame, entries: list[UnitEntry]) -> list[Cell]:
    scores = answers.to_numpy()[:, 2:]
    key = answers["unit"].to_numpy().astype(np.int64) * 36 + answers["month"].to_numpy()
    cuts = np.searchsorted(key, np.arange(UNITS * 36 + 1))
    return [_cell(entries[i // 36], MONTHS[i % 36], scores[cuts[i] : cuts[i + 1]]) for i in range(UNITS * 36)]


def _cell(entry: UnitEntry, month: int, sheets: NDArray[np.int8]) -> Cell:
    profile = {field: {option: len(sheets)} for field, option in _PROFILE.items()}
    key = (entry.unit.id, month, entry.services[0].id, INSTRUMENT)
    return Cell.of(key, Moments.from_answers(sheets), profile)


def _rows(answers: pd.DataFrame, entries: list[UnitEntry], rng: Generator) -> list[tuple[Any, ...]]:
    texts = [t for listed in _comments().values() for t in listed]
    profile = json.dumps(_PROFILE, separators=(",", ":"))
    rows = []
    for number, row in enumerate(answers.iloc[::SAMPLED].to_numpy().tolist()):
        entry, month = entries[row[0]], MONTHS[row[1]]
        moment = f"{month // 100}-{month % 100:02d}-{number % 27 + 1:02d} {number % 9:02d}:00:00.000000"
        text = f"{texts[int(rng.integers(len(texts)))]} {number}" if number % COMMENTED == 0 else None
        scores = "".join(map(str, row[2:]))
        rows.append(
            (
                f"{number:032x}",
                entry.unit.id,
                entry.services[0].id,
                scores,
                profile,
                text,
                moment,
                moment,
                month,
            )
        )
    return rows


def _comments() -> dict[str, list[str]]:
    data = json.loads((DATA / "demo/province.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = data["comments"]
    return found


def _insert(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    columns = (
        "id, unit_id, service_id, instrument, scores, profile, comment, channel, answered_at, received_at,"
        " time_source, month"
    )
    values = f"?, ?, ?, '{INSTRUMENT}', ?, ?, ?, 'web', ?, ?, 'server', ?"
    connection.exec_driver_sql(f"INSERT INTO response ({columns}) VALUES ({values})", rows)


def _fold(connection: Connection, cells: list[Cell]) -> None:
    """The cells of all answers, of which the stored ones are a part."""
    connection.execute(sa.delete(tail))
    folding.add(connection, cells)


def _rest(
    database: Database, entries: list[UnitEntry], levels: NDArray[np.float64], answers: pd.DataFrame
) -> None:
    volumes = [
        (e.unit.id, e.services[0].id, f"{month // 100}-{month % 100:02d}", 5000)
        for e in entries
        for month in MONTHS
    ]
    database.write(partial(places.set_volumes, rows=volumes))
    spread = ((levels - levels.mean()) / levels.std()).tolist()
    staff.load(database, [(e.unit.id, x) for e, x in zip(entries, spread, strict=True)], NOW, 7)
    for agency in range(AGENCIES):
        ordered.add(database, ADMIN, Scope(agency=f"opd-{agency}"), "id", Period.parse("2026-TW1"))
    quarter = answers[answers["month"] >= 33]
    for unit, sheets in quarter.groupby("unit"):
        _publish(database, entries[int(str(unit))], sheets.to_numpy()[:, 2:].astype(np.int64))


def _publish(database: Database, entry: UnitEntry, sheets: NDArray[np.int64]) -> None:
    """As `unit_publishing.publish` does, from the sheets in memory: only a sample of them is in the table."""
    result = results.unit_result(database, entry.unit.code, LAST_QUARTER, within=PROVINCE)
    written = snapshot.dump(Snapshot(result=result, sheets=sheets, text={"id": {}, "en": {}}, comments=None))
    digest = hashlib.sha256(written.encode()).hexdigest()
    database.write(
        lambda connection: publications.append(
            connection, entry.unit.id, str(LAST_QUARTER), NOW, written, digest
        )
    )
