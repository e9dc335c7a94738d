"""Names kept for what comes later: no table takes one for something else, and the record lists the same."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from survey_app.services.places.regions import regions
from survey_app.storage.tables import metadata
from survey_app.storage.tables.reserved import RESERVED, RESERVED_COLUMNS, taken_otherwise

RECORD = Path(__file__).parents[2] / "docs/decisions/record.md"


def listed() -> dict[str, str]:
    """The key of each name in the table of the decision record."""
    _, _, reserved = RECORD.read_text(encoding="utf-8").partition("\n## Reserved\n")
    rows = re.findall(r"^\| `([a-z_.]+)` \| ([^|]*) \|", reserved.partition("\n## ")[0], re.M)
    assert len(rows) == len(dict(rows))
    return {name: key.replace("`", "") for name, key in rows}


def test_no_table_takes_a_reserved_name_for_something_else() -> None:
    assert taken_otherwise(metadata) == []
    other = sa.MetaData()
    sa.Table("leaf", other, sa.Column("seq", sa.Integer, primary_key=True))
    sa.Table("audit", other, sa.Column("id", sa.Integer, primary_key=True))
    assert taken_otherwise(other) == ["leaf"]


def test_the_decision_record_lists_the_same_names_and_keys() -> None:
    tables = {name: key for name, key in listed().items() if "." not in name}
    assert tables == {name: ", ".join(key) for name, key in RESERVED.items()}
    assert tuple(name for name in listed() if "." in name) == RESERVED_COLUMNS


def test_a_reserved_column_is_added_for_what_it_is_reserved() -> None:
    """A region's code such as 64.72."""
    assert {len(region.code) for province in regions().provinces for region in province.regions} == {5}
    for name in RESERVED_COLUMNS:
        table, _, column = name.partition(".")
        found = metadata.tables[table].columns.get(column)
        assert found is None or (isinstance(found.type, sa.String) and found.type.length == 5)
