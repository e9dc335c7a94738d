"""Whether an ID token of OpenID Connect is what the provider has signed, for us, for this sign-in, and now.

Keys are public and of the provider. `none` and every algorithm with a shared secret are refused whatever the
provider offers: with a public key taken for the secret anybody could sign (RFC 8725, 3.1 and 3.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey, import_key
from joserfc.registry import Header

PublicKey = RSAKey | ECKey | OKPKey

#: What the provider may sign with.
ALGORITHMS = frozenset(
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
)
#: By how many seconds the clocks of provider and server may differ.
_LEEWAY = 60
#: By OpenID Connect; and nothing that a database could not keep.
_SUBJECT_MAX = 255


class TokenRefused(Exception):
    """An ID token that proves nothing. Which of its parts is wrong is for the operator's log."""


class KeyMissing(TokenRefused):
    """No key of the provider has signed it, of those we know: it may have new ones."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the token must say: who has signed it, for whom, for which sign-in."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str


def keys(given: object) -> tuple[PublicKey, ...]:
    """The keys for signatures among those that a provider shows (RFC 7517); others are left out."""
    listed = given.get("keys") if isinstance(given, Mapping) else None
    found = list[PublicKey]()
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and one.get("kty") in ("RSA", "EC", "OKP") and one.get("use") != "enc":
            with suppress(JoseError, ValueError, TypeError, KeyError):
                key = import_key(one)
                if isinstance(key, RSAKey | ECKey | OKPKey):
                    found.append(key)
    return tuple(found)


def claims_of(
    token: str, known: Sequence[PublicKey], offered: Sequence[str], expected: Expected, now: datetime
) -> Mapping[str, Any]:
    """The claims of a token that holds.

    Args:
        offered: the algorithms that the provider says it signs with; empty where it does not say.

    Raises: KeyMissing, TokenRefused.
    """
    header, claims = _signed(token, known, ALGORITHMS & frozenset(offered) if offered else ALGORITHMS)
    options = {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
    }
    about = {
        "nonce": expected.nonce,
        "client_id": expected.client_id,
        "access_token": expected.access_token,
    }
    try:
        CodeIDToken(claims, header, options, about).validate(now=int(now.timestamp()), leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefused(str(error)) from error
    subject = claims["sub"]
    if not (0 < len(subject) <= _SUBJECT_MAX and subject.isprintable()):
        raise TokenRefused("sub")
    return claims


def _signed(
    token: str, known: Sequence[PublicKey], algorithms: frozenset[str]
) -> tuple[Header, dict[str, Any]]:
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefused(str(error)) from error
    if header.get("alg") not in algorithms:
        raise TokenRefused(f"alg {header.get('alg')}")
    registry = jws.JWSRegistry(algorithms=sorted(algorithms), strict_check_header=False)
    # Whatever name the token gives its key: providers leave it out, and there are few keys to try.
    for key in known:
        with suppress(JoseError, ValueError, TypeError):
            decoded = jwt.decode(token, key, registry=registry)
            return decoded.header, decoded.claims
    raise KeyMissing("no key fits")
