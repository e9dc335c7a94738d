"""Passkeys: signing in with what unlocks a phone, and no password that could be guessed or given away.

A device signs a challenge for the address that it was made for (WebAuthn Level 2). It must have looked at who
holds it (user verification), so that one passkey is two things at once: the device, and its owner's finger or
number. Which makes one is known to nobody: attestation is not asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from survey_app.errors import Refused
from survey_app.services.accounts import passkey_challenges as challenges
from survey_app.services.accounts import sessions, ways_in
from survey_app.services.accounts.passkey_challenges import NOT_ACCEPTED as NOT_ACCEPTED
from survey_app.services.accounts.passkey_challenges import PATIENCE as PATIENCE
from survey_app.services.accounts.sessions import Origin, Session, SessionTimes
from survey_app.services.places import audited, entered
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.audited import Event
from survey_app.storage import accounts, passkeys
from survey_app.storage.database import Connection, Database
from survey_app.storage.passkeys import Passkey
from survey_app.text import Text

#: How fresh a session must be that changes the ways into an account.
FRESH = timedelta(minutes=10)
#: More than anybody has devices.
MOST = 10
NAME_MAX = 80
SIGN_IN_AGAIN = Text(
    "Untuk mengubah cara masuk, keluar lalu masuk lagi, dan lakukan dalam 10 menit.",
    "To change how you sign in, sign out and in again, and do it within 10 minutes.",
)
LAST_WAY_IN = Text(
    "Ini satu-satunya cara Anda masuk. Tambahkan cara lain terlebih dahulu.",
    "This is your only way to sign in. Add another one first.",
)
TOO_MANY = Text(
    "Paling banyak {limit} kunci sandi. Hapus yang tidak dipakai lagi.",
    "There can be {limit} passkeys. Remove one that is no longer used.",
)
NAME_RULE = Text(
    "Nama kunci sandi harus 1 sampai {limit} karakter.",
    "The name of a passkey must have 1 to {limit} characters.",
)


@dataclass(frozen=True)
class Site:
    """For which address a key is made: `host` without a port, and the whole origin as a browser writes it."""

    host: str
    origin: str


def listed(database: Database, account_id: int) -> list[Passkey]:
    """The passkeys of an account, the oldest first."""
    with database.look() as connection:
        return passkeys.of_account(connection, account_id)


def start_adding(database: Database, session: Session, site: Site, title: str, now: datetime) -> str:
    """What the browser hands to the device, as JSON, for a new key of whoever is signed in.

    Raises: Refused `sign-in-again`, `passkeys-many`, `roles-from-provider`.
    """
    _require_fresh(session, now)
    with database.look() as connection:
        ways_in.require_ours(connection, session.account)
    known = listed(database, session.account)
    if len(known) >= MOST:
        raise Refused("passkeys-many", TOO_MANY.format(limit=MOST))
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=title,
        user_id=_handle(session.account),
        user_name=session.login,
        user_display_name=session.name,
        timeout=int(PATIENCE.total_seconds() * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[_descriptor(key) for key in known],
    )
    challenges.ask(database, options.challenge, session.account, now)
    return webauthn.options_to_json(options)


def add(
    database: Database, session: Session, site: Site, answer: Mapping[str, Any], name: str, now: datetime
) -> None:
    """Keep the key that a device has made, under the name its owner gives it.

    Raises: Refused `sign-in-again`, `input-refused` for the name, `passkey-refused` for all else.
    """
    _require_fresh(session, now)
    shown = name.strip()
    if problems := entered.shown_name_problems(shown, NAME_MAX, NAME_RULE):
        raise Refused.entries(problems)
    challenge = challenges.challenge_of(answer)
    challenges.require_asked(database, challenge, session.account, now)
    try:
        made = webauthn.verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise challenges.refused() from None
    new = Passkey(
        credential_id=bytes_to_base64url(made.credential_id),
        account_id=session.account,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=shown,
        made_at=now,
        used_at=None,
    )

    def job(connection: Connection) -> bool:
        accounts.lock(connection)
        many = len(passkeys.of_account(connection, session.account)) >= MOST
        if many or passkeys.find(connection, new.credential_id) is not None:
            return False
        passkeys.add(connection, new)
        _note(connection, session, added="passkey", name=shown)
        return True

    if not database.write(job):
        raise challenges.refused()


def start_sign_in(database: Database, site: Site, now: datetime) -> str:
    """What the browser hands to the device, as JSON: any key for this address, whosoever it is."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        timeout=int(PATIENCE.total_seconds() * 1000),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    challenges.ask(database, options.challenge, None, now)
    return webauthn.options_to_json(options)


def sign_in(
    database: Database,
    site: Site,
    answer: Mapping[str, Any],
    origin: Origin,
    now: datetime,
    times: SessionTimes | None = None,
) -> str:
    """Begin a session of whose key has signed, and give its token.

    Raises: Refused `passkey-refused`, whatever was wrong.
    """
    challenge, named = challenges.challenge_of(answer), answer.get("id")
    challenges.require_asked(database, challenge, None, now)
    if not challenges.is_credential_id(named):
        raise challenges.refused()
    with database.read() as connection:
        key = passkeys.find(connection, named)
        account = None if key is None else accounts.by_id(connection, key.account_id)
    if key is None or account is None or account.demo:
        raise challenges.refused()
    known = Acting(Role.PUBLIC, by=account.login, network=sessions.shortened(origin.address))
    with audited.refusals(database, known, Event.SIGN_IN, {"way": "passkey"}):
        _check(database, site, answer, challenge, key, now, active=account.active)
        return sessions.begin(
            database,
            account.id,
            origin,
            now,
            times,
            way="passkey",
            still=partial(_require_kept, key.credential_id),
        )


def _check(
    database: Database,
    site: Site,
    answer: Mapping[str, Any],
    challenge: bytes,
    key: Passkey,
    now: datetime,
    *,
    active: bool,
) -> None:
    """Refuse what the key has not signed, and whoever is let in no more."""
    try:
        seen = webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise challenges.refused() from None
    if not active:
        raise challenges.refused()
    database.write(lambda connection: passkeys.used(connection, key.credential_id, seen.new_sign_count, now))


def remove(database: Database, session: Session, credential_id: str, now: datetime) -> None:
    """Forget one of the own keys; nothing for one of somebody else.

    Raises: Refused `sign-in-again`; `last-way-in` for the only one of who has no password.
    """
    _require_fresh(session, now)

    def job(connection: Connection) -> None:
        accounts.lock(connection)
        passkeys.remove(
            connection, session.account, [credential_id] if challenges.is_credential_id(credential_id) else []
        )
        _require_way_in(connection, session.account)
        _note(connection, session, removed="passkey")

    database.write(job)


def drop_password(database: Database, session: Session, now: datetime) -> None:
    """Let the own account be entered with passkeys alone.

    Raises: Refused `sign-in-again`; `last-way-in` for who has none.
    """
    _require_fresh(session, now)

    def job(connection: Connection) -> None:
        accounts.lock(connection)
        accounts.set_password(connection, session.account, None)
        _require_way_in(connection, session.account)
        _note(connection, session, removed="password")

    database.write(job)


def _note(connection: Connection, session: Session, **what: str) -> None:
    audited.write(connection, session.acting, Event.CHANGE_OWN_ACCOUNT, what)


def _require_fresh(session: Session, now: datetime) -> None:
    session.acting.require_own()
    # A page left open must not become a way in for good.
    if now - session.begun_at > FRESH or session.demo:
        raise Refused("sign-in-again", SIGN_IN_AGAIN)


def _require_way_in(connection: Connection, account_id: int) -> None:
    account = accounts.by_id(connection, account_id)
    if account is None or not account.has_way_in:
        raise Refused("last-way-in", LAST_WAY_IN)


def _require_kept(credential_id: str, connection: Connection) -> None:
    """Refuse a key that was removed, or whose account was deactivated, since it signed."""
    key = passkeys.find(connection, credential_id)
    account = None if key is None else accounts.by_id(connection, key.account_id)
    if account is None or not account.active:
        raise challenges.refused()


def _handle(account_id: int) -> bytes:
    """What a device keeps of whose key it is: a number of ours, that tells nothing about a person."""
    return account_id.to_bytes(8)


def _descriptor(key: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_id))
