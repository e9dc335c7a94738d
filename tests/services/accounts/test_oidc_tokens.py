"""An ID token holds if the provider has signed it, for us, for this sign-in and now; nothing else does."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import OctKey, OKPKey
from joserfc.registry import HeaderParameter

from survey_app.services.accounts import oidc_tokens
from survey_app.services.accounts.oidc_tokens import Expected, KeyMissing, TokenRefused
from tests.oidc_forger import CLIENT, claims, key, rsa_key, signed
from tests.submissions import NOW

ISSUER = "https://masuk.contoh.go.id"
EXPECTED = Expected(issuer=ISSUER, client_id=CLIENT, nonce="n", access_token="akses")
JWKS = {"keys": [key().as_dict(private=False), rsa_key().as_dict(private=False)]}
KNOWN = oidc_tokens.keys(JWKS)
AT = int(NOW.timestamp())


def read(token: str, offered: list[str] | None = None) -> Any:
    return oidc_tokens.claims_of(token, KNOWN, offered or [], EXPECTED, NOW)


def right(**changes: Any) -> dict[str, Any]:
    """Claims that hold, with `changes`; a change to None leaves the claim out."""
    made = claims(ISSUER, "n", NOW, **changes)
    return {name: value for name, value in made.items() if value is not None}


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def unsigned() -> str:
    return f"{encoded({'alg': 'none'})}.{encoded(right())}."


def with_public_key_as_secret() -> str:
    """By hand: no library does that any more."""
    content = f"{encoded({'alg': 'HS256', 'kid': 'rsa'})}.{encoded(right())}"
    mac = hmac.digest(rsa_key().as_pem(private=False), content.encode(), "sha256")
    return f"{content}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def changed_after_signing() -> str:
    header, _, signature = signed(right()).split(".")
    return f"{header}.{encoded(right(sub='admin'))}.{signature}"


def test_tokens_that_hold() -> None:
    assert read(signed(right()))["sub"] == "u-1"
    assert read(signed(right(), rsa_key()))["sub"] == "u-1"
    assert read(signed(right(), rsa_key()), ["RS256", "none"])["sub"] == "u-1"
    # Several are meant, and we are the one that it was given to.
    assert read(signed(right(aud=[CLIENT, "lain"], azp=CLIENT)))["sub"] == "u-1"
    # Clocks differ a little; what a token calls its key proves nothing, and some call it nothing.
    assert read(signed(right(exp=AT - 59, iat=AT + 59)))["sub"] == "u-1"
    assert read(jwt.encode({"alg": "ES256"}, right(), key()))["sub"] == "u-1"
    assert read(signed(right(), kid="lain"))["sub"] == "u-1"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://lain.contoh.go.id"},
        {"iss": f"{ISSUER}/"},
        {"iss": None},
        {"aud": "lain"},
        {"aud": "lain", "azp": CLIENT},
        {"aud": ["lain"]},
        {"aud": [CLIENT, "lain"]},
        {"aud": [CLIENT, "lain"], "azp": "lain"},
        {"azp": "lain"},
        {"aud": None},
        {"nonce": "lain"},
        {"nonce": None},
        {"nonce": ""},
        {"exp": AT - 61},
        {"exp": None},
        {"exp": "besok"},
        {"iat": AT + 120},
        {"nbf": AT + 120},
        {"at_hash": "lain"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "u" * 256},
        {"sub": "u\x00"},
    ],
    ids=str,
)
def test_claims_that_do_not_hold(changes: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused) as caught:
        read(signed(right(**changes)))
    assert not isinstance(caught.value, KeyMissing)


@pytest.mark.parametrize("make", [unsigned, with_public_key_as_secret], ids=["none", "HS256"])
@pytest.mark.parametrize("offered", [[], ["none", "HS256"]], ids=["not said", "offered"])
def test_what_anybody_could_have_made(make: Callable[[], str], offered: list[str]) -> None:
    """Also where the provider says that it signs like that."""
    with pytest.raises(TokenRefused):
        read(make(), offered)


def test_what_another_key_has_signed() -> None:
    for token in (
        signed(right(), key(2)),
        signed(right(), key(2), kid=key(1).kid),
        jwt.encode({"alg": "ES256"}, right(), key(2)),
        changed_after_signing(),
    ):
        with pytest.raises(KeyMissing):
            read(token)


def test_what_the_provider_does_not_sign_with() -> None:
    with pytest.raises(TokenRefused, match="alg"):
        read(signed(right()), ["RS256"])


def test_a_demand_that_nobody_here_understands_is_not_passed_over() -> None:
    known = jws.JWSRegistry({"syarat": HeaderParameter("a demand", "str")}, algorithms=["ES256"])
    header = {"alg": "ES256", "kid": key().kid, "crit": ["syarat"], "syarat": "x"}
    token = jwt.encode(header, right(), key(), registry=known)
    with pytest.raises(TokenRefused):
        read(token)


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "....", "e30.e30.", "\ud800", "é.é.é"])
def test_what_is_no_token(token: str) -> None:
    with pytest.raises(TokenRefused):
        read(token)


def test_only_public_keys_for_signatures_are_taken() -> None:
    secret = OctKey.generate_key(256, {"kid": "x"}).as_dict()
    for_secrets = {**rsa_key().as_dict(private=False), "use": "enc"}
    edwards = OKPKey.generate_key("Ed25519").as_dict(private=False)
    listed = {"keys": [secret, for_secrets, edwards, {"kty": "RSA"}, {"kty": "EC", "crv": "x"}, "x", None]}
    assert len(oidc_tokens.keys(listed)) == 1
    nothings: list[object] = [None, [], {}, {"keys": None}, {"keys": "x"}]
    for nothing in nothings:
        assert oidc_tokens.keys(nothing) == ()
