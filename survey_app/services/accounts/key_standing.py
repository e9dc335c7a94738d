"""Whether a key works: as long as nobody ended it, its time lasts, and who made it could make it still."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from survey_app.services.accounts.persons import lies_within
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import Scope
from survey_app.storage import accounts
from survey_app.storage.api_keys import StoredKey
from survey_app.storage.database import Connection


class State(StrEnum):
    """Whether a key works, or why not."""

    WORKS = "works"
    #: By somebody.
    ENDED = "ended"
    #: By its time.
    OVER = "over"
    #: Who made it is let in no more, or has not that role at that place any more.
    MAKER_GONE = "maker-gone"


def state_of(connection: Connection, stored: StoredKey, places: Mapping[str, str], now: datetime) -> State:
    """The state of a key at a moment; `places` has the agency of each unit."""
    if stored.revoked_at is not None:
        return State.ENDED
    if now >= stored.expires_at:
        return State.OVER
    return State.WORKS if _has_maker(connection, stored, places) else State.MAKER_GONE


def scope_of(stored: StoredKey) -> Scope:
    """The place of a key."""
    return Scope(stored.agency or None, stored.unit or None)


def _has_maker(connection: Connection, stored: StoredKey, places: Mapping[str, str]) -> bool:
    """Whether who made it could make it still; the server's own needs nobody."""
    if stored.made_by is None:
        return True
    maker = accounts.by_id(connection, stored.made_by)
    return (
        maker is not None
        and maker.active
        and not maker.demo
        and any(
            role.role == stored.role
            and lies_within(
                Acting(Role(role.role), Scope(role.agency or None, role.unit or None)),
                scope_of(stored),
                places,
            )
            for role in accounts.roles_of(connection, maker.id)
        )
    )
