"""The register of follow-up (rencana tindak lanjut): what a unit does about an unsur, and what came of it.

Nothing in it is altered or removed: a change is a revision, and what stands now is the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from analytics import Period
from survey_app.errors import Conflict, NotFound
from survey_app.services.answers.ids import uuid7
from survey_app.services.follow_up import actions
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.places import catalogue, permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked, audited
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import follow_up as storage
from survey_app.storage.database import Database
from survey_app.storage.follow_up import Due, StoredAction
from survey_app.text import Text

#: So many published pairs are shown to the public, those that changed last.
SHOWN = 6


@dataclass(frozen=True)
class Registered:
    """An action as one of its revisions has it, written in `role` at `changed_at`."""

    id: UUID
    revision: int
    action: Action
    role: str
    changed_at: datetime


@asked(permissions.Action.SEE_FOLLOW_UP)
def register(database: Database, acting: Acting, unit_code: str) -> tuple[Registered, ...]:
    """A unit's actions as they stand, in the order they were first written.

    Raises: NotFound `unit-unknown`, Refused `role-refused`, `scope-refused`.
    """
    entry = catalogue.required(database, acting, unit_code, permissions.Action.SEE_FOLLOW_UP)
    return tuple(_standing(_revisions(database, entry)).values())


@asked(permissions.Action.SEE_FOLLOW_UP)
def history(database: Database, acting: Acting, unit_code: str, action: UUID) -> tuple[Registered, ...]:
    """Every revision of one action, the oldest first. Raises: as `register`."""
    entry = catalogue.required(database, acting, unit_code, permissions.Action.SEE_FOLLOW_UP)
    return tuple(r for r in _revisions(database, entry) if r.id == action)


@audited(permissions.Action.CHANGE_FOLLOW_UP, "period", "unsur")
def accept(
    database: Database, acting: Acting, unit_code: str, period: Period, unsur: str, now: datetime
) -> Registered:
    """Take an unsur of a period up as a draft. Its id follows from both, so a double tap is one action.

    Raises: Conflict `follow-up-exists`, and as `register`.
    """
    entry = catalogue.required(database, acting, unit_code, permissions.Action.CHANGE_FOLLOW_UP)
    proposed = uuid5(NAMESPACE_URL, f"follow-up:{unit_code}:{period}:{unsur}")
    added = _append(database, entry, proposed, 1, Action(period=period, unsur=unsur), acting, now)
    if added is None:
        text = Text(
            "Unsur ini sudah ada di daftar tindak lanjut.", "This service element is already in the register."
        )
        raise Conflict("follow-up-exists", text)
    return added


@audited(permissions.Action.CHANGE_FOLLOW_UP, "action")
def add(database: Database, acting: Acting, unit_code: str, action: Action, now: datetime) -> Registered:
    """Another action of a unit.

    Raises: Refused `input-refused` with everything that is wrong, and as `register`.
    """
    entry = catalogue.required(database, acting, unit_code, permissions.Action.CHANGE_FOLLOW_UP)
    added = _append(database, entry, uuid7(now), 1, actions.checked(action), acting, now)
    assert added is not None  # nobody else has this id
    return added


@audited(permissions.Action.CHANGE_FOLLOW_UP, "action", before=lambda _, given: given["seen"].action)
def change(
    database: Database, acting: Acting, unit_code: str, seen: Registered, action: Action, now: datetime
) -> Registered:
    """Append a revision to the action as it was `seen`; a change that changes nothing appends none.

    Raises:
        Conflict: `follow-up-outdated` when somebody has changed it since.
        Refused: `input-refused` with everything that is wrong; and as `register`.
    """
    entry = catalogue.required(database, acting, unit_code, permissions.Action.CHANGE_FOLLOW_UP)
    if all(r.id != seen.id for r in _revisions(database, entry)):
        raise unknown_action()
    new = actions.checked(action)
    if new == seen.action:
        return seen
    added = _append(database, entry, seen.id, seen.revision + 1, new, acting, now)
    if added is None:
        text = Text(
            "Tindakan ini baru saja diubah orang lain; muat ulang, lalu ubah lagi.",
            "Somebody has just changed this action; reload the page and make the change again.",
        )
        raise Conflict("follow-up-outdated", text)
    return added


def unknown_action() -> NotFound:
    """What is raised for an action that the unit does not have."""
    return NotFound("follow-up-unknown", Text("Tindakan tidak dikenal.", "There is no such action."))


def published_pairs(database: Database, unit_code: str) -> tuple[Pair, ...]:
    """What the public may read of a unit's register, the last change first.

    Raises: NotFound `unit-unknown`.
    """
    return tuple(action.pair for action in published_actions(database, unit_code))


def published_actions(database: Database, unit_code: str) -> tuple[Action, ...]:
    """The actions of these pairs. Of each the public reads its pair alone."""
    standing = _standing(_revisions(database, catalogue.find_unit(database, unit_code, PROVINCE)))
    shown = [r for r in standing.values() if r.action.published]
    newest = sorted(shown, key=lambda r: r.changed_at, reverse=True)
    return tuple(r.action for r in newest[:SHOWN])


def standing_actions(database: Database, entry: UnitEntry) -> tuple[Action, ...]:
    """What a unit's report is made from: its actions as they stand."""
    return tuple(r.action for r in _standing(_revisions(database, entry)).values())


def of_units(database: Database, entries: Sequence[UnitEntry]) -> tuple[tuple[UnitEntry, Action], ...]:
    """The actions of these units as they stand, from one read, in the order they were first written."""
    return _of_units(database, entries, None)


def registered_of_units(
    database: Database, entries: Sequence[UnitEntry]
) -> tuple[tuple[UnitEntry, Registered], ...]:
    """As `of_units`, with the id and the number of the revision by which an action stands."""
    return _registered_of_units(database, entries, None)


def overdue(
    database: Database, entries: Sequence[UnitEntry], today: date
) -> tuple[tuple[UnitEntry, Action], ...]:
    """Those of `of_units` that are not done, nor given up, though the quarter they were due in is over."""
    return _of_units(database, entries, _due(today))


@asked(permissions.Action.SEE_FOLLOW_UP)
def overdue_count(database: Database, acting: Acting, today: date, scope: Scope = PROVINCE) -> int:
    """How many are `overdue` of what lies in `scope` and in one's own.

    Raises: Refused `role-refused`.
    """
    acting.require_action(permissions.Action.SEE_FOLLOW_UP)
    within = scope.narrowed(acting.scope)
    with database.look() as connection:
        return storage.count_due(connection, _due(today), within.agency, within.unit)


def _of_units(
    database: Database, entries: Sequence[UnitEntry], due: Due | None
) -> tuple[tuple[UnitEntry, Action], ...]:
    return tuple((entry, r.action) for entry, r in _registered_of_units(database, entries, due))


def _registered_of_units(
    database: Database, entries: Sequence[UnitEntry], due: Due | None
) -> tuple[tuple[UnitEntry, Registered], ...]:
    by_id = {entry.unit.id: entry for entry in entries}
    with database.read() as connection:
        stored = storage.standing(connection, by_id, due)
    return tuple((by_id[action.unit_id], from_stored(action)) for action in stored)


def _due(today: date) -> Due:
    statuses = sorted(status.value for status in actions.OPEN)
    return Due(str(Period.containing(today, "quarter")), tuple(statuses))


def _standing(revisions: Sequence[Registered]) -> dict[UUID, Registered]:
    """The last revision of every action, in the order of the first ones."""
    return {r.id: r for r in revisions}


def _revisions(database: Database, entry: UnitEntry) -> list[Registered]:
    with database.read() as connection:
        return [from_stored(stored) for stored in storage.revisions(connection, entry.unit.id)]


def _append(
    database: Database, entry: UnitEntry, id_: UUID, revision: int, action: Action, by: Acting, now: datetime
) -> Registered | None:
    new = StoredAction(
        action=id_,
        revision=revision,
        unit_id=entry.unit.id,
        period=str(action.period),
        unsur=action.unsur,
        plan=action.plan,
        responsible=action.responsible,
        due="" if action.due is None else str(action.due),
        status=action.status.value,
        realisation=action.realisation,
        evidence=action.evidence,
        said_id=action.pair.said.id,
        said_en=action.pair.said.en,
        mended_id=action.pair.mended.id,
        mended_en=action.pair.mended.en,
        published=action.published,
        role=by.role.value,
        changed_at=now,
    )
    return from_stored(new) if database.write(lambda c: storage.append(c, new)) else None


def from_stored(stored: StoredAction) -> Registered:
    """A stored revision as the services know it."""
    action = Action(
        period=Period.parse(stored.period),
        unsur=stored.unsur,
        plan=stored.plan,
        responsible=stored.responsible,
        due=Period.parse(stored.due) if stored.due else None,
        status=Status(stored.status),
        realisation=stored.realisation,
        evidence=stored.evidence,
        pair=Pair(Text(stored.said_id, stored.said_en), Text(stored.mended_id, stored.mended_en)),
        published=stored.published,
    )
    return Registered(stored.action, stored.revision, action, stored.role, stored.changed_at)
