"""Complaints for the tests of complaints: sent as citizens send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Receipt
from survey_app.services.complaints import cases, handling
from survey_app.services.complaints.case import Case
from survey_app.services.complaints.decision import Decision, Seen, State
from survey_app.services.places.acting import ADMIN, Acting
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.complaints import StoredStep
from survey_app.storage.database import Database
from survey_app.storage.tables import response
from survey_app.text import Text
from tests.submissions import NOW, submission

SLOW, SLOWER = "Antrean lama sekali", "Antrean sangat lama, lama sekali"
DIRTY, RUDE = "Toilet kotor dan bau", "Petugas tidak ramah"
BRIBE = "Petugas minta uang pelicin"
#: Complaints that name no unsur.
VAGUE, OTHER_VAGUE = "Payah sekali", "Saya tidak puas"
PRAISE = "Pelayanan sangat baik, terima kasih"
LOOKED = Decision(state=State.LOOKED_AT)
DONE = Decision(state=State.DONE, reply=Text("Loket ketiga sudah dibuka.", ""))


def said(database: Database, text: str | None, at: datetime = NOW, unit: str = "ptsp") -> UUID:
    """The id of an answer with this comment that arrives at a moment."""
    received = intake.accept(database, submission(id=uuid7(at), unit=unit, comment=text), at)
    assert isinstance(received, Receipt)
    return received.id


def number_of(database: Database, response_id: UUID) -> int:
    with database.read() as connection:
        query = sa.select(response.c.seq).where(response.c.id == response_id)
        return int(connection.execute(query).scalar_one())


def decided(
    database: Database,
    response_id: UUID,
    decision: Decision,
    now: datetime = NOW + timedelta(hours=1),
    *,
    turn: int = 0,
    unit: str = "ptsp",
) -> None:
    handling.decide(database, ADMIN, unit, [Seen(number_of(database, response_id), turn)], decision, now)


def listed(database: Database, now: datetime = NOW, acting: Acting = ADMIN) -> tuple[Case, ...]:
    return cases.worklist(database, acting, PROVINCE, now).cases


def texts(found: Sequence[Case]) -> list[list[str]]:
    return [[comment.text for comment in case.comments] for case in found]


def step(unit_id: int, seq: int, turn: int = 1, state: State = State.LOOKED_AT) -> StoredStep:
    return StoredStep(
        unit_id=unit_id,
        seq=seq,
        turn=turn,
        state=state.value,
        owner="",
        reply_id="",
        reply_en="",
        action=None,
        role="manager",
        changed_at=NOW,
    )
