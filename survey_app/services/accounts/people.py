"""The people who sign in: invited, given roles at places, deactivated, by who may for all that they may.

Whoever changes an account must be allowed to give every role it has. Otherwise the manager of an agency could
set the password of an administrator anew, and be one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from survey_app.errors import Conflict, NotFound, Problem, Refused
from survey_app.services.accounts import links, names, sessions, views, ways_in
from survey_app.services.accounts.links import LOGIN_TAKEN, Kind
from survey_app.services.accounts.persons import Held as Held
from survey_app.services.accounts.persons import Person as Person
from survey_app.services.accounts.persons import (
    agencies_of_units,
    common_place,
    may_reopen,
    outgrew,
    seen_by,
)
from survey_app.services.accounts.persons import may_give as may_give
from survey_app.services.accounts.sessions import Session
from survey_app.services.places import catalogue
from survey_app.services.places.acting import NOT_YOURS, Acting, Role
from survey_app.services.places.audited import Given, asked, audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts
from survey_app.storage import sessions as stored_sessions
from survey_app.storage.accounts import Account, AccountRole
from survey_app.storage.database import Connection, Database
from survey_app.text import Text

NOT_THIS_ROLE = Text(
    "Peran {role} tidak dapat Anda berikan. Hubungi admin provinsi.",
    "You cannot give the role {role}. Please ask the provincial administrator.",
)
LAST_ADMIN = Text(
    "Ini satu-satunya admin seluruh provinsi. Beri peran itu kepada orang lain terlebih dahulu.",
    "This is the only administrator of the whole province. Give that role to somebody else first.",
)
CLOSED_ABOVE = Text(
    "Akun ini dinonaktifkan oleh orang dengan wewenang lebih luas. Hubungi admin provinsi.",
    "This account was deactivated by somebody with wider rights. Please ask the provincial administrator.",
)
ACCOUNT_UNKNOWN = Text("Akun tidak dikenal.", "There is no such account.")


@asked(Action.SEE_PEOPLE)
def listed(database: Database, acting: Acting) -> list[Person]:
    """Who has a role inside the scope of whoever asks, with the roles there, by name.

    Raises: Refused `role-refused`.
    """
    acting.require_action(Action.SEE_PEOPLE)
    places = agencies_of_units(database)
    with database.read() as connection:
        found, roles = accounts.listed(connection), accounts.roles(connection)
    people = [seen_by(account, roles.get(account.id, []), acting, places) for account in found]
    return [person for person in people if acting.scope == PROVINCE or person.roles]


@audited(Action.MANAGE_PEOPLE, "login", "role")
def invite(
    database: Database, acting: Acting, login: str, name: str, role: Role, scope: Scope, now: datetime
) -> str:
    """Make an account with one role, and give the token of the link with which the person sets a password.

    Raises:
        Refused: `role-refused`, `scope-refused`, `role-not-given`, `input-refused`.
        NotFound: `agency-unknown`, `unit-unknown`.
        Conflict: `login-taken`.
    """
    kept, shown = names.checked(login, name)
    _require_giving(database, acting, role, scope)

    def job(connection: Connection) -> str | None:
        made = accounts.add(connection, kept, shown, now)
        if made is None:
            return None
        accounts.add_role(connection, made, role, scope.agency or "", scope.unit or "")
        return links.add(connection, Kind.INVITATION, made, now)

    token = database.write(job)
    if token is None:
        taken = LOGIN_TAKEN.format(login=kept)
        raise Conflict("login-taken", taken, [Problem("login-taken", "login", taken)])
    return token


def _before(database: Database, given: Given) -> object:
    """The account as it was, with its roles."""
    with database.read() as connection:
        account = accounts.by_id(connection, given["account_id"])
        roles = accounts.roles_of(connection, given["account_id"])
    if account is None:
        return None
    return {"login": account.login, "active": account.active, "roles": list(map(_told, roles))}


def _place_of_all(database: Database, given: Given) -> Scope:
    """The smallest place that all roles of the account lie in."""
    with database.read() as connection:
        roles = accounts.roles_of(connection, given["account_id"])
    return common_place(roles, agencies_of_units(database))


def _told(role: AccountRole) -> dict[str, str]:
    return {"role": role.role, "agency": role.agency, "unit": role.unit}


@audited(Action.MANAGE_PEOPLE, "account_id", "role", before=_before)
def give(database: Database, acting: Acting, account_id: int, role: Role, scope: Scope) -> None:
    """Give one more role at a place; an unused link ends where who made it could not give that role.

    Raises: as `invite`, NotFound `account-unknown`, Refused `roles-from-provider`.
    """
    _require_giving(database, acting, role, scope)

    def job(connection: Connection) -> None:
        ways_in.require_ours(connection, account_id)
        accounts.add_role(connection, account_id, role, scope.agency or "", scope.unit or "")

    _change(database, acting, account_id, job)


def _taken(database: Database, given: Given) -> object:
    """The account and the one role that is taken: of several nobody could tell afterwards which it was."""
    with database.read() as connection:
        account = accounts.by_id(connection, given["account_id"])
        roles = accounts.roles_of(connection, given["account_id"])
    if account is None:
        return None
    return {"login": account.login, "roles": [_told(role) for role in roles if role.id == given["role_id"]]}


def _place_taken(database: Database, given: Given) -> Scope:
    with database.read() as connection:
        roles = accounts.roles_of(connection, given["account_id"])
    return common_place([r for r in roles if r.id == given["role_id"]], agencies_of_units(database))


@audited(Action.MANAGE_PEOPLE, "account_id", place=_place_taken, before=_taken)
def take_back(database: Database, acting: Acting, account_id: int, role_id: int) -> None:
    """Take a role back; sessions that act in it end. Nothing where the account does not have it.

    Raises: as `deactivate`, Refused `roles-from-provider`.
    """

    def job(connection: Connection) -> None:
        ways_in.require_ours(connection, account_id)
        if role_id in {role.id for role in accounts.roles_of(connection, account_id)}:
            views.note_over(connection, lambda one: one.role_id == role_id)
            accounts.remove_role(connection, role_id)

    _change(database, acting, account_id, job)


@audited(Action.MANAGE_PEOPLE, "account_id", place=_place_of_all, before=_before)
def reset(database: Database, acting: Acting, account_id: int, now: datetime) -> str:
    """The token of a link with which the person sets the password anew; until then the old one works.

    Raises:
        Refused: `role-refused`, `scope-refused`, `role-not-given`, `roles-from-provider`.
        NotFound: `account-unknown`.
    """
    made: list[str] = []
    _change(
        database,
        acting,
        account_id,
        lambda connection: made.append(links.add(connection, _kind(connection, account_id), account_id, now)),
    )
    return made[0]


@audited(Action.MANAGE_PEOPLE, "account_id", place=_place_of_all, before=_before)
def deactivate(database: Database, acting: Acting, account_id: int) -> None:
    """Let somebody in no more, and end every session at once; what the person did stays.

    Raises:
        Refused: `role-refused`, `scope-refused`, `role-not-given`; `last-admin` for the only one there is.
        NotFound: `account-unknown`.
    """

    def job(connection: Connection) -> None:
        accounts.close(connection, account_id, acting.role, acting.scope.agency or "")
        accounts.drop_links(connection, account_id)
        views.note_over(connection, lambda one: one.account_id == account_id)
        stored_sessions.end_all(connection, account_id)

    _change(database, acting, account_id, job)


@audited(Action.MANAGE_PEOPLE, "account_id", place=_place_of_all, before=_before)
def activate(database: Database, acting: Acting, account_id: int) -> None:
    """Let somebody in again, with the password there was.

    Raises: as `reset`, and Refused `closed-above` where whoever closed the account may more than who asks.
    """
    places = agencies_of_units(database)

    def job(connection: Connection) -> None:
        account = accounts.by_id(connection, account_id)
        if account is not None and not account.active and not may_reopen(account, acting, places):
            raise Refused("closed-above", CLOSED_ABOVE)
        accounts.reopen(connection, account_id)

    _change(database, acting, account_id, job)


@asked(Action.MANAGE_PEOPLE)
def sessions_of(database: Database, acting: Acting, account_id: int, now: datetime) -> list[Session]:
    """The open sessions of somebody. Raises: as `reset`."""
    with database.read() as connection:
        _require_all(connection, acting, account_id, agencies_of_units(database))
    return sessions.open_ones(database, account_id, now)


@audited(Action.MANAGE_PEOPLE, "account_id", place=_place_of_all, before=_before)
def end_sessions(database: Database, acting: Acting, account_id: int, key: str | None = None) -> None:
    """End one session of somebody, by its key, or all of them. Raises: as `reset`."""

    def job(connection: Connection) -> None:
        keys = {one.token_hash for one in stored_sessions.of_account(connection, account_id)}
        ending = keys if key is None else keys & {key}
        views.note_over(connection, lambda one: one.token_hash in ending)
        for ended in ending:
            stored_sessions.end(connection, ended)

    _change(database, acting, account_id, job)


def _require_giving(database: Database, acting: Acting, role: Role, scope: Scope) -> None:
    if scope.unit is not None:
        agency: str | None = catalogue.find_unit(database, scope.unit, Scope(scope.agency)).agency.code
    elif scope.agency is not None:
        agency = catalogue.find_agency(database, scope.agency).code
    else:
        agency = None
    acting.require_whole(agency, Action.MANAGE_PEOPLE)
    if role not in may_give(acting):
        raise Refused("role-not-given", NOT_THIS_ROLE.format(role=role.value))


def _change(database: Database, acting: Acting, account_id: int, job: Callable[[Connection], None]) -> None:
    """Do `job` for an account of which `acting` may give every role, and keep one administrator."""
    acting.require_action(Action.MANAGE_PEOPLE)
    places = agencies_of_units(database)

    def checked(connection: Connection) -> None:
        accounts.lock(connection)
        account = _require_all(connection, acting, account_id, places)
        admin, had = _has_admin(connection), accounts.roles_of(connection, account_id)
        job(connection)
        if admin and not _has_admin(connection):
            raise Refused("last-admin", LAST_ADMIN)
        if outgrew(account, had, accounts.roles_of(connection, account_id), places):
            # Else whoever kept a link to it would become what the account has become.
            accounts.drop_links(connection, account_id)

    database.write(checked)


def _require_all(connection: Connection, acting: Acting, account_id: int, places: dict[str, str]) -> Account:
    account = accounts.by_id(connection, account_id)
    if account is None:
        raise NotFound("account-unknown", ACCOUNT_UNKNOWN)
    acting.require_action(Action.MANAGE_PEOPLE)
    if not seen_by(account, accounts.roles_of(connection, account_id), acting, places).mine:
        raise Refused("scope-refused", NOT_YOURS.format(place=account.name))
    return account


def _has_admin(connection: Connection) -> bool:
    """Whether somebody who may sign in is administrator of the whole province."""
    roles = accounts.roles(connection)
    return any(
        account.active
        and not account.demo
        and account.has_way_in
        and any(r.role == Role.ADMIN and not r.agency and not r.unit for r in roles.get(account.id, []))
        for account in accounts.listed(connection)
    )


def _kind(connection: Connection, account_id: int) -> Kind:
    account = accounts.by_id(connection, account_id)
    return Kind.INVITATION if account is not None and not account.has_way_in else Kind.RESET
