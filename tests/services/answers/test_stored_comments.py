"""What was stored before comments were redacted at intake: numbers go, names and everything else stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from analytics.period import Period
from analytics.text.redaction import Personal
from survey_app.reports.unit import drafting
from survey_app.services.answers import intake, stored_comments
from survey_app.services.answers.stored_comments import Redaction
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import unit_publishing
from survey_app.services.voices import reading
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.storage.database import Connection, Database, open_database
from tests.submissions import NOW, submission

PERIOD = Period.parse("2026-11")
AS_WRITTEN = (
    "Bu Rina minta uang, WA 0812-3456-7890",
    "NIK 6472051204850003, hub. 741234",
    "Loket cepat",
    None,
)
REDACTED = ["Bu Rina minta uang, WA [telepon]", "NIK [NIK], hub. [telepon]", "Loket cepat", None]


@pytest.fixture
def stored_raw(database: Database, unit: UnitEntry) -> None:
    _store_raw(database)


def _store_raw(database: Database) -> None:
    """As intake left them before. A trigger keeps the rest of a response and lets a comment be changed."""

    def write(connection: Connection) -> None:
        rows = connection.execute(sa.text("SELECT seq FROM response ORDER BY seq")).scalars().all()
        for seq, text in zip(rows, AS_WRITTEN, strict=True):
            connection.execute(
                sa.text("UPDATE response SET comment = :text WHERE seq = :seq"), {"text": text, "seq": seq}
            )

    for text in AS_WRITTEN:
        sent = submission(comment=None if text is None else "Baik")
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    database.write(write)


def rows(database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        return [
            dict(row) for row in connection.execute(sa.text("SELECT * FROM response ORDER BY seq")).mappings()
        ]


@pytest.mark.usefixtures("stored_raw")
def test_numbers_go_and_nothing_else_of_an_answer_changes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_comments, "_TOGETHER", 2)  # more than one round
    before, expected = rows(database), Redaction(3, 2, {Personal.PHONE: 2, Personal.IDENTITY: 1})
    assert stored_comments.look_through(database, ADMIN, change=False) == expected
    assert rows(database) == before
    assert stored_comments.look_through(database, ADMIN, change=True) == expected
    assert [row["comment"] for row in rows(database)] == REDACTED
    assert [{**row, "comment": None} for row in rows(database)] == [
        {**row, "comment": None} for row in before
    ]
    assert stored_comments.look_through(database, ADMIN, change=True) == Redaction(3, 0, {})


@pytest.mark.usefixtures("stored_raw")
def test_results_and_publications_keep_every_byte(database: Database) -> None:
    result = results.unit_result(database, "ptsp", PERIOD, within=PROVINCE)
    raw = (CommentGroup(None, (("", 2),), ("Bu Rina, WA 0812-3456-7890",)),)
    published = unit_publishing.publish(database, ADMIN, result, {}, raw, NOW, running=True)
    stored_comments.look_through(database, ADMIN, change=True)
    after = results.unit_result(database, "ptsp", PERIOD, within=PROVINCE)
    assert after.current.moments.to_bytes() == result.current.moments.to_bytes()
    assert unit_publishing.published(database, "ptsp", PERIOD, within=PROVINCE).sha256 == published.sha256


@pytest.mark.usefixtures("stored_raw")
def test_what_is_published_next_quotes_neither_number_nor_name(database: Database) -> None:
    published = drafting.publish(database, ADMIN, "ptsp", PERIOD, NOW, running=True)
    quoted = [text for group in published.snapshot.comments or () for text in group.examples]
    assert set(quoted) == {"Bu [nama] minta uang, WA [telepon]", "NIK [NIK], hub. [telepon]", "Loket cepat"}


@pytest.mark.usefixtures("stored_raw")
def test_comments_are_grouped_alike_before_and_after(database: Database) -> None:
    before = reading.counts(reading.voices(database, PROVINCE, PERIOD))
    stored_comments.look_through(database, ADMIN, change=True)
    assert reading.counts(reading.voices(database, PROVINCE, PERIOD)) == before


def test_nothing_of_it_is_left_in_the_files_of_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    """The old words stay in freed pages and in the write-ahead log where nobody overwrites them."""
    database = open_database(sqlite_url)
    catalogue.create_agency(database, ADMIN, "dpmptsp", "DPMPTSP")
    catalogue.create_unit(database, ADMIN, "dpmptsp", "ptsp", "PTSP", time_zone="Asia/Makassar")
    _store_raw(database)
    assert b"0812-3456-7890" in _bytes(tmp_path)
    stored_comments.look_through(database, ADMIN, change=True)
    assert b"0812-3456-7890" not in _bytes(tmp_path)
    database.close()
    assert b"Bu Rina minta uang" in _bytes(tmp_path)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("survey.db*")))
