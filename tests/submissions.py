"""Submissions for tests: valid unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from survey_app import instruments
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Submission
from survey_app.storage.database import Database
from survey_app.storage.tables import response, unit

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
KEYS = instruments.get("skm-2017@1").keys


def submission(scores: Sequence[int] = (3,) * 9, **changes: Any) -> Submission:
    """A valid answer to the nine unsur of unit "ptsp", with `changes`."""
    answers = {key: score or None for key, score in zip(KEYS, scores, strict=True)}
    return replace(Submission(id=uuid7(NOW), unit="ptsp", answers=answers, channel=Channel.WEB), **changes)


def consents(database: Database, unit_code: str | None = None) -> list[int | None]:
    """The version of the consent text stored with each answer, of one unit or all, in order of arrival."""
    query = sa.select(response.c.consent_version).order_by(response.c.seq)
    if unit_code is not None:
        query = query.join(unit, unit.c.id == response.c.unit_id).where(unit.c.code == unit_code)
    with database.read() as connection:
        return list(connection.execute(query).scalars())


def stored(database: Database) -> int:
    """How many answers the table holds, asked of the table itself."""
    with database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(response)).scalar_one())
