"""Answer sheets by who gave them and how: the way of answering and the profile, which the roll-up lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.responses import COUNTS
from survey_app.storage.tables import ImportState, answer_import, kept_profile, response


class Answered(NamedTuple):
    """The sheets of one unit, service, month (yyyymm), questionnaire and channel, and of one profile.

    Attributes:
        profile: options by field as canonical JSON; empty where it was not asked for.
        scores: the sheets one after the other, one digit for each unsur; 0 is not answered.
    """

    unit_id: int
    service_id: int
    month: int
    instrument: str
    channel: str
    profile: str
    scores: str


def read(
    connection: Connection,
    unit_ids: Sequence[int],
    months: tuple[int, int],
    instruments: Sequence[str],
    *,
    profiles: bool,
) -> list[Answered]:
    """The sheets that count, of units in an inclusive range of months, in the order of their groups.

    Args:
        profiles: whether to tell profiles apart, which makes many groups of few sheets.
    """
    c = response.c
    profile = c.profile if profiles else sa.literal("")
    group = [c.unit_id, c.month, c.service_id, c.instrument, c.channel, *([c.profile] if profiles else [])]
    query = (
        sa.select(
            c.unit_id,
            c.service_id,
            c.month,
            c.instrument,
            c.channel,
            profile,
            sa.func.aggregate_strings(c.scores, ""),
        )
        .where(c.unit_id.in_(unit_ids), c.month.between(*months), c.instrument.in_(instruments), COUNTS)
        .group_by(*group)
        .order_by(*group)
    )
    return [Answered(*row) for row in connection.execute(query)]


class Timed(NamedTuple):
    """A sheet whose moment is known; `scores` as of `Answered`."""

    answered_at: datetime
    service_id: int
    month: int
    scores: str


def timed(
    connection: Connection,
    unit_id: int,
    months: tuple[int, int],
    instruments: Sequence[str],
    channels: Sequence[str],
    clocks: Sequence[str],
) -> list[Timed]:
    """The sheets that count of a unit in an inclusive range of months that came by one of the `channels`,
    their moment told by one of the `clocks`; in no order."""
    c = response.c
    query = sa.select(c.answered_at, c.service_id, c.month, c.scores).where(
        c.unit_id == unit_id,
        c.month.between(*months),
        c.instrument.in_(instruments),
        c.channel.in_(channels),
        c.time_source.in_(clocks),
        COUNTS,
    )
    return [Timed(*row) for row in connection.execute(query)]


def standing_of_files(connection: Connection, unit_ids: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Numbers of the units' files with what has become of them.

    While these stay as they are, answers that count only come in: equal sums are then equal answers.
    """
    c = answer_import.c
    query = sa.select(c.id, c.state).where(c.unit_id.in_(unit_ids), c.state != ImportState.STAGED)
    return tuple((int(number), str(state)) for number, state in connection.execute(query.order_by(c.id)))


def emptied(connection: Connection, unit_id: int, months: tuple[int, int]) -> tuple[str, ...]:
    """What is kept, as counts, of the unit's profiles that were emptied; other as soon as more are."""
    c = kept_profile.c
    query = sa.select(c.profile).where(c.unit_id == unit_id, c.month.between(*months))
    order = c.month, c.service_id, c.instrument, c.import_id
    return tuple(connection.execute(query.order_by(*order)).scalars())
