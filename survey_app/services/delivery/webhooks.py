"""Webhooks: an address outside that is told what happens at one place."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from survey_app.errors import Conflict, NotFound, Problem, Refused
from survey_app.services.delivery import addresses, events, signing
from survey_app.services.delivery.addresses import LONGEST, Network
from survey_app.services.delivery.events import TEST, WEBHOOK, News
from survey_app.services.delivery.sender import SWITCHED_OFF
from survey_app.services.places import catalogue, entered
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, asked, audited
from survey_app.services.places.own_place import own_place
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts, deliveries
from survey_app.storage import webhooks as storage
from survey_app.storage.database import Connection, Database
from survey_app.storage.webhooks import NewWebhook, StoredWebhook
from survey_app.text import Text

NAME_MAX = 100
WEBHOOK_UNKNOWN = Text("Webhook tidak dikenal.", "There is no such webhook.")
WEBHOOK_OFF = Text("Webhook ini nonaktif. Aktifkan dahulu.", "This webhook is off. Switch it on first.")
_BAD_ADDRESS = Text(
    "Alamat harus berawalan https://, tanpa nama akun, kata sandi, dan #, paling panjang {limit} karakter.",
    "The address must begin with https://, without a user name, a password and #, and have at most "
    "{limit} characters.",
)
_INSIDE = Text(
    "Alamat di jaringan dalam belum diizinkan. Minta pengelola sistem mengizinkannya "
    "(SURVEY_WEBHOOK_NETWORKS).",
    "An address inside the network is not allowed. Ask the system operator to allow it "
    "(SURVEY_WEBHOOK_NETWORKS).",
)
_NO_EVENTS = Text("Pilih sedikitnya satu kejadian.", "Choose at least one event.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What somebody wants to have told, and to whom."""

    name: str
    scope: Scope
    address: str
    events: Collection[News]

    @property
    def host(self) -> str:
        """All of the address that is written down of it elsewhere: a path may hold a secret."""
        return host_of(self.address)


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """A webhook as people see it. `maker` is a login, None of the server's own.

    `failed`: it was not switched off by somebody: too many deliveries in a row were given up.
    """

    id: int
    name: str
    address: str
    scope: Scope
    events: frozenset[News]
    made_at: datetime
    maker: str | None
    active: bool
    given_up: int

    @property
    def failed(self) -> bool:
        return not self.active and self.given_up > 0


@audited(
    Action.CONNECT_PROGRAMS,
    "terms.name",
    "terms.host",
    "terms.events",
    place=lambda _, given: given["terms"].scope,
)
def make(
    database: Database,
    acting: Acting,
    terms: Terms,
    key: bytes,
    now: datetime,
    allowed: Collection[Network] = (),
) -> str:
    """Make a webhook for a place inside the own one, and give its secret, which nobody is shown again.

    Args:
        key: the server's, of which the secret is made.
        allowed: networks inside to which may be sent.

    Raises:
        Refused: `role-refused`, `scope-refused`; `input-refused` with every problem.
        NotFound: `agency-unknown`, `unit-unknown`.
    """
    place = own_place(database, acting, terms.scope, Action.CONNECT_PROGRAMS)
    if problems := _problems(terms, tuple(allowed)):
        raise Refused.entries(problems)
    salt = secrets.token_hex(16)
    secret = signing.secret(key, salt)
    new = NewWebhook(
        name=terms.name.strip(),
        address=terms.address.strip(),
        events=" ".join(sorted(terms.events)),
        agency=place.agency or "",
        unit=place.unit or "",
        salt=salt,
        secret_hash=signing.hashed(secret),
        made_at=now,
        made_by=acting.account,
    )
    database.write(lambda connection: storage.add(connection, new))
    return signing.shown(secret)


@asked(Action.CONNECT_PROGRAMS)
def listed(database: Database, acting: Acting) -> list[Webhook]:
    """Those inside the own place that were not ended, the newest first. Raises: Refused."""
    acting.require_action(Action.CONNECT_PROGRAMS, to_read=True)
    found = [one for one in inside(database, acting.scope) if one.ended_at is None]
    with database.read() as connection:
        return [_webhook(connection, one) for one in found]


def inside(database: Database, within: Scope) -> list[StoredWebhook]:
    """All that are about what lies `within`, those that were ended too."""
    with database.read() as connection:
        found = storage.every(connection)
    if within == PROVINCE:
        return found
    units = {entry.unit.code for entry in catalogue.list_units(database, within)}
    return [w for w in found if (w.unit in units if w.unit else within.covers_whole(w.agency or None))]


def _by_number(database: Database, given: Given) -> StoredWebhook | None:
    with database.read() as connection:
        return storage.by_id(connection, given["webhook_id"])


def _where(database: Database, given: Given) -> Scope:
    stored = _by_number(database, given)
    return PROVINCE if stored is None else scope_of(stored)


def _before(database: Database, given: Given) -> object:
    stored = _by_number(database, given)
    return None if stored is None else {"name": stored.name, "active": stored.active}


@audited(Action.CONNECT_PROGRAMS, "webhook_id", "active", place=_where, before=_before)
def set_active(database: Database, acting: Acting, webhook_id: int, *, active: bool, now: datetime) -> None:
    """Switch it on; or off, and give up what waits for it.

    Raises: Refused `role-refused`, `scope-refused`; NotFound `webhook-unknown`.
    """
    _required(database, acting, webhook_id)

    def job(connection: Connection) -> None:
        storage.held(connection, webhook_id)
        storage.set_active(connection, webhook_id, active=active)
        if not active:
            # Whoever switches it off has not found it failing.
            storage.count(connection, webhook_id, given_up=0)
            deliveries.give_up_all(connection, WEBHOOK, str(webhook_id), SWITCHED_OFF, now)

    database.write(job)


@audited(Action.CONNECT_PROGRAMS, "webhook_id", place=_where, before=_before)
def end(database: Database, acting: Acting, webhook_id: int, now: datetime) -> None:
    """End it for good, and give up what waits for it. Raises: as `set_active`."""
    _required(database, acting, webhook_id)

    def job(connection: Connection) -> None:
        storage.held(connection, webhook_id)
        storage.end(connection, webhook_id, now)
        deliveries.give_up_all(connection, WEBHOOK, str(webhook_id), SWITCHED_OFF, now)

    database.write(job)


@audited(Action.CONNECT_PROGRAMS, "webhook_id", place=_where)
def send_test(database: Database, acting: Acting, webhook_id: int, now: datetime) -> None:
    """Have a message sent that tells of nothing, once. Raises: as `set_active`; Conflict `webhook-off`."""
    stored = _required(database, acting, webhook_id)
    if not stored.active:
        raise Conflict("webhook-off", WEBHOOK_OFF)
    where = scope_of(stored)
    database.write(lambda connection: events.write(connection, webhook_id, TEST, where, {}, now))


def required(database: Database, acting: Acting, stored: StoredWebhook | None) -> StoredWebhook:
    """A webhook, for who may change it. Raises: as `set_active`."""
    acting.require_action(Action.CONNECT_PROGRAMS)
    if stored is None or stored.ended_at is not None:
        raise NotFound("webhook-unknown", WEBHOOK_UNKNOWN)
    catalogue.require(database, acting, scope_of(stored), Action.CONNECT_PROGRAMS)
    return stored


def host_of(address: str) -> str:
    """The host of an address; empty of what is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def scope_of(stored: StoredWebhook) -> Scope:
    """The place whose news it is told."""
    return Scope(stored.agency or None, stored.unit or None)


def _required(database: Database, acting: Acting, webhook_id: int) -> StoredWebhook:
    with database.read() as connection:
        stored = storage.by_id(connection, webhook_id)
    return required(database, acting, stored)


def _problems(terms: Terms, allowed: tuple[Network, ...]) -> list[Problem]:
    problems = entered.shown_name_problems(terms.name.strip(), NAME_MAX)
    target = addresses.target(terms.address.strip())
    if target is None:
        problems.append(Problem("webhook-address", "address", _BAD_ADDRESS.format(limit=LONGEST)))
    elif addresses.is_inside(target.host, allowed):
        problems.append(Problem("webhook-inside", "address", _INSIDE))
    if not terms.events:
        problems.append(Problem("no-events", "events", _NO_EVENTS))
    return problems


def _webhook(connection: Connection, stored: StoredWebhook) -> Webhook:
    maker = None if stored.made_by is None else accounts.by_id(connection, stored.made_by)
    return Webhook(
        id=stored.id,
        name=stored.name,
        address=stored.address,
        scope=scope_of(stored),
        events=frozenset(news for news in News if news in stored.events.split()),
        made_at=stored.made_at,
        maker=None if maker is None else maker.login,
        active=stored.active,
        given_up=stored.given_up,
    )
