"""Questionnaires as a wizard would publish them in a database, for tests."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from survey_app.instruments import DATA
from survey_app.storage.database import Database

_SKM = json.loads((DATA / "instruments/skm-2017.json").read_text(encoding="utf-8"))
#: Three unsur, so that no answer of SKM fits by chance.
KEYS = ("antrean", "kebersihan", "ramah")
QUESTION = "Bagaimana antrean di loket pasar?"


def content(id_: str = "lokal.pasar", **changes: Any) -> dict[str, Any]:
    """A sound questionnaire of three unsur, with `changes`."""
    labels = _SKM["elements"][0]["labels"]
    elements = [
        {
            "key": key,
            "number": f"U{place}",
            "name": {"id": key.capitalize(), "en": key.capitalize()},
            "question": {"id": QUESTION if place == 1 else f"Bagaimana {key}?", "en": f"How is {key}?"},
            "labels": labels,
        }
        for place, key in enumerate(KEYS, 1)
    ]
    own = {
        "id": id_,
        "version": 1,
        "index": "ikm",
        "title": {"id": "Survei pasar", "en": "Market survey"},
        "source": "Dinas Perdagangan",
        "elements": elements,
        "weights": dict.fromkeys(KEYS, "1/3"),
    }
    return {**_SKM, **own, **changes}


def text(id_: str = "lokal.pasar", **changes: Any) -> str:
    """The same as somebody sends it: with line breaks, and keys in their own order."""
    return json.dumps(content(id_, **changes), indent=2)


def damage(database: Database, statement: str = "UPDATE questionnaire SET content = '{}'") -> None:
    """Alter what was published as who has the machine can: past the guard, which then stands as before."""
    database.write(lambda connection: _altered(connection, sa.text(statement)))


def _altered(connection: sa.Connection, statement: sa.TextClause) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("ALTER TABLE questionnaire DISABLE TRIGGER USER"))
        connection.execute(statement)
        connection.execute(sa.text("ALTER TABLE questionnaire ENABLE TRIGGER USER"))
        return
    guard = "SELECT sql FROM sqlite_master WHERE name = 'questionnaire_no_update'"
    made = connection.exec_driver_sql(guard).scalar_one()
    connection.exec_driver_sql("DROP TRIGGER questionnaire_no_update")
    connection.execute(statement)
    connection.exec_driver_sql(made)
