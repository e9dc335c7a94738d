"""The provider of OpenID Connect that the operator has set, and the file of roles that goes with it."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from survey_app import settings
from survey_app.errors import SettingError
from survey_app.services.accounts import oidc_roles
from survey_app.services.accounts.oidc_provider import Client, Provider
from survey_app.services.accounts.oidc_roles import Rule
from survey_app.text import Text

_UNREADABLE = Text(
    "Rahasia pada {path} tidak dapat dibaca: {detail}.", "The secret in {path} cannot be read: {detail}."
)
_EMPTY = Text("Berkas rahasia {path} kosong.", "The file of the secret, {path}, is empty.")
_OPEN = Text(
    "Rahasia pada {path} dapat dibaca orang lain di komputer ini. Jalankan: chmod 600 {path}.",
    "The secret in {path} can be read by others on this computer. Run: chmod 600 {path}.",
)


@dataclass(frozen=True)
class OidcDoor:
    """What was set. Its files are read as somebody signs in: a fault in them keeps nobody else out."""

    config: settings.Oidc

    @property
    def name(self) -> str:
        """What people call the provider."""
        return self.config.name

    def provider(self) -> Provider:
        """The same for the whole process. Raises: SettingError, as `secret_of`."""
        return _provider(self.config)

    def rules(self) -> tuple[Rule, ...]:
        """The rules of roles as the file has them now. Raises: SettingError, as `oidc_roles.read`."""
        return oidc_roles.read(self.config.roles)


def configured() -> OidcDoor | None:
    """None where nobody signs in by a provider."""
    config = settings.load().oidc
    return None if config is None else OidcDoor(config)


def secret_of(path: Path) -> str:
    """The secret in a file that only its owner may read.

    Raises: SettingError `oidc-secret-open`, `oidc-secret-unreadable`.
    """
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingError("oidc-secret-open", _OPEN.format(path=path))
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        text = _UNREADABLE.format(path=path, detail=str(error).rstrip("."))
        raise SettingError("oidc-secret-unreadable", text) from error
    if not secret:
        raise SettingError("oidc-secret-unreadable", _EMPTY.format(path=path))
    return secret


@cache
def _provider(config: settings.Oidc) -> Provider:
    secret = config.client_secret
    if secret is None:
        assert config.client_secret_file is not None  # settings.load asks for one of the two
        secret = secret_of(config.client_secret_file)
    client = Client(
        issuer=config.issuer,
        client_id=config.client_id,
        secret=secret,
        name=config.name,
        scopes=config.scopes,
    )
    return Provider(client)
