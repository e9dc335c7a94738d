"""Passwords that cost nothing, for tests of what happens around them."""

from __future__ import annotations

from datetime import datetime

import pytest
from argon2 import PasswordHasher

from survey_app.services.accounts import links, passwords, people
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts
from survey_app.storage.database import Database

PASSWORD = "kuda hijau terbang"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """argon2 at its least; the list grows by each password that is compared."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobodys, compared = hasher.hash("nobody's"), list[str]()

    class Counting:
        def hash(self, password: str) -> str:
            return hasher.hash(password)

        def verify(self, password_hash: str, password: str) -> bool:
            compared.append(password)
            return hasher.verify(password_hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    monkeypatch.setattr(passwords, "_NOBODYS", nobodys)
    return compared


def somebody(
    database: Database,
    now: datetime,
    login: str = "budi@kaltim.go.id",
    role: Role = Role.ADMIN,
    scope: Scope = PROVINCE,
    name: str = "Budi Santoso",
) -> int:
    """The id of a new account with PASSWORD and one role."""
    return links.use(database, people.invite(database, ADMIN, login, name, role, scope, now), PASSWORD, now)


def role_ids(database: Database, account: int) -> list[int]:
    with database.read() as connection:
        return [role.id for role in accounts.roles_of(connection, account)]
