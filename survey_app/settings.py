"""The only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from survey_app.secret_settings import Secret, read_private

ROOT = Path(__file__).parents[1]
_OURS = ("SURVEY_", "DATABASE_URL", "STREAMLIT_", "PG")

#: Months after which an answer that waited in a browser comes with its own moment no more (90 days): what it
#: could be compared with stays as long.
_LATEST_ANSWER = 3
#: Months in which what went wrong with an account is usually noticed.
_LOOKED_INTO = 6
#: Ten years: longer is for ever.
_LONGEST = 120
#: Characters of a line of the contact.
_LINE = 200
_SHORTEST_SECRET = 32


@dataclass(frozen=True, kw_only=True)
class Oidc:
    """A provider of OpenID Connect by which people may sign in.

    Attributes:
        issuer: its address, to the letter as it says itself.
        client_id: what it knows this server by.
        client_secret: what this server proves itself with.
        name: what people call it, on the button.
        scopes: what it is asked to tell of a person.
        roles: the file that says which of its claims mean which role where.
    """

    issuer: str
    client_id: str
    client_secret: Secret
    name: str
    scopes: str
    roles: Path


@dataclass(frozen=True, kw_only=True)
class Retention:
    """For how many whole months after its own month personal data are kept.

    Attributes:
        comments: what citizens wrote.
        profiles: what each of them said about himself; counts of it stay.
        devices: what tells two answers of one device, or of one network, from others.
        audit: who did something, and from which network; what was done stays.
    """

    comments: int
    profiles: int
    devices: int
    audit: int


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom citizens ask about their data; at least one of the ways is there. Plain text on one line each."""

    name: str
    email: str
    phone: str
    address: str

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways that there are."""
        return tuple(filter(None, (self.email, self.phone, self.address)))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator can set. See docs/settings.md.

    Attributes:
        database: SQLAlchemy URL, a secret as it may hold a password; None is SQLite in var/.
        default_time_zone: IANA zone for units created without one.
        refresh_seconds: how often the server folds new responses into the roll-up.
        reports_dir: where scheduled reports are put.
        schedule_seconds: how often the server looks for reports that are due; 0 leaves it to the command.
        limit_factor: widens (or narrows) how fast one device and one address may send answers.
        public_url: the address citizens are sent to, without a / at its end; None takes that of each request.
        session_idle_minutes: how long somebody stays signed in without opening anything.
        session_hours: how long somebody stays signed in altogether.
        deliver_seconds: how often the server looks for messages to webhooks; 0 leaves it to the command.
        webhook_networks: networks inside to which messages may be sent as well.
        webhook_key: secret of which those of webhooks are made; None keeps one in `webhook_key_file`.
        demo: whether people of the demonstration may sign in without a password, at this machine alone.
        oidc: the provider by which people may sign in; None without one.
        retention: how long personal data are kept.
        contact: whom citizens ask about their data; None where nobody has said.
        pseudonym_key: secret that turns a NIP into a pseudonym; None keeps one in `pseudonym_key_file`.
    """

    database: Secret | None
    default_time_zone: str
    refresh_seconds: float
    reports_dir: Path
    schedule_seconds: float
    limit_factor: float
    public_url: str | None
    session_idle_minutes: float
    session_hours: float
    deliver_seconds: float
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]
    webhook_key: Secret | None
    webhook_key_file: Path
    demo: bool
    oidc: Oidc | None
    retention: Retention
    contact: Contact | None
    pseudonym_key: Secret | None
    pseudonym_key_file: Path

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of the database. Raises: SettingError, as `Secret.read`."""
        return f"sqlite:///{ROOT / 'var' / 'survey.db'}" if self.database is None else self.database.read()

    def check_secrets(self) -> None:
        """As a server starts: each secret can be read, and by nobody else. Raises: as `Secret.read`."""
        for secret in (
            self.database,
            self.pseudonym_key,
            self.webhook_key,
            None if self.oidc is None else self.oidc.client_secret,
        ):
            if secret is not None:
                secret.read()
        for made, file in (
            (self.pseudonym_key is None, self.pseudonym_key_file),
            (self.webhook_key is None, self.webhook_key_file),
        ):
            if made and file.exists():
                read_private(file)


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; docs/settings.md lists the names."""
    return Settings(
        database=Secret.of(environ, "DATABASE_URL"),
        default_time_zone=environ.get("SURVEY_TIME_ZONE", "Asia/Makassar"),
        refresh_seconds=float(environ.get("SURVEY_REFRESH_SECONDS", "5")),
        reports_dir=Path(environ.get("SURVEY_REPORTS_DIR") or ROOT / "var" / "reports"),
        schedule_seconds=float(environ.get("SURVEY_SCHEDULE_SECONDS", "60")),
        limit_factor=float(environ.get("SURVEY_LIMIT_FACTOR", "1")),
        public_url=public_url(environ),
        session_idle_minutes=_between(environ, "SURVEY_SESSION_IDLE_MINUTES", "60", 5, 24 * 60),
        session_hours=_between(environ, "SURVEY_SESSION_HOURS", "12", 1, 31 * 24),
        deliver_seconds=float(environ.get("SURVEY_DELIVER_SECONDS", "15")),
        webhook_networks=_networks(environ, "SURVEY_WEBHOOK_NETWORKS"),
        webhook_key=Secret.of(environ, "SURVEY_WEBHOOK_KEY", shortest=_SHORTEST_SECRET),
        webhook_key_file=ROOT / "var" / "webhook.key",
        demo=environ.get("SURVEY_DEMO") == "1",
        oidc=_oidc(environ),
        retention=_retention(environ),
        contact=_contact(environ),
        pseudonym_key=Secret.of(environ, "SURVEY_PSEUDONYM_KEY"),
        pseudonym_key_file=ROOT / "var" / "pseudonym.key",
    )


def public_url(environ: Mapping[str, str] = os.environ) -> str | None:
    """`Settings.public_url` alone: all settings would be read at every run of a page."""
    return _address(environ.get("SURVEY_PUBLIC_URL"))


def _retention(environ: Mapping[str, str]) -> Retention:
    return Retention(
        comments=_months(environ, "SURVEY_KEEP_COMMENTS_MONTHS", "24", _LATEST_ANSWER),
        profiles=_months(environ, "SURVEY_KEEP_PROFILES_MONTHS", "24", _LATEST_ANSWER),
        devices=_months(environ, "SURVEY_KEEP_DEVICES_MONTHS", "6", _LATEST_ANSWER),
        audit=_months(environ, "SURVEY_KEEP_AUDIT_MONTHS", "24", _LOOKED_INTO),
    )


def _months(environ: Mapping[str, str], name: str, default: str, least: int) -> int:
    given = environ.get(name, default)
    if not re.fullmatch(r"[0-9]{1,4}", given) or not least <= int(given) <= _LONGEST:
        raise ValueError(f"{name} must be a whole number from {least} to {_LONGEST}, and not {given!r}")
    return int(given)


def _contact(environ: Mapping[str, str]) -> Contact | None:
    found = Contact(
        name=_line(environ, "SURVEY_CONTACT_NAME"),
        email=_line(environ, "SURVEY_CONTACT_EMAIL", r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[^\s@,;:<>().]+"),
        phone=_line(environ, "SURVEY_CONTACT_PHONE", r"\+?[0-9][0-9 ().-]{5,28}"),
        address=_line(environ, "SURVEY_CONTACT_ADDRESS"),
    )
    if not found.name and not found.ways:
        return None
    if not found.name or not found.ways:
        raise ValueError("set SURVEY_CONTACT_NAME and one of SURVEY_CONTACT_EMAIL, _PHONE and _ADDRESS")
    return found


def _line(environ: Mapping[str, str], name: str, pattern: str = r".*") -> str:
    """Text on one line, without what no reader sees or what turns the direction of others."""
    given = environ.get(name, "").strip()
    if given and (len(given) > _LINE or not given.isprintable() or not re.fullmatch(pattern, given)):
        raise ValueError(f"{name} must be one line of at most {_LINE} characters, and not {given!r}")
    return given


def of_others(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment without any setting of ours, for a process that is to know no secret.

    Nor of Streamlit (the key of its cookies) and of PostgreSQL (a password, where the URL has none).
    """
    return {k: v for k, v in environ.items() if not k.startswith(_OURS)}


def _between(environ: Mapping[str, str], name: str, default: str, low: float, high: float) -> float:
    number = float(environ.get(name, default))
    if not low <= number <= high:
        raise ValueError(f"{name} must be from {low} to {high}, and not {environ.get(name)!r}")
    return number


def _networks(environ: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    given = [one.strip() for one in environ.get(name, "").split(",") if one.strip()]
    try:
        return tuple(ip_network(one) for one in given)
    except ValueError:
        raise ValueError(
            f"{name} must look like 10.20.0.0/16,fd00::/8, and not like {environ[name]!r}"
        ) from None


def _oidc(environ: Mapping[str, str]) -> Oidc | None:
    issuer = environ.get("SURVEY_OIDC_ISSUER")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    # Over plain HTTP anybody on the way could say who somebody is. On this machine there is no way.
    guarded = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not guarded or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError(
            f"SURVEY_OIDC_ISSUER must look like https://masuk.contoh.go.id, and not like {issuer!r}"
        )
    secret = Secret.of(environ, "SURVEY_OIDC_CLIENT_SECRET")
    if secret is None:
        raise ValueError("set one of SURVEY_OIDC_CLIENT_SECRET and SURVEY_OIDC_CLIENT_SECRET_FILE")
    return Oidc(
        issuer=issuer,
        client_id=_required(environ, "SURVEY_OIDC_CLIENT_ID"),
        client_secret=secret,
        name=environ.get("SURVEY_OIDC_NAME") or "SSO",
        scopes=environ.get("SURVEY_OIDC_SCOPES") or "openid profile email",
        roles=Path(_required(environ, "SURVEY_OIDC_ROLES")),
    )


def is_loopback(host: str) -> bool:
    """Whether a name can only mean this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _required(environ: Mapping[str, str], name: str) -> str:
    if not (value := environ.get(name)):
        raise ValueError(f"{name} must be set where SURVEY_OIDC_ISSUER is")
    return value


def _address(given: str | None) -> str | None:
    if not given:
        return None
    parts = urlsplit(given)
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or more:
        raise ValueError(
            f"SURVEY_PUBLIC_URL must look like https://survei.contoh.go.id, and not like {given!r}"
        )
    return f"{parts.scheme}://{parts.netloc}"
