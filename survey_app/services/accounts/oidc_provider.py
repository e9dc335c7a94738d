"""A provider of OpenID Connect: where it is asked, with what keys it signs, and what it says of somebody.

What it shows of itself (Discovery 1.0) and its keys are fetched when first needed and kept for an hour; keys
also anew as a token comes that none of them has signed. Nobody follows a redirect, waits more than a few
seconds for a sign of life, or reads on without end. No token is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.discovery import get_well_known_url
from requests import PreparedRequest, RequestException, Response
from requests.adapters import HTTPAdapter

from survey_app.errors import ProviderAway, Refused, SettingError
from survey_app.services.accounts import oidc_tokens
from survey_app.services.accounts.oidc_tokens import Expected, KeyMissing, PublicKey, TokenRefused
from survey_app.storage.identities import Awaited
from survey_app.text import Text

KEPT = timedelta(hours=1)
#: Seconds until an answer begins, and goes on; and bytes.
_PATIENCE, _MOST = 5.0, 1024 * 1024
_WHERE = ("authorization_endpoint", "token_endpoint", "jwks_uri")
AWAY = Text(
    "{name} tidak dapat dihubungi saat ini. Coba lagi sebentar, atau masuk dengan cara lain.",
    "{name} cannot be reached now. Try again soon, or sign in another way.",
)
NOT_CONFIRMED = Text(
    "{name} tidak memastikan siapa Anda. Coba masuk lagi.",
    "{name} did not confirm who you are. Try to sign in again.",
)
NOT_KNOWN = Text(
    "{name} tidak mengenali aplikasi ini: periksa SURVEY_OIDC_CLIENT_ID dan rahasianya.",
    "{name} does not know this application: check SURVEY_OIDC_CLIENT_ID and its secret.",
)


@dataclass(frozen=True, kw_only=True)
class Client:
    """What this server is at the provider; `name` is what people call the provider."""

    issuer: str
    client_id: str
    secret: str
    name: str
    scopes: str


@dataclass(frozen=True)
class _Kept:
    metadata: Mapping[str, Any]
    keys: tuple[PublicKey, ...]
    at: datetime

    def holds(self, now: datetime) -> bool:
        return timedelta() <= now - self.at < KEPT


class Provider:
    """One provider, for all that ask; several at once may fetch the same, and the last is kept."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._kept: _Kept | None = None

    def departure(self, awaited: Awaited, state: str, now: datetime) -> str:
        """The address at the provider where somebody says who they are. Raises: ProviderAway `oidc-away`."""
        metadata = self._known(now).metadata
        with self._session(metadata, awaited.returning_to) as session:
            address, _ = session.create_authorization_url(
                metadata["authorization_endpoint"],
                state=state,
                nonce=awaited.nonce,
                code_verifier=awaited.verifier,
            )
        return str(address)

    def claims(
        self, code: str, awaited: Awaited, enough: Callable[[Mapping[str, Any]], bool], now: datetime
    ) -> Mapping[str, Any]:
        """What the provider says of whoever came back with a code, verified.

        Args:
            enough: whether an ID token says all that is wanted; else the provider is asked for more.

        Raises:
            ProviderAway: `oidc-away`.
            SettingError: `oidc-client` where the provider does not know this server.
            Refused: `oidc-refused`.
        """
        known = self._known(now)
        with self._session(known.metadata, awaited.returning_to) as session:
            token = self._exchange(session, known.metadata, code, awaited)
            access = str(token.get("access_token", ""))
            try:
                claims = self._verified(str(token.get("id_token", "")), access, awaited.nonce, now)
            except TokenRefused as refused:
                raise self._refused() from refused
            more = known.metadata.get("userinfo_endpoint")
            if enough(claims) or not isinstance(more, str):
                return claims
            told = self._get(session, more, {"Authorization": f"Bearer {access}"})
        # An answer about somebody else would give that one's roles to this one.
        if told.get("sub") != claims["sub"]:
            raise self._refused()
        return {**told, **claims}

    def _exchange(
        self, session: Any, metadata: Mapping[str, Any], code: str, awaited: Awaited
    ) -> Mapping[str, Any]:
        try:
            token = session.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=awaited.verifier,
            )
        except AuthlibBaseError as error:
            if error.error in ("invalid_client", "unauthorized_client"):
                raise SettingError("oidc-client", NOT_KNOWN.format(name=self.client.name)) from error
            raise self._refused() from error
        except (RequestException, ValueError) as error:
            raise self._away(error) from error
        return dict(token)

    def _verified(self, token: str, access: str, nonce: str, now: datetime) -> Mapping[str, Any]:
        expected = Expected(
            issuer=self.client.issuer, client_id=self.client.client_id, nonce=nonce, access_token=access
        )
        known = self._known(now)
        offered = known.metadata.get("id_token_signing_alg_values_supported")
        algorithms = [name for name in offered if isinstance(name, str)] if isinstance(offered, list) else []
        try:
            return oidc_tokens.claims_of(token, known.keys, algorithms, expected, now)
        except KeyMissing:
            # Providers change their keys, and say so nowhere but here.
            return oidc_tokens.claims_of(token, self._fetched(now).keys, algorithms, expected, now)

    def _known(self, now: datetime) -> _Kept:
        kept = self._kept
        return kept if kept is not None and kept.holds(now) else self._fetched(now)

    def _fetched(self, now: datetime) -> _Kept:
        issuer = self.client.issuer
        with self._session({}, "") as session:
            metadata = self._get(session, get_well_known_url(issuer, external=True))
            if metadata.get("issuer") != issuer:
                raise self._away(ValueError(f"it says that it is {metadata.get('issuer')!r}, not {issuer!r}"))
            for name in _WHERE:
                self._require_guarded(name, metadata.get(name))
            self._kept = _Kept(metadata, oidc_tokens.keys(self._get(session, metadata["jwks_uri"])), now)
        return self._kept

    def _require_guarded(self, name: str, address: object) -> None:
        scheme = urlsplit(address).scheme if isinstance(address, str) else ""
        # Plain HTTP only where the issuer itself has it, which the settings allow at this machine alone.
        if scheme != "https" and scheme != urlsplit(self.client.issuer).scheme:
            raise self._away(ValueError(f"its {name} is {address!r}"))

    def _get(self, session: Any, address: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        try:
            response = session.request("GET", address, withhold_token=True, headers=headers)
            response.raise_for_status()
            found = response.json()
        except (RequestException, ValueError) as error:
            raise self._away(error) from error
        if not isinstance(found, dict):
            raise self._away(ValueError(f"{address} is no object"))
        return found

    def _session(self, metadata: Mapping[str, Any], returning_to: str) -> AbstractContextManager[Any]:
        ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        session = OAuth2Session(
            self.client.client_id,
            self.client.secret,
            token_endpoint_auth_method="client_secret_basic"  # a way, no secret
            if "client_secret_basic" in ways
            else "client_secret_post",
            scope=self.client.scopes,
            redirect_uri=returning_to,
            code_challenge_method="S256",
        )
        session.max_redirects = 0
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Brief())
        return closing(session)

    def _refused(self) -> Refused:
        return Refused("oidc-refused", NOT_CONFIRMED.format(name=self.client.name))

    def _away(self, cause: Exception) -> ProviderAway:
        return ProviderAway("oidc-away", AWAY.format(name=self.client.name), str(cause))


class _Brief(HTTPAdapter):
    """Answers that do not keep anybody waiting, and are no larger than they should be."""

    def send(self, request: PreparedRequest, *_: Any, **others: Any) -> Response:
        response = super().send(request, **{**others, "stream": True, "timeout": _PATIENCE})
        body = bytearray()
        for chunk in response.iter_content(8192):
            body += chunk
            if len(body) > _MOST:
                response.close()
                raise RequestException(f"{request.url} gives too much")
        response._content = bytes(body)
        return response
