"""Questionnaires published in a database: appended, never altered, and found by whoever meets their ref."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.instruments import Kept
from survey_app.storage.availability import told_plainly
from survey_app.storage.tables import questionnaire


@dataclass(frozen=True)
class StoredQuestionnaire:
    """One version; `fingerprint` is the SHA-256 of `content`, canonical JSON. `role`: who published it."""

    id: str
    version: int
    content: str
    fingerprint: str
    published_at: datetime
    role: str


@dataclass(frozen=True, eq=False)
class DatabaseShelf:
    """The questionnaires of a database, as `survey_app.instruments` asks for them.

    `look` opens a connection of its own: what another process has published since a snapshot began is seen.
    It must not be one of those that whoever asks may hold: many who wait for a second one wait for ever.
    """

    look: Callable[[], AbstractContextManager[Connection]]

    def find(self, ref: str) -> Kept | None:
        """The questionnaire of a ref such as lokal.pasar@1; bytes that are no text are one of no content."""
        id_, version = ref.split("@")
        query = sa.select(questionnaire.c.content, questionnaire.c.fingerprint)
        query = query.where(questionnaire.c.id == id_, questionnaire.c.version == int(version))
        with self.look() as connection:
            try:
                # A database that is away is no damage.
                with told_plainly():
                    row = connection.execute(query).one_or_none()
            except sa.exc.DBAPIError:
                return Kept("", "")
        return None if row is None else Kept(*row)

    def refs(self) -> list[str]:
        """In the order in which they were published."""
        c = questionnaire.c
        query = sa.select(c.id, c.version).order_by(c.published_at, c.id, c.version)
        with self.look() as connection:
            return [f"{id_}@{version}" for id_, version in connection.execute(query)]


def append(connection: Connection, new: StoredQuestionnaire) -> str:
    """Store a version that is not there yet; the fingerprint under which it now stands."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(dialect.insert(questionnaire).values(vars(new)).on_conflict_do_nothing())
    query = sa.select(questionnaire.c.fingerprint)
    mine = (questionnaire.c.id == new.id, questionnaire.c.version == new.version)
    return str(connection.execute(query.where(*mine)).scalar_one())
