"""Who signs in: accounts, what they may do where, their sessions, one-time links, and failed tries."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import Placed, UtcDateTime, metadata

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # What is typed to sign in, as `services.accounts.names` writes it.
    sa.Column("login", sa.String(100), nullable=False, unique=True),
    sa.Column("name", sa.String(100), nullable=False),
    # Of argon2; none until a one-time link was used.
    sa.Column("password_hash", sa.String(200)),
    sa.Column("active", sa.Boolean, nullable=False),
    # Who let the account in no more, as far as it is known: the role, and the code of its agency, empty for
    # the whole province. Whoever may less does not let it in again.
    sa.Column("closed_role", sa.String(20)),
    sa.Column("closed_agency", sa.Text),
    # Of the demonstration: signs in without a password while that is switched on, and at no other time.
    sa.Column("demo", sa.Boolean, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("last_seen", UtcDateTime),
    info={"placed": Placed.COPIED},
)

#: A role of an account at one place; an account may have several.
account_role = sa.Table(
    "account_role",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    # Codes; both empty for the whole province.
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.UniqueConstraint("account_id", "role", "agency", "unit"),
    info={"placed": Placed.COPIED},
)

account_session = sa.Table(
    "account_session",
    metadata,
    # SHA-256 of what the browser holds: nothing in the database lets anyone act for somebody.
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
    # In which of the roles the session acts. A role taken back leaves none, and the session ends with it.
    sa.Column("role_id", sa.Integer, sa.ForeignKey("account_role.id", ondelete="CASCADE"), nullable=False),
    sa.Column("begun_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    # Seconds without a request after which it ends, and the moment at which it ends in any case.
    sa.Column("idle_seconds", sa.Integer, nullable=False),
    sa.Column("ends_at", UtcDateTime, nullable=False),
    # A shortened address and the kind of browser: for who looks through the own sessions.
    sa.Column("network", sa.String(50), nullable=False),
    sa.Column("browser", sa.String(60), nullable=False),
    info={"placed": Placed.COPIED},
)

#: Whom a session views the pages as, and until when. Its end comes by whatever is first of a click, the time,
#: the session, the role, the account and the right; then the row goes.
account_view = sa.Table(
    "account_view",
    metadata,
    sa.Column(
        "session_id",
        sa.String(64),
        sa.ForeignKey("account_session.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
    # In which of that account's roles; none once that is taken back.
    sa.Column("role_id", sa.Integer, sa.ForeignKey("account_role.id", ondelete="SET NULL")),
    sa.Column("until", UtcDateTime, nullable=False),
    info={"placed": Placed.COPIED},
)

one_time_link = sa.Table(
    "one_time_link",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    # first, invitation or reset.
    sa.Column("kind", sa.String(12), nullable=False),
    # None of the first administrator, whose account comes into being as the link is used.
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    info={"placed": Placed.COPIED},
)

#: How often somebody failed to sign in lately, counted by account, by address and by both, each as a hash.
#: Without failures: from where somebody has signed in, and in `last_at` until when that counts.
failed_sign_in = sa.Table(
    "failed_sign_in",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", UtcDateTime, nullable=False),
    info={"placed": Placed.COPIED},
)

#: Public keys of devices that sign in without a password.
passkey = sa.Table(
    "passkey",
    metadata,
    # What the device calls it, in base64url.
    sa.Column("credential_id", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    # How often the device says it was used; devices that share a key among them always say 0.
    sa.Column("sign_count", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime),
    info={"placed": Placed.COPIED},
)

#: What a device is asked to sign: once, and for a few minutes.
passkey_challenge = sa.Table(
    "passkey_challenge",
    metadata,
    sa.Column("challenge_hash", sa.String(64), primary_key=True),
    # Whose new key it is for; none where somebody signs in, as nobody knows yet who.
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id")),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    info={"placed": Placed.COPIED},
)

#: Whom of a provider of OpenID Connect an account is of. It has its identity from its first day or never:
#: no account of before is ever given one, whatever name or address the provider says.
account_identity = sa.Table(
    "account_identity",
    metadata,
    sa.Column("issuer", sa.String(500), primary_key=True),
    # What the provider calls the person, for good; at most 255 characters by OpenID Connect.
    sa.Column("subject", sa.String(255), primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, unique=True),
    info={"placed": Placed.COPIED},
)

#: Somebody who was sent to the provider and is awaited back: once, and for a few minutes.
oidc_request = sa.Table(
    "oidc_request",
    metadata,
    sa.Column("state_hash", sa.String(64), primary_key=True),
    sa.Column("nonce", sa.String(64), nullable=False),
    # What proves to the provider that the code comes back from where it was asked for (PKCE).
    sa.Column("verifier", sa.String(64), nullable=False),
    # Where the person comes back to, and where from there.
    sa.Column("returning_to", sa.Text, nullable=False),
    sa.Column("onward", sa.Text, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    info={"placed": Placed.COPIED},
)
