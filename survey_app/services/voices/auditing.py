"""A check of how comments are grouped: some are drawn at random, and people say what each is about.

Whoever judges does not see how the comment is grouped. What is stored is what was said, not the words.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from analytics import Period
from analytics.text import Drawn, Kind, draw_comments
from survey_app.errors import NotFound, Refused
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, asked, audited, place_of
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.voices import reading
from survey_app.services.voices.reading import Comment
from survey_app.storage import judgements
from survey_app.storage.database import Connection, Database
from survey_app.storage.judgements import StoredJudgement
from survey_app.text import Text

#: Comments of one draw: five minutes.
SIZE = 30

GONE = Text(
    "Masukan ini sudah tidak ada. Lanjutkan ke masukan berikutnya.",
    "This comment is no longer there. Please go on with the next one.",
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One comment of a draw: what is shown of it is `comment.text`, and how it was drawn."""

    comment: Comment
    draw: int
    frame: str
    stratum: str
    probability: float
    rate: float


@dataclass(frozen=True)
class Labels:
    """What a reader says of a comment: the unsur it names, its kind or None, and whether it is urgent."""

    unsur: frozenset[str]
    kind: Kind | None
    urgent: bool


@asked(Action.CHECK_COMMENTS)
def ask(
    database: Database,
    acting: Acting,
    scope: Scope,
    period: Period,
    size: int = SIZE,
    *,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> tuple[Asked, ...]:
    """Draw comments of a scope and period that nobody has judged, in a random order.

    They are drawn out of what the page of comments counts. Names are masked: nobody needs them to judge, and
    so is what is grouped.

    Raises: Refused `role-refused`, `scope-refused`, NotFound `unit-unknown`.
    """
    catalogue.require(database, acting, scope, Action.CHECK_COMMENTS, to_read=True)
    heard = reading.newest(database, scope, period).voices
    units = sorted({voice.entry.unit.id for voice in heard})
    with database.read() as connection:
        known = {(j.unit_id, j.seq) for j, _ in judgements.standing(connection, units)}
    left = [voice for voice in heard if voice.key not in known]
    strata, seed = strata_of(left), random_bits(62)
    drawn = draw_comments(strata, size, np.random.default_rng(seed))
    return tuple(_asked(left[d.index], d, seed, frame_of(scope), strata[d.index]) for d in drawn)


def _place(_: Database, given: Given) -> Scope:
    """Of a comment only whose it is: no word of it is written down."""
    return place_of(given["asked"].comment.entry)


@audited(Action.CHECK_COMMENTS, place=_place)
def judge(database: Database, acting: Acting, asked: Asked, labels: Labels, now: datetime) -> None:
    """Store what somebody says of a comment; said of the same one again, the last counts.

    Raises: Refused `label-unknown`, `role-refused`, `scope-refused`, NotFound `comment-gone`.
    """
    if unknown := labels.unsur - set(reading.words().order):
        text = Text("Unsur tidak dikenal: {names}.", "There is no such service element: {names}.")
        raise Refused("label-unknown", text.format(names=", ".join(sorted(unknown))))
    _write(database, judgements.append, _stored(database, acting, asked, labels, now, stands=True))


@audited(Action.CHECK_COMMENTS, place=_place)
def take_back(database: Database, acting: Acting, asked: Asked, now: datetime) -> None:
    """Let nothing said in this draw stand of the comment: it may be drawn again.

    What somebody else says of it, who was asked at the same time, stands. Raises: as `judge`.
    """
    nothing = Labels(frozenset(), None, urgent=False)
    _write(database, judgements.take_back, _stored(database, acting, asked, nothing, now, stands=False))


def strata_of(comments: Sequence[Comment]) -> list[str]:
    """How each is grouped, in one word: urgent or not, the rarest unsur it names, its kind.

    By the rarest, so that the groups of which there are few are in every sample.
    """
    often = Counter(key for comment in comments for key in comment.unsur)
    return [
        f"{'!' if c.urgent else ''}{min(c.unsur, key=lambda k: (often[k], k), default='-')}/{c.kind or '-'}"
        for c in comments
    ]


def frame_of(scope: Scope) -> str:
    """What was drawn out of, as it is stored."""
    if scope.unit is not None:
        return f"unit:{scope.unit}"
    return "" if scope.agency is None else f"agency:{scope.agency}"


def _asked(comment: Comment, drawn: Drawn, seed: int, frame: str, stratum: str) -> Asked:
    return Asked(
        comment=comment,
        draw=seed,
        frame=frame,
        stratum=stratum,
        probability=drawn.probability,
        rate=drawn.rate,
    )


def _stored(
    database: Database, acting: Acting, asked: Asked, labels: Labels, now: datetime, *, stands: bool
) -> StoredJudgement:
    entry = catalogue.required(database, acting, asked.comment.entry.unit.code, Action.CHECK_COMMENTS)
    return StoredJudgement(
        unit_id=entry.unit.id,
        seq=asked.comment.seq,
        draw=asked.draw,
        frame=asked.frame,
        stratum=asked.stratum,
        probability=asked.probability,
        rate=asked.rate,
        unsur=" ".join(sorted(labels.unsur)),
        kind=labels.kind or "",
        urgent=labels.urgent,
        stands=stands,
        role=acting.role,
        judged_at=now,
    )


def _write(
    database: Database, change: Callable[[Connection, StoredJudgement], bool], stored: StoredJudgement
) -> None:
    if not database.write(lambda connection: change(connection, stored)):
        raise NotFound("comment-gone", GONE)
