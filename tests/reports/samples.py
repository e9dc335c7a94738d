"""Units with answers, as reports meet them; everything goes in through the services."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from analytics.period import Period
from survey_app import instruments
from survey_app.reports.unit.report import UnitReport
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import (
    Channel,
    Rejection,
    Submission,
    TimeSource,
    prepare,
)
from survey_app.services.disclosure import outgoing
from survey_app.services.ikm import results
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN, Acting
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import bulk, folding, imports, responses, rollup
from survey_app.storage.database import Connection, Database, open_database
from survey_app.storage.responses import NewResponse
from survey_app.storage.rollup import Cell
from survey_app.text import Language

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
MADE_AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
PUBLISHED = Path(__file__).parents[2] / "data/published/skm.json"


def sekadau_rows() -> list[list[int]]:
    """The 49 respondents of Sekadau's published processing table, semester I 2019."""
    cases = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    rows: list[list[int]] = next(c["raw_rows"] for c in cases if "Sekadau" in c["agency"])
    return rows


def create_agency(database: Database, code: str, name: str) -> None:
    catalogue.create_agency(database, ADMIN, code, name)


def create_unit(
    database: Database,
    code: str,
    name: str,
    *,
    agency: str = "Kabupaten Sekadau",
    instrument: str = "skm-2017@1",
) -> None:
    agency_code = catalogue.slug(agency)
    if not any(a.code == agency_code for a in catalogue.list_agencies(database)):
        catalogue.create_agency(database, ADMIN, agency_code, agency)
    catalogue.create_unit(
        database, ADMIN, agency_code, code, name, time_zone="Asia/Pontianak", instrument=instrument
    )


def change_form(database: Database, code: str, instrument: str) -> None:
    """From now on the unit asks another questionnaire."""
    catalogue.choose_instrument(database, ADMIN, code, instrument)


def insert(
    database: Database,
    code: str,
    rows: Sequence[Sequence[int]],
    month: str,
    profiles: Sequence[dict[str, str]] = ({},),
    service: str | None = None,
) -> None:
    """Rows of scores, 0 for not answered, as imported answers of `month`; profiles are repeated in turn."""
    new = _checked(database, code, rows, month, profiles, service)
    database.write(lambda connection: responses.insert_many(connection, new))


def answered(
    database: Database,
    code: str,
    rows: Sequence[Sequence[int]],
    month: str,
    channel: Channel,
    *,
    profiles: Sequence[dict[str, str]] = ({},),
    service: str | None = None,
) -> None:
    """The same as given in one way of answering; each call adds its own."""
    new = _checked(database, code, rows, month, profiles, service)
    given = [replace(r, id=uuid7(r.answered_at), channel=channel.value) for r in new]
    database.write(lambda connection: responses.insert_many(connection, given))


def file(
    database: Database, code: str, rows: Sequence[Sequence[int]], month: str, digest: str
) -> tuple[int, list[Cell]]:
    """The same as a file of a unit, whose answers count together; its number and sums, to withdraw it."""
    entry = unit_entry.find(database, code)
    assert entry is not None
    new = [replace(r, id=uuid7(r.answered_at)) for r in _checked(database, code, rows, month, ({},), None)]
    sums = rollup.sums_of(new)
    ready = bulk.ready(database.engine.dialect, new)

    def write(connection: Connection) -> int:
        number = imports.begin(connection, entry.unit.id, digest * 64, MADE_AT - timedelta(days=1))
        bulk.append(connection, ready.placed(import_id=number))
        folding.count_import(connection, number, sums)
        return number

    return database.write(write), sums


def _checked(
    database: Database,
    code: str,
    rows: Sequence[Sequence[int]],
    month: str,
    profiles: Sequence[dict[str, str]],
    service: str | None,
) -> list[NewResponse]:
    context = unit_entry.find(database, code)
    assert context is not None
    keys = instruments.get(context.unit.instrument).keys
    day = Period.parse(month).first_day
    when = datetime(day.year, day.month, 15, 4, 0, tzinfo=UTC)
    checked = [
        prepare(
            context,
            Submission(
                id=_uuid7(code, month, i),
                unit=code,
                answers={key: score or None for key, score in zip(keys, row, strict=True)},
                channel=Channel.IMPORT,
                service=service,
                profile=profiles[i % len(profiles)],
                client_time=when,
                time_source=TimeSource.PERIOD,
            ),
            NOW,
        )
        for i, row in enumerate(rows)
    ]
    new = [c for c in checked if not isinstance(c, Rejection)]
    assert len(new) == len(rows), [c for c in checked if isinstance(c, Rejection)][:1]
    return new


def comment(database: Database, code: str, text: str, month: str) -> None:
    """One answer of all 3 with a comment, in `month`."""
    context = unit_entry.find(database, code)
    assert context is not None
    keys = instruments.get(context.unit.instrument).keys
    day = Period.parse(month).first_day
    when = datetime(day.year, day.month, 16, 4, 0, tzinfo=UTC)
    source = TimeSource.PERIOD
    made = Submission(
        id=uuid7(when),
        unit=code,
        answers=dict.fromkeys(keys, 3),
        channel=Channel.IMPORT,
        comment=text,
        client_time=when,
        time_source=source,
    )
    checked = prepare(context, made, NOW)
    assert not isinstance(checked, Rejection), checked.problems
    database.write(lambda connection: responses.insert_many(connection, [checked]))


def sekadau(database: Database) -> None:
    """The published rows as unit "sekadau"."""
    create_unit(database, "sekadau", "Dinas Kependudukan dan Pencatatan Sipil")
    insert(database, "sekadau", sekadau_rows(), "2019-06", profiles(49))


def random_rows(
    n: int, k: int = 9, *, seed: int = 1, chances: Sequence[float] = (0.02, 0.1, 0.5, 0.38)
) -> list[list[int]]:
    """`n` made-up sheets of `k` scores."""
    sheets: list[list[int]] = (
        np.random.default_rng(seed).choice([1, 2, 3, 4], size=(n, k), p=chances).tolist()
    )
    return sheets


def profiles(n: int, seed: int = 2) -> list[dict[str, str]]:
    """`n` made-up profiles; about one in eight questions is left out."""
    draw = np.random.default_rng(seed)
    fields = instruments.get("skm-2017@1").profile
    return [
        {f.key: f.options[draw.integers(len(f.options))].key for f in fields if draw.random() > 0.12}
        for _ in range(n)
    ]


def report(
    database: Database,
    code: str,
    period: str,
    language: Language = "id",
    service: str | None = None,
    edited: Mapping[str, str] | None = None,
    inside: Acting | None = ADMIN,
) -> UnitReport:
    """The report of a unit without its comments, made at a fixed moment; the internal edition by default."""
    result = results.unit_result(database, code, Period.parse(period), service, within=PROVINCE)
    paper = replace(outgoing.of_draft(database, result, inside), quotes=None)
    return UnitReport(paper=paper, made_at=MADE_AT, language=language, text=edited or {})


def opened(url: str) -> Database:
    return open_database(url)


def serve(database: Database, code: str, period: str, users: int) -> None:
    """Record users of the unit's default service."""
    catalogue.record_volume(database, ADMIN, code, "umum", Period.parse(period), users)


def _uuid7(code: str, month: str, i: int) -> UUID:
    """The same ids on every run, so that the same answers are the same responses."""
    seed = f"{code} {month} {i}".encode()
    bits = int.from_bytes(seed[-15:].rjust(16, b"\0")) & (2**128 - 1)
    return UUID(int=bits & ~(0xF << 76) & ~(0b11 << 62) | 0x7 << 76 | 0b10 << 62)
