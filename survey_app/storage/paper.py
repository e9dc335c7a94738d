"""Paper forms that were entered: which numbered sheet became which response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage import responses
from survey_app.storage.responses import NewResponse
from survey_app.storage.tables import paper_sheet


@dataclass(frozen=True)
class PaperSheet:
    """An entered sheet. `operator` is the id of a role, never a citizen's data."""

    number: str
    response_id: UUID
    operator: str
    entered_at: datetime


_COLUMNS = (
    paper_sheet.c.number,
    paper_sheet.c.response_id,
    paper_sheet.c.operator,
    paper_sheet.c.entered_at,
)


def insert(connection: Connection, new: NewResponse, number: str, operator: str) -> PaperSheet | None:
    """Append the response of a sheet; None when it is stored, else the sheet that was there first.

    The unique number decides, not a look before the insert: two operators cannot enter it at once.
    """
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {**_place(new, number), "response_id": new.id}
    statement = dialect.insert(paper_sheet).values(**values, operator=operator, entered_at=new.received_at)
    added = connection.execute(statement.on_conflict_do_nothing().returning(paper_sheet.c.number)).first()
    if added is None:
        return _first(connection, new, number)
    responses.insert(connection, new)
    return None


def recent(connection: Connection, unit_id: int, limit: int) -> list[PaperSheet]:
    """The last sheets of a unit, newest first."""
    query = sa.select(*_COLUMNS).where(paper_sheet.c.unit_id == unit_id)
    newest = query.order_by(paper_sheet.c.entered_at.desc(), paper_sheet.c.number.desc()).limit(limit)
    return [PaperSheet(*row) for row in connection.execute(newest)]


def was_entered(connection: Connection, response_id: UUID, number: str) -> bool:
    """Whether a sheet of that number became the response of that id, at any unit."""
    c = paper_sheet.c
    query = sa.select(sa.exists().where(c.response_id == response_id, c.number == number))
    return bool(connection.execute(query).scalar_one())


def _place(new: NewResponse, number: str) -> dict[str, object]:
    """What is unique to a sheet: its number, within the half-year of its answers."""
    year, month = divmod(new.month, 100)
    return {"unit_id": new.unit_id, "series": f"{year}-S{1 if month <= 6 else 2}", "number": number}


def _first(connection: Connection, new: NewResponse, number: str) -> PaperSheet:
    same_number = sa.and_(*(paper_sheet.c[name] == value for name, value in _place(new, number).items()))
    same_answer = (paper_sheet.c.response_id == new.id) & (paper_sheet.c.unit_id == new.unit_id)
    query = sa.select(*_COLUMNS).where(same_number | same_answer)
    return PaperSheet(*connection.execute(query.order_by(same_number.desc())).first() or ())
