"""The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
_SHORTEST_SECRET = 32


@dataclass(frozen=True, kw_only=True)
class Oidc:
    """A provider of OpenID Connect by which people may sign in.

    Attributes:
        issuer: its address, to the letter as it says itself.
        client_id: what it knows this server by.
        client_secret: what this server proves itself with; None where it stands in `client_secret_file`.
        name: what people call it, on the button.
        scopes: what it is asked to tell of a person.
        roles: the file that says which of its claims mean which role where.
    """

    issuer: str
    client_id: str
    client_secret: str | None
    client_secret_file: Path | None
    name: str
    scopes: str
    roles: Path


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator can set. See docs/settings.md.

    Attributes:
        database_url: SQLAlchemy URL; SQLite in var/ unless set.
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
        pseudonym_key: secret that turns a NIP into a pseudonym; None keeps one in `pseudonym_key_file`.
    """

    database_url: str
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
    webhook_key: str | None
    webhook_key_file: Path
    demo: bool
    oidc: Oidc | None
    pseudonym_key: str | None
    pseudonym_key_file: Path


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; docs/settings.md lists the names."""
    return Settings(
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'survey.db'}",
        default_time_zone=environ.get("SURVEY_TIME_ZONE", "Asia/Makassar"),
        refresh_seconds=float(environ.get("SURVEY_REFRESH_SECONDS", "5")),
        reports_dir=Path(environ.get("SURVEY_REPORTS_DIR") or ROOT / "var" / "reports"),
        schedule_seconds=float(environ.get("SURVEY_SCHEDULE_SECONDS", "60")),
        limit_factor=float(environ.get("SURVEY_LIMIT_FACTOR", "1")),
        public_url=_address(environ.get("SURVEY_PUBLIC_URL")),
        session_idle_minutes=_between(environ, "SURVEY_SESSION_IDLE_MINUTES", "60", 5, 24 * 60),
        session_hours=_between(environ, "SURVEY_SESSION_HOURS", "12", 1, 31 * 24),
        deliver_seconds=float(environ.get("SURVEY_DELIVER_SECONDS", "15")),
        webhook_networks=_networks(environ, "SURVEY_WEBHOOK_NETWORKS"),
        webhook_key=_secret(environ, "SURVEY_WEBHOOK_KEY"),
        webhook_key_file=ROOT / "var" / "webhook.key",
        demo=environ.get("SURVEY_DEMO") == "1",
        oidc=_oidc(environ),
        pseudonym_key=environ.get("SURVEY_PSEUDONYM_KEY"),
        pseudonym_key_file=ROOT / "var" / "pseudonym.key",
    )


def of_others(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment without any setting of ours, for a process that is to know no secret."""
    return {k: v for k, v in environ.items() if not k.startswith("SURVEY_") and k != "DATABASE_URL"}


def _between(environ: Mapping[str, str], name: str, default: str, low: float, high: float) -> float:
    number = float(environ.get(name, default))
    if not low <= number <= high:
        raise ValueError(f"{name} must be from {low} to {high}, and not {environ.get(name)!r}")
    return number


def _secret(environ: Mapping[str, str], name: str) -> str | None:
    given = environ.get(name) or None
    if given is not None and len(given) < _SHORTEST_SECRET:
        raise ValueError(f"{name} must have at least {_SHORTEST_SECRET} characters")
    return given


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
    secret, secret_file = (
        environ.get("SURVEY_OIDC_CLIENT_SECRET"),
        environ.get("SURVEY_OIDC_CLIENT_SECRET_FILE"),
    )
    if bool(secret) == bool(secret_file):
        raise ValueError("set one of SURVEY_OIDC_CLIENT_SECRET and SURVEY_OIDC_CLIENT_SECRET_FILE")
    return Oidc(
        issuer=issuer,
        client_id=_required(environ, "SURVEY_OIDC_CLIENT_ID"),
        client_secret=secret or None,
        client_secret_file=Path(secret_file) if secret_file else None,
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
