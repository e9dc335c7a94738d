"""Signing in by a provider of OpenID Connect, which says who somebody is and by its claims what they may do.

The authorization code flow (Core 1.0) with PKCE, `state` and `nonce`: whoever comes back must come in the
browser that was sent away, once and soon. An account is found by what the provider calls its owner for good,
and is never one of before: a name or an address that somebody else has chosen opens nothing here. Its roles
are those of the claims at every sign-in, and it has no other way in (docs/decisions/oidc.md).
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from survey_app.errors import NotFound, Refused
from survey_app.services.accounts import names, oidc_roles, sessions, tokens, views
from survey_app.services.accounts.oidc_provider import NOT_CONFIRMED, Provider
from survey_app.services.accounts.oidc_roles import Rule
from survey_app.services.accounts.sessions import Origin, SessionTimes
from survey_app.services.places import audited, catalogue
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.audited import Event
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts, identities
from survey_app.storage.accounts import Account
from survey_app.storage.database import Connection, Database
from survey_app.storage.identities import Awaited
from survey_app.text import Text

_log = logging.getLogger(__name__)

Grants = Collection[tuple[Role, Scope]]

#: How long somebody may take at the provider.
PATIENCE = timedelta(minutes=10)
NOT_AWAITED = Text(
    "Proses masuk ini tidak berlaku lagi, atau dimulai di peramban lain. Mulai lagi dari halaman Masuk.",
    "This sign-in does not hold any more, or was begun in another browser. Begin again at the sign-in page.",
)


class _Outcome(Enum):
    """Why somebody whom the provider knows is not let in: a code, and words."""

    FIRST = (
        "oidc-first",
        Text(
            "Belum ada akun. Admin pertama masuk dengan tautan sekali pakai yang tampil di terminal saat "
            "aplikasi dimulai.",
            "There are no accounts yet. The first administrator comes in by the one-time link that the "
            "terminal showed as the application started.",
        ),
    )
    NO_ROLE = (
        "oidc-no-role",
        Text(
            "{name} mengenal Anda, tetapi Anda belum mendapat peran di sini. Hubungi admin.",
            "{name} knows you, and you have no role here yet. Please ask the administrator.",
        ),
    )
    INACTIVE = (
        "oidc-inactive",
        Text(
            "Akun Anda di sini dinonaktifkan. Hubungi admin.",
            "Your account here is deactivated. Please ask the administrator.",
        ),
    )


@dataclass(frozen=True)
class Departure:
    """Where to send a browser, and the `state` that it holds until it comes back."""

    address: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Return:
    """With what a browser comes back: what the address says, and in `held` what the browser has kept."""

    state: str
    held: str
    code: str
    issuer: str | None = None


def depart(
    database: Database, provider: Provider, returning_to: str, onward: str, now: datetime
) -> Departure:
    """Begin a sign-in at the provider.

    Args:
        returning_to: our own address to which the provider sends the browser back.
        onward: where the person wants to go in the end.

    Raises: ProviderAway `oidc-away`.
    """
    state = tokens.new_token()
    awaited = Awaited(
        nonce=tokens.new_token(),
        verifier=tokens.new_token(),
        returning_to=returning_to,
        onward=onward,
        expires_at=now + PATIENCE,
    )
    address = provider.departure(awaited, state, now)

    def job(connection: Connection) -> None:
        identities.forget_lost(connection, now)
        identities.await_back(connection, tokens.hashed(state), awaited)

    database.write(job)
    return Departure(address, state)


def come_back(database: Database, back: Return, now: datetime) -> Awaited:
    """Who was sent away, now that the browser is back; nobody comes back twice.

    Raises: Refused `oidc-not-awaited`.
    """
    ours = hmac.compare_digest(back.state.encode(), back.held.encode()) and back.state
    # Not taken out by another browser: that one could only end a sign-in that is not its own.
    awaited = database.write(lambda c: identities.came_back(c, tokens.hashed(back.state))) if ours else None
    if awaited is None or now >= awaited.expires_at:
        raise Refused("oidc-not-awaited", NOT_AWAITED)
    return awaited


def sign_in(
    database: Database,
    provider: Provider,
    rules: tuple[Rule, ...],
    back: Return,
    awaited: Awaited,
    origin: Origin,
    now: datetime,
    times: SessionTimes | None = None,
) -> str:
    """Begin a session of whom the provider has confirmed, with the roles of its claims, and give its token.

    Raises:
        ProviderAway: `oidc-away`.
        SettingError: `oidc-client`.
        Refused: `oidc-refused` by the provider or for what it says; `oidc-first` where nobody has an account
            yet, `oidc-no-role`, `oidc-inactive`.
    """
    client = provider.client
    # Another provider's answer, sent here (RFC 9207); and no code where somebody has said no there.
    if not back.code or back.issuer not in (None, client.issuer):
        raise Refused("oidc-refused", NOT_CONFIRMED.format(name=client.name))
    wanted = {rule.path[0] for rule in rules}
    claims = provider.claims(back.code, awaited, lambda said: wanted <= said.keys(), now)
    grants = [grant for grant in oidc_roles.granted(rules, claims) if _exists(database, grant[1])]
    outcome = database.write(lambda c: _settled(c, client.issuer, claims, grants, now))
    if isinstance(outcome, _Outcome):
        code, text = outcome.value
        stranger = Acting(Role.PUBLIC, network=sessions.shortened(origin.address))
        audited.refused(database, stranger, Event.SIGN_IN, {"way": "provider", "code": code})
        raise Refused(code, text.format(name=client.name))
    return sessions.begin(database, outcome, origin, now, times, way="provider")


def _settled(
    connection: Connection, issuer: str, claims: Mapping[str, Any], grants: Grants, now: datetime
) -> int | _Outcome:
    """Give the account the roles of the claims and no other, and its id; or say why nobody comes in."""
    accounts.lock(connection)
    if not accounts.exist(connection):
        return _Outcome.FIRST
    subject = str(claims["sub"])
    account_id = identities.account_of(connection, issuer, subject)
    if account_id is None:
        if not grants:
            return _Outcome.NO_ROLE
        account_id = _made(connection, issuer, subject, claims, now)
    account = accounts.by_id(connection, account_id)
    if account is None or not account.active:
        return _Outcome.INACTIVE
    # Sessions that acted in a role taken back end with it: without any role, all of them.
    _set_roles(connection, account, grants)
    if not grants:
        return _Outcome.NO_ROLE
    if account.name != (shown := _name(claims, account.login)):
        accounts.set_name(connection, account_id, shown)
    return account_id


def _set_roles(connection: Connection, account: Account, grants: Grants) -> None:
    wanted = {(role.value, scope.agency or "", scope.unit or "") for role, scope in grants}
    roles = accounts.roles_of(connection, account.id)
    had = {(role.role, role.agency, role.unit): role.id for role in roles}
    taken = {had[gone] for gone in had.keys() - wanted}
    views.note_over(connection, lambda one: one.role_id in taken)
    for role_id in taken:
        accounts.remove_role(connection, role_id)
    for role, agency, unit in sorted(wanted):
        accounts.add_role(connection, account.id, role, agency, unit)
    if wanted != had.keys():
        provider = Acting(Role.PUBLIC, by=account.login)
        what = {"way": "provider", "roles": _told(wanted), "had": _told(had)}
        audited.write(connection, provider, Action.MANAGE_PEOPLE, what)


def _told(roles: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [{"role": role, "agency": agency, "unit": unit} for role, agency, unit in sorted(roles)]


def _made(connection: Connection, issuer: str, subject: str, claims: Mapping[str, Any], now: datetime) -> int:
    for login in _logins(issuer, subject, claims):
        made = accounts.add(connection, login, _name(claims, login), now)
        if made is not None:
            identities.add(connection, issuer, subject, made)
            return made
    raise AssertionError("the last of the logins is random")


def _logins(issuer: str, subject: str, claims: Mapping[str, Any]) -> Iterator[str]:
    """What an account may be called, the best first: one that is taken stays whose it is."""
    host = urlsplit(issuer).hostname or ""
    digest = hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()[:16]
    chosen = (claims.get("preferred_username"), claims.get("email"), f"{subject}@{host}", f"{digest}@{host}")
    for named in chosen:
        if isinstance(named, str) and names.is_login(kept := names.login_as_kept(named)):
            yield kept
    yield f"oidc-{secrets.token_hex(16)}"


def _name(claims: Mapping[str, Any], login: str) -> str:
    """What somebody is called, as far as it can be shown."""
    said = claims.get("name")
    letters = unicodedata.normalize("NFC", said) if isinstance(said, str) else ""
    return "".join(c for c in letters if c.isprintable()).strip()[: names.NAME_MAX].strip() or login


def _exists(database: Database, scope: Scope) -> bool:
    """Whether there is such a place: a role at none would be one for whoever makes it later."""
    with suppress(NotFound):
        if scope.unit is not None:
            catalogue.find_unit(database, scope.unit, PROVINCE)
        elif scope.agency is not None:
            catalogue.find_agency(database, scope.agency)
        return True
    _log.warning("the file of roles gives one at a place that is not there: %s", scope)
    return False
