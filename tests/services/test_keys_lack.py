"""A key that lacks a right is refused in every service, whatever else it may."""

from __future__ import annotations

from contextlib import suppress

import pytest
import sqlalchemy as sa

from survey_app.errors import AppError, Refused
from survey_app.services.accounts.api_keys import RIGHTS
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.permissions import PERMISSIONS, Action
from survey_app.storage.database import Database
from survey_app.storage.tables import audit
from tests.services.asked import ASKED
from tests.services.changes import CHANGES
from tests.services.test_roles import stored


class Watched(Acting):
    """Notes for what it is asked."""

    def may(self, action: Action) -> bool:
        ASKED_FOR.add(action)
        return super().may(action)


ASKED_FOR: set[Action] = set()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER])
def test_a_key_without_the_right_changes_nothing(prepared: Database, role: Role) -> None:
    before = stored(prepared)
    for change in CHANGES.values():
        if role not in change.roles:
            continue
        ASKED_FOR.clear()
        with pytest.raises(Refused, match="key-refused"):
            change.attempt(prepared, Watched(role, change.place, only=frozenset()))
        # What it asked for first decides: everything else together opens nothing.
        (needed,) = ASKED_FOR
        others = frozenset(Action) - {needed}
        with pytest.raises(Refused, match="key-refused"):
            change.attempt(prepared, Acting(role, change.place, by="API: x", only=others))
    assert stored(prepared) == before
    with prepared.read() as connection:
        noted = connection.execute(sa.select(audit.c.refused).where(audit.c.who == "API: x")).scalars().all()
    assert noted
    assert all(noted)


@pytest.mark.parametrize("name", ASKED)
def test_a_key_without_the_right_is_told_nothing(prepared: Database, name: str) -> None:
    asked = ASKED[name]
    with pytest.raises(Refused, match="key-refused"):
        asked.attempt(prepared, Acting(Role.ADMIN, asked.place, only=frozenset()))


def test_no_right_of_a_key_opens_people_keys_or_the_audit_log(prepared: Database) -> None:
    every = frozenset().union(*RIGHTS.values())
    closed = {Action.SEE_PEOPLE, Action.MANAGE_PEOPLE, Action.CONNECT_PROGRAMS, Action.SEE_AUDIT}
    assert not every & closed
    for name in ("accounts.people.invite", "accounts.api_keys.make", "delivery.webhooks.make"):
        with pytest.raises(Refused, match="key-refused"):
            CHANGES[name].attempt(prepared, Acting(Role.ADMIN, CHANGES[name].place, only=every))


def test_with_exactly_its_action_a_key_may(prepared: Database) -> None:
    """Else a test of refusals would pass for a key that may nothing at all."""
    done = 0
    for name in ("places.catalogue.create_service", "imports.withdrawing.withdraw", "follow_up.plans.add"):
        change = CHANGES[name]
        for action in PERMISSIONS:
            with suppress(AppError):
                change.attempt(prepared, Acting(Role.ADMIN, change.place, only=frozenset({action})))
                done += 1
                break
    assert done == 3
