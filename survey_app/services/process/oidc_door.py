"""The provider of OpenID Connect that the operator has set, and the file of roles that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from survey_app import settings
from survey_app.services.accounts import oidc_roles
from survey_app.services.accounts.oidc_provider import Client, Provider
from survey_app.services.accounts.oidc_roles import Rule


@dataclass(frozen=True)
class OidcDoor:
    """What was set. Its roles are read as somebody signs in: a fault in them keeps nobody else out."""

    config: settings.Oidc

    @property
    def name(self) -> str:
        """What people call the provider."""
        return self.config.name

    def provider(self) -> Provider:
        """The same for the whole process. Raises: SettingError, as `Secret.read`."""
        return _provider(self.config)

    def rules(self) -> tuple[Rule, ...]:
        """The rules of roles as the file has them now. Raises: SettingError, as `oidc_roles.read`."""
        return oidc_roles.read(self.config.roles)


def configured() -> OidcDoor | None:
    """None where nobody signs in by a provider."""
    config = settings.load().oidc
    return None if config is None else OidcDoor(config)


@cache
def _provider(config: settings.Oidc) -> Provider:
    client = Client(
        issuer=config.issuer,
        client_id=config.client_id,
        secret=config.client_secret.read(),
        name=config.name,
        scopes=config.scopes,
    )
    return Provider(client)
