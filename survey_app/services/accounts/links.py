"""One-time links: how the first administrator comes in, how people are invited, how a password is set anew.

A link is handed over by who made it. It is used up as a password is set, not as it is opened: mail programs
and messengers open what they are sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from survey_app.errors import Conflict, NotFound, Refused
from survey_app.services.accounts import names, passwords, tokens, tries, views, ways_in
from survey_app.services.accounts.delays import Keys
from survey_app.services.accounts.sessions import Session
from survey_app.services.places import audited
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.audited import Event
from survey_app.storage import accounts, passkeys, sessions
from survey_app.storage.accounts import StoredLink
from survey_app.storage.database import Connection, Database
from survey_app.text import Text


class Kind(StrEnum):
    """What a link is for."""

    FIRST = "first"
    INVITATION = "invitation"
    RESET = "reset"


#: How long each kind of link works.
VALID = {Kind.FIRST: timedelta(days=1), Kind.INVITATION: timedelta(days=7), Kind.RESET: timedelta(days=1)}
LINK_DEAD = Text(
    "Tautan ini tidak berlaku: sudah dipakai, kedaluwarsa, atau tidak tersalin lengkap. Minta tautan baru.",
    "This link does not work: used, expired or not copied whole. Ask for a new one.",
)
LOGIN_TAKEN = Text("Nama akun {login} sudah dipakai.", "The account name {login} is taken.")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that works. `login` and `name` are whose it is; None of the first administrator."""

    kind: Kind
    login: str | None
    name: str | None
    expires_at: datetime


def open_first(database: Database, now: datetime) -> str | None:
    """The token of a link for the first administrator; None where somebody has an account already."""

    def job(connection: Connection) -> str | None:
        return None if accounts.exist(connection) else add(connection, Kind.FIRST, None, now)

    return database.write(job)


def somebody_has_an_account(database: Database) -> bool:
    """False on a new database, and on one from before people signed in."""
    with database.look() as connection:
        return accounts.exist(connection)


def look(database: Database, token: str, now: datetime) -> Link:
    """What a link is for, without using it. Raises: NotFound `link-dead`."""
    with database.read() as connection:
        stored = accounts.link(connection, tokens.hashed(token))
        if stored is None or now >= stored.expires_at:
            raise _dead()
        account = None if stored.account_id is None else accounts.by_id(connection, stored.account_id)
    return Link(
        kind=Kind(stored.kind),
        login=account.login if account else None,
        name=account.name if account else None,
        expires_at=stored.expires_at,
    )


def use_first(database: Database, token: str, login: str, name: str, password: str, now: datetime) -> int:
    """Make the first account, an administrator of the whole province, and give its id.

    Raises:
        NotFound: `link-dead`, also where somebody else has become the first.
        Refused: `input-refused` with every problem of login, name and password.
        Conflict: `login-taken` by a person of the demonstration.
    """
    try:
        kept, shown = names.checked(login, name)
    except Refused as refused:
        raise Refused.entries([*refused.problems, *passwords.problems(password, login, name)]) from None
    hashed = _checked(password, kept, shown)

    def job(connection: Connection) -> int | None:
        accounts.lock(connection)
        if not _use(connection, token, {Kind.FIRST}, now) or accounts.exist(connection):
            return None
        made = accounts.add(connection, kept, shown, now)
        if made is None:
            raise Conflict("login-taken", LOGIN_TAKEN.format(login=kept))
        accounts.add_role(connection, made, Role.ADMIN, "", "")
        accounts.set_password(connection, made, hashed)
        accounts.drop_links(connection, None)
        audited.write(connection, _stranger(kept), Event.CHANGE_OWN_ACCOUNT, {"link": Kind.FIRST})
        return made

    made = database.write(job)
    if made is None:
        raise _dead()
    return made


def use(database: Database, token: str, password: str, now: datetime) -> int:
    """Set the password of whom an invitation or a reset is for, and give the id; sessions and passkeys end.

    Raises: NotFound `link-dead`, Refused `input-refused`.
    """
    found = look(database, token, now)
    if found.login is None or found.name is None:
        raise _dead()
    hashed = _checked(password, found.login, found.name)

    def job(connection: Connection) -> int | None:
        stored = _use(connection, token, {Kind.INVITATION, Kind.RESET}, now)
        if stored is None or stored.account_id is None:
            return None
        account = accounts.by_id(connection, stored.account_id)
        if account is None or not account.active:
            return None
        accounts.set_password(connection, account.id, hashed)
        # Whoever needs a link may have lost the device, to somebody else at worst.
        passkeys.remove(connection, account.id)
        accounts.drop_links(connection, account.id)
        views.note_over(connection, lambda one: one.account_id == account.id)
        sessions.end_all(connection, account.id)
        audited.write(connection, _stranger(account.login), Event.CHANGE_OWN_ACCOUNT, {"link": stored.kind})
        return account.id

    used = database.write(job)
    if used is None:
        raise _dead()
    return used


def has_password(database: Database, account_id: int) -> bool:
    """Whether an account is entered with a password, beside passkeys or alone."""
    with database.look() as connection:
        account = accounts.by_id(connection, account_id)
    return account is not None and account.password_hash is not None


def change_password(database: Database, session: Session, old: str, new: str, now: datetime) -> None:
    """Set another password, known the present one; the other sessions of the account end.

    Raises:
        TooEarly: for who guesses in somebody's session.
        Refused: `password-wrong`, `input-refused`, `roles-from-provider`, `viewing-as`.
    """
    session.acting.require_own()
    with database.look() as connection:
        ways_in.require_ours(connection, session.account)
        account = accounts.by_id(connection, session.account)
    keys = Keys.of(session.login, f"session {session.key}")
    tries.begin(database, keys, now)
    if not passwords.matches(account.password_hash if account else None, old) or account is None:
        text = Text("Kata sandi yang sekarang tidak cocok.", "The present password does not match.")
        raise Refused("password-wrong", text)
    tries.succeeded(database, keys, now)
    hashed = _checked(new, account.login, account.name)

    def job(connection: Connection) -> None:
        accounts.set_password(connection, session.account, hashed)
        accounts.drop_links(connection, session.account)
        views.note_over(
            connection, lambda one: one.account_id == session.account and one.token_hash != session.key
        )
        sessions.end_all(connection, session.account, but=session.key)
        audited.write(connection, session.acting, Event.CHANGE_OWN_ACCOUNT, {"changed": "password"})

    database.write(job)


def add(connection: Connection, kind: Kind, account_id: int | None, now: datetime) -> str:
    """Store a new link in place of the account's older ones, and give its token.

    Several servers open one each for the first administrator, and whichever is used ends all of them.

    Raises: Refused `roles-from-provider`.
    """
    token = tokens.new_token()
    if account_id is not None:
        ways_in.require_ours(connection, account_id)
        accounts.drop_links(connection, account_id)
    new = StoredLink(kind=kind, account_id=account_id, expires_at=now + VALID[kind])
    accounts.add_link(connection, tokens.hashed(token), new)
    return token


def _use(connection: Connection, token: str, kinds: set[Kind], now: datetime) -> StoredLink | None:
    stored = accounts.use_link(connection, tokens.hashed(token))
    return stored if stored and stored.kind in kinds and now < stored.expires_at else None


def _stranger(login: str) -> Acting:
    """Who has a link has not signed in yet."""
    return Acting(Role.PUBLIC, by=login)


def _checked(password: str, *about: str) -> str:
    if problems := passwords.problems(password, *about):
        raise Refused.entries(problems)
    return passwords.hashed(password)


def _dead() -> NotFound:
    return NotFound("link-dead", LINK_DEAD)
