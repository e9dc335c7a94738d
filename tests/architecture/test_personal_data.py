"""Every column of the database has been judged: personal or not, on what ground and for how long."""

from __future__ import annotations

import re
from pathlib import Path

from survey_app import settings
from survey_app.storage.tables import AppendOnly, metadata

PAGE = Path(__file__).parents[2] / "docs/decisions/personal-data.md"
_ROW = re.compile(r"^\| `(\w+)` \| ((?:`\w+` ?)+)\| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
#: The grounds that UU 27/2022 gives, as the page explains them.
GROUNDS = ("consent", "duty", "account")


def judged() -> dict[tuple[str, str], tuple[str, str]]:
    """Table and column, with what is said of it and for how long it is kept."""
    (part,) = re.findall(r"<!-- columns -->\n(.*?)<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    rows = _ROW.findall(part)
    # A row that is written otherwise would be passed over.
    assert len(rows) == len(part.splitlines()) - 2
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for table, columns, personal, kept in rows:
        for column in re.findall(r"`(\w+)`", columns):
            assert (table, column) not in found
            found[table, column] = personal, kept
    return found


def test_every_column_has_been_judged() -> None:
    stored = {(name, column.name) for name, table in metadata.tables.items() for column in table.columns}
    found = set(judged())
    assert sorted(stored - found) == []
    assert sorted(found - stored) == []


def test_a_judgement_is_a_ground_or_no() -> None:
    for place, (personal, _) in judged().items():
        ground = re.match(r"(no|yes, (\w+))\b", personal)
        assert ground, place
        assert ground[2] in (None, *GROUNDS), place


def test_what_may_be_emptied_is_personal_and_has_its_time() -> None:
    """And the times are those of the settings."""
    kept, found = settings.load({}).retention, judged()
    months = {
        ("response", "comment"): kept.comments,
        ("response", "profile"): kept.profiles,
        ("response", "client_id"): kept.devices,
        ("response", "network"): kept.devices,
        ("audit", "who"): kept.audit,
        ("audit", "network"): kept.audit,
    }
    emptied = {
        (name, column)
        for name, table in metadata.tables.items()
        if isinstance(rule := table.info.get("append_only"), AppendOnly)
        for column in rule.emptied
    }
    assert set(months) == emptied
    for place, number in months.items():
        personal, said = found[place]
        assert personal.startswith("yes")
        assert said.startswith(f"{number} months")
