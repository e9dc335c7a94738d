"""Seeing the pages as somebody else's role shows them, to help: written down, and without changing anything.

Whoever may give a role may view as who has it, and sees then what both may see: the role asks its viewer at
every question (`Acting.viewer`), and lies within the viewer's place. It is asked anew at each request and
each run of a page, so that it is over with whatever ends first of time, role, account and right.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from survey_app.errors import NotFound, Refused, Unavailable
from survey_app.services.accounts.persons import Held, agencies_of_units, seen_by
from survey_app.services.places import audited
from survey_app.services.places.acting import NOT_YOURS, Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.roles import Role
from survey_app.services.places.scope import Scope
from survey_app.storage import accounts, sessions, views
from survey_app.storage.accounts import Account, AccountRole
from survey_app.storage.database import Connection, Database
from survey_app.storage.sessions import StoredSession
from survey_app.storage.views import StoredView
from survey_app.text import Text

#: Enough to look at what somebody asks about; whoever needs longer begins anew, which is written down again.
LONGEST = timedelta(minutes=30)
ROLE_GONE = Text(
    "Peran itu sudah diambil kembali, atau akunnya tidak aktif.",
    "That role has been taken back, or the account is not active.",
)
NOT_ONESELF = Text(
    "Itu akun Anda sendiri. Ganti peran di halaman Akun.",
    "That is your own account. Change the role on the page Account.",
)
_BEGIN, _END = "accounts.views.begin", "accounts.views.end"


@dataclass(frozen=True, kw_only=True)
class View:
    """Whom somebody views as, in which of that person's roles, and until when at the latest."""

    account: int
    login: str
    name: str
    given: Held
    until: datetime

    def acting(self, viewer: Acting) -> Acting:
        """Who asks while it lasts."""
        given = self.given
        return Acting(given.role, given.scope, self.account, self.login, viewer.network, viewer=viewer)


def begin(
    database: Database, acting: Acting, session_key: str, account_id: int, role_id: int, now: datetime
) -> None:
    """Let a session of whoever acts view the pages as an account in one of its roles.

    Raises:
        Refused: `role-refused`, `viewing-as`; `scope-refused` for an account that whoever acts may not
            change; `view-refused` for the own one.
        NotFound: `role-unknown` where the account has no such role, or is not active, or a sample.
    """
    places = agencies_of_units(database)
    what: dict[str, object] = {"service": _BEGIN, "account_id": account_id}
    with audited.refusals(database, acting, Action.VIEW_AS, what):
        acting.require_action(Action.VIEW_AS)

        def job(connection: Connection) -> None:
            accounts.lock(connection)
            account = accounts.by_id(connection, account_id)
            if account is None:
                raise NotFound("role-unknown", ROLE_GONE)
            if account_id == acting.account:
                raise Refused("view-refused", NOT_ONESELF)
            if not seen_by(account, accounts.roles_of(connection, account_id), acting, places).mine:
                raise Refused("scope-refused", NOT_YOURS.format(place=account.name))
            until = now + LONGEST
            stored = StoredView(account_id=account_id, role_id=role_id, until=until)
            view = _view(connection, stored, acting, now, places)
            if view is None:
                raise NotFound("role-unknown", ROLE_GONE)
            views.begin(connection, session_key, stored)
            told = {"service": _BEGIN, **_told(view), "until": until}
            audited.write(connection, acting, Action.VIEW_AS, told, view.given.scope)

        database.write(job)


def end(database: Database, session_key: str, viewer: Acting) -> None:
    """Return to the own role; nothing where the session views as nobody."""
    database.write(lambda connection: note_end(connection, session_key, viewer, "click"))


def note_over(connection: Connection, ends: Callable[[StoredSession], bool]) -> None:
    """To be called before sessions end: what those that do view as ends with them, and is written down."""
    for session in sessions.viewing(connection):
        if ends(session):
            viewer = acting_in(session, by=session.login, network=session.network)
            note_end(connection, session.token_hash, viewer, "session")


def note_end(connection: Connection, session_key: str, viewer: Acting, why: str) -> None:
    """End what a session views as, and write down why: click, session, time, or right."""
    stored = views.find(connection, session_key)
    if stored is None or not views.end(connection, session_key):
        return
    account = accounts.by_id(connection, stored.account_id)
    roles = accounts.roles_of(connection, stored.account_id)
    role = next((_held(role) for role in roles if role.id == stored.role_id), None)
    what: dict[str, object] = {"service": _END, "login": account.login if account else "", "ended": why}
    if role is None:
        audited.write(connection, viewer, Action.VIEW_AS, what)
    else:
        audited.write(connection, viewer, Action.VIEW_AS, what | {"role": role.role}, role.scope)


def find(database: Database, session_key: str, viewer: Acting, now: datetime) -> View | None:
    """Whom a session views as now; what is over is ended, and written down."""
    places = agencies_of_units(database)
    with database.look() as connection:
        stored = views.find(connection, session_key)
        view = None if stored is None else _view(connection, stored, viewer, now, places)
    if stored is not None and view is None:
        why = "time" if now >= stored.until else "right"
        # It shows nothing more, whether or not the database takes that in just now.
        with suppress(Unavailable):
            database.write(lambda connection: note_end(connection, session_key, viewer, why))
    return view


def acting_in(role: AccountRole | StoredSession, *, by: str = "", network: str = "") -> Acting:
    """Somebody in a stored role at its place."""
    scope = Scope(role.agency or None, role.unit or None)
    return Acting(Role(role.role), scope, role.account_id, by, network)


def _view(
    connection: Connection, stored: StoredView, viewer: Acting, now: datetime, places: dict[str, str]
) -> View | None:
    """What is stored, as long as it holds."""
    account = accounts.by_id(connection, stored.account_id)
    if account is None or not _may(account, viewer) or now >= stored.until:
        return None
    roles = accounts.roles_of(connection, account.id)
    given = next((_held(role) for role in roles if role.id == stored.role_id), None)
    if given is None or not seen_by(account, roles, viewer, places).mine:
        return None
    return View(account=account.id, login=account.login, name=account.name, given=given, until=stored.until)


def _may(account: Account, viewer: Acting) -> bool:
    # A sample has nobody behind it who asks for help.
    return account.active and not account.demo and viewer.may(Action.VIEW_AS)


def _held(role: AccountRole) -> Held:
    return Held(id=role.id, role=Role(role.role), scope=Scope(role.agency or None, role.unit or None))


def _told(view: View) -> dict[str, object]:
    return {"login": view.login, "role": view.given.role}
