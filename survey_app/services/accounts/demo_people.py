"""Ready people of the demonstration, one for each role, who sign in without a password.

Only where the operator asked for it and the server listens to this machine alone, and never beside real
accounts: a database that people work with has no open door.
"""

from __future__ import annotations

from datetime import datetime

from survey_app.errors import Refused
from survey_app.services.accounts import sessions
from survey_app.services.accounts.sessions import Origin, SessionTimes
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts
from survey_app.storage.database import Connection, Database
from survey_app.text import Text

#: Of each role what the person is called.
PEOPLE: dict[Role, Text] = {
    Role.ADMIN: Text("Admin contoh", "Sample administrator"),
    Role.LEADERSHIP: Text("Pimpinan contoh", "Sample leader"),
    Role.MANAGER: Text("Pengelola contoh", "Sample manager"),
    Role.OPERATOR: Text("Operator contoh", "Sample operator"),
    Role.AUDITOR: Text("Auditor contoh", "Sample auditor"),
}
NO_DEMO = Text(
    "Petugas contoh tidak dibuka di server ini.", "People of the demonstration are not open on this server."
)


def are_open(database: Database) -> bool:
    """Whether nobody has a real account; what the server allows is asked before."""
    with database.look() as connection:
        return not accounts.exist(connection)


def sign_in(
    database: Database, role: Role, origin: Origin, now: datetime, times: SessionTimes | None = None
) -> str:
    """Begin a session as the person of a role: a manager of the first agency, an operator of the first unit.

    Raises: Refused `demo-closed` where somebody has a real account.
    """
    if role not in PEOPLE or not are_open(database):
        raise Refused("demo-closed", NO_DEMO)
    entries = catalogue.list_units(database, PROVINCE)
    first = entries[0] if entries else None
    scope = PROVINCE
    if first is not None and role is Role.MANAGER:
        scope = Scope(agency=first.agency.code)
    elif first is not None and role is Role.OPERATOR:
        scope = Scope(unit=first.unit.code)

    def job(connection: Connection) -> int:
        login = f"contoh-{role.value}"
        made = accounts.add(connection, login, PEOPLE[role].id, now, demo=True)
        account = accounts.by_login(connection, login)
        assert account is not None  # added just now, or before
        for old in [] if made else accounts.roles_of(connection, account.id):
            if (old.agency, old.unit) != (scope.agency or "", scope.unit or ""):
                accounts.remove_role(connection, old.id)
        accounts.add_role(connection, account.id, role, scope.agency or "", scope.unit or "")
        return account.id

    return sessions.begin(database, database.write(job), origin, now, times, way="demo")
