"""Sessions: who is behind a request, in which of the own roles, and until when.

A session is a random token in the browser and a row here. Everything is asked of the row at every request and
at every run of a page, so what is ended, taken back or deactivated is over at once, wherever a page stands
open.

A session acts in one role at one place, at first in the one that may least. Who has several chooses: rights
that meet would be more than anybody meant to give (docs/decisions/sign-in.md).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from survey_app.errors import NotFound, Unavailable
from survey_app.services.accounts import tokens, views
from survey_app.services.accounts.views import View
from survey_app.services.accounts.views import acting_in as acting_in
from survey_app.services.places import audited
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Event
from survey_app.services.places.permissions import PERMISSIONS
from survey_app.storage import accounts, sessions
from survey_app.storage.accounts import AccountRole
from survey_app.storage.database import Connection, Database
from survey_app.storage.sessions import NewSession, StoredSession
from survey_app.text import Text

#: A page that nobody touches, and a working day.
IDLE, LONGEST = timedelta(hours=1), timedelta(hours=12)
#: How exactly it is known when a session was seen last: a write for every click would be many.
_SEEN_STEP = timedelta(minutes=1)


@dataclass(frozen=True)
class Origin:
    """From where somebody signs in: the address as it came, and the kind of browser."""

    address: str
    browser: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionTimes:
    """How long a session lasts without a request, and in all."""

    idle: timedelta = IDLE
    longest: timedelta = LONGEST


@dataclass(frozen=True, kw_only=True)
class Session:
    """Somebody who has signed in. `key` names the session and opens nothing.

    `acting` is who asks: while it is `viewing` as somebody else, that person, whose viewer this one is.
    """

    key: str
    account: int
    login: str
    name: str
    demo: bool
    role_id: int
    acting: Acting
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime
    network: str
    browser: str
    viewing: View | None = None

    @property
    def own(self) -> Acting:
        """Whoever has signed in, in the own role."""
        return self.acting.viewer or self.acting


def begin(
    database: Database,
    account_id: int,
    origin: Origin,
    now: datetime,
    times: SessionTimes | None = None,
    *,
    way: str = "password",
    still: Callable[[Connection], None] = lambda _: None,
) -> str:
    """Begin a session of an account in the role that may least, and give its token.

    Args:
        way: how somebody came in, for the audit log.
        still: raises where what somebody came in by holds no more, as nobody changes accounts.

    Raises: NotFound `account-without-role`, and what `still` raises.
    """
    times = times or SessionTimes()
    token = tokens.new_token()

    def job(connection: Connection) -> bool:
        # Else who has the old password would be in once more, after all sessions were ended with it.
        accounts.lock(connection)
        still(connection)
        views.note_over(connection, lambda one: not _is_alive(one, now))
        sessions.forget_ended(connection, now)
        roles = accounts.roles_of(connection, account_id)
        account = accounts.by_id(connection, account_id)
        if not roles or account is None or not account.active:
            return False
        least = min(roles, key=_power)
        new = NewSession(
            token_hash=tokens.hashed(token),
            account_id=account_id,
            role_id=least.id,
            begun_at=now,
            seen_at=now,
            idle_seconds=int(times.idle.total_seconds()),
            ends_at=now + times.longest,
            network=shortened(origin.address),
            browser=origin.browser[:60],
        )
        sessions.add(connection, new)
        accounts.seen(connection, account_id, now)
        acting = acting_in(least, by=account.login, network=new.network)
        audited.write(connection, acting, Event.SIGN_IN, {"way": way})
        return True

    if not database.write(job):
        text = Text("Akun ini tidak memiliki peran.", "This account has no role.")
        raise NotFound("account-without-role", text)
    return token


def find(
    database: Database, token: str | None, now: datetime, *, demo: Callable[[], bool] = lambda: False
) -> Session | None:
    """The session of a token; None where there is none, or none any more, and never why.

    Args:
        demo: whether people of the demonstration may be signed in here; asked for theirs alone.
    """
    if not token:
        return None
    with database.look() as connection:
        stored = sessions.find(connection, tokens.hashed(token))
    if stored is None or not _is_alive(stored, now) or (stored.demo and not demo()):
        return None
    if now - stored.seen_at >= _SEEN_STEP:
        # Nobody is kept out because the database takes nothing in just now.
        with suppress(Unavailable):
            database.write(lambda connection: _note(connection, stored, now))
    own = _session(stored)
    view = views.find(database, own.key, own.acting, now) if stored.viewing else None
    return own if view is None else replace(own, acting=view.acting(own.acting), viewing=view)


def end(database: Database, token: str) -> None:
    """Sign out: nothing is left of the session."""

    def job(connection: Connection) -> None:
        stored = sessions.find(connection, tokens.hashed(token))
        if stored is not None:
            views.note_over(connection, lambda one: one.token_hash == stored.token_hash)
            sessions.end(connection, stored.token_hash)
            audited.write(connection, _session(stored).acting, Event.SIGN_OUT, {})

    database.write(job)


def roles_of(database: Database, session: Session) -> Sequence[AccountRole]:
    """The roles between which somebody may choose."""
    with database.read() as connection:
        return accounts.roles_of(connection, session.account)


def act_as(database: Database, session: Session, role_id: int) -> None:
    """Act in another one of the own roles from now on.

    Raises: NotFound `role-unknown` for a role of somebody else, Refused `viewing-as`.
    """
    session.acting.require_own()

    def job(connection: Connection) -> bool:
        mine = accounts.roles_of(connection, session.account)
        chosen = next((role for role in mine if role.id == role_id), None)
        if chosen is None:
            return False
        sessions.act_as(connection, session.key, role_id)
        where = acting_in(chosen)
        what = {"role": where.role, "scope": where.scope}
        audited.write(connection, session.acting, Event.CHANGE_OWN_ACCOUNT, what)
        return True

    if not database.write(job):
        raise NotFound("role-unknown", Text("Peran tidak dikenal.", "There is no such role."))


def open_ones(database: Database, account_id: int, now: datetime) -> list[Session]:
    """The sessions of an account that are not over, the one seen last first."""
    with database.read() as connection:
        stored = sessions.of_account(connection, account_id)
    return [_session(one) for one in stored if _is_alive(one, now)]


def end_own(database: Database, session: Session, key: str) -> None:
    """End one of the own sessions, on a device that is not at hand; nothing for one of somebody else.

    Raises: Refused `viewing-as`.
    """
    session.acting.require_own()

    def job(connection: Connection) -> None:
        if key in {one.token_hash for one in sessions.of_account(connection, session.account)}:
            views.note_over(connection, lambda one: one.token_hash == key)
            sessions.end(connection, key)
            _note_ended(connection, session)

    database.write(job)


def end_others(database: Database, session: Session) -> None:
    """End every other session of the same account. Raises: Refused `viewing-as`."""
    session.acting.require_own()

    def job(connection: Connection) -> None:
        views.note_over(
            connection, lambda one: one.account_id == session.account and one.token_hash != session.key
        )
        sessions.end_all(connection, session.account, but=session.key)
        _note_ended(connection, session)

    database.write(job)


def _note_ended(connection: Connection, session: Session) -> None:
    audited.write(connection, session.acting, Event.CHANGE_OWN_ACCOUNT, {"ended": "sessions"})


def _power(role: AccountRole) -> tuple[int, int, int]:
    """How much a role may: by what, then by where; of equals the one that was given first is the least."""
    allowed = sum(role.role in roles for roles in PERMISSIONS.values())
    return allowed, (not role.unit) + (not role.unit and not role.agency), role.id


def _session(stored: StoredSession) -> Session:
    return Session(
        key=stored.token_hash,
        account=stored.account_id,
        login=stored.login,
        name=stored.name,
        demo=stored.demo,
        role_id=stored.role_id,
        acting=acting_in(stored, by=stored.login, network=stored.network),
        begun_at=stored.begun_at,
        seen_at=stored.seen_at,
        ends_at=stored.ends_at,
        network=stored.network,
        browser=stored.browser,
    )


def _is_alive(stored: StoredSession, now: datetime) -> bool:
    return (
        stored.active
        and now < stored.ends_at
        and now - stored.seen_at < timedelta(seconds=stored.idle_seconds)
    )


def _note(connection: Connection, stored: StoredSession, now: datetime) -> None:
    sessions.seen(connection, stored.token_hash, now)
    accounts.seen(connection, stored.account_id, now)


def shortened(address: str) -> str:
    """An address without the part that names one machine: enough to know the own office again."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    shown = mapped or found
    return str(ipaddress.ip_network((shown, 24 if shown.version == 4 else 48), strict=False))
