"""A provider is asked when needed, believed where it must be, and missed with a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from survey_app.errors import AppError, ProviderAway, Refused, SettingError
from survey_app.services.accounts import oidc_provider
from survey_app.services.accounts.oidc_provider import KEPT, Client, Provider
from survey_app.storage.identities import Awaited
from tests.oidc_forger import CLIENT, SECRET, Forger, key, served
from tests.submissions import NOW

AWAITED = Awaited(
    nonce="n",
    verifier="v" * 43,
    returning_to="https://survei.contoh.go.id/masuk/oidc/kembali",
    onward="/",
    expires_at=NOW,
)
WELL_KNOWN = "/.well-known/openid-configuration"


@pytest.fixture
def forger() -> Iterator[Forger]:
    with served(NOW) as started:
        yield started


def provider_of(forger: Forger, **changes: Any) -> Provider:
    client = Client(
        issuer=forger.issuer, client_id=CLIENT, secret=SECRET, name="SSO Pemprov", scopes="openid profile"
    )
    return Provider(replace(client, **changes))


def signed_in(
    forger: Forger, provider: Provider, *, enough: bool = True, later: timedelta = timedelta()
) -> Any:
    now = NOW + later
    forger.now = now
    code = forger.authorize(provider.departure(AWAITED, "s", now))
    return provider.claims(code, AWAITED, lambda _: enough, now)


def refused(forger: Forger, provider: Provider, **how: Any) -> AppError:
    with pytest.raises(AppError) as caught:
        signed_in(forger, provider, **how)
    return caught.value


def test_somebody_is_sent_there_with_all_that_binds_the_answer_to_the_question(forger: Forger) -> None:
    address = provider_of(forger).departure(AWAITED, "s", NOW)
    asked = parse_qs(urlsplit(address).query)
    assert (asked["state"], asked["nonce"], asked["scope"]) == (["s"], ["n"], ["openid profile"])
    assert asked["redirect_uri"] == [AWAITED.returning_to]
    # The challenge is of the verifier, and the verifier stays here.
    assert AWAITED.verifier not in address
    assert SECRET not in address


def test_what_it_shows_of_itself_is_kept_for_an_hour(forger: Forger) -> None:
    provider = provider_of(forger)
    for minutes in (0, 1, 59):
        assert signed_in(forger, provider, later=timedelta(minutes=minutes))["sub"] == "u-1"
    assert [path for path in forger.asked if path != "/token"] == [WELL_KNOWN, "/kunci"]
    signed_in(forger, provider, later=KEPT)
    assert forger.asked.count(WELL_KNOWN) == forger.asked.count("/kunci") == 2
    # A clock that was set back does not keep it for longer.
    signed_in(forger, provider, later=-timedelta(days=1))
    assert forger.asked.count(WELL_KNOWN) == 3


def test_new_keys_are_fetched_as_they_are_used(forger: Forger) -> None:
    provider = provider_of(forger)
    signed_in(forger, provider)
    forger.keys, forger.signs_with = [key(2)], key(2)
    assert signed_in(forger, provider)["sub"] == "u-1"
    assert forger.asked.count("/kunci") == 2
    forger.signs_with = key(1)
    assert refused(forger, provider).code == "oidc-refused"
    # Once for each token, not on and on.
    assert forger.asked.count("/kunci") == 3


def test_what_an_id_token_leaves_out_is_asked_for(forger: Forger) -> None:
    forger.userinfo = {"sub": "u-1", "groups": ["skm"], "email": "lain@contoh.go.id"}
    forger.claims = {"email": "ani@contoh.go.id"}
    assert "groups" not in signed_in(forger, provider_of(forger))
    found = signed_in(forger, provider_of(forger), enough=False)
    assert found["groups"] == ["skm"]
    # What was signed counts.
    assert found["email"] == "ani@contoh.go.id"


def test_an_answer_about_somebody_else_is_refused(forger: Forger) -> None:
    forger.userinfo = {"sub": "u-2", "groups": ["skm-admin"]}
    assert refused(forger, provider_of(forger), enough=False).code == "oidc-refused"
    forger.userinfo = {"groups": ["skm-admin"]}
    assert refused(forger, provider_of(forger), enough=False).code == "oidc-refused"


def test_a_secret_goes_the_way_that_the_provider_reads(forger: Forger) -> None:
    forger.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert signed_in(forger, provider_of(forger))["sub"] == "u-1"


def test_a_wrong_secret_is_for_the_operator_and_a_wrong_code_is_not(forger: Forger) -> None:
    error = refused(forger, provider_of(forger, secret="lain"))
    assert (type(error), error.code) == (SettingError, "oidc-client")
    for other in (replace(AWAITED, verifier="w" * 43), replace(AWAITED, returning_to="https://lain/")):
        provider = provider_of(forger)
        code = forger.authorize(provider.departure(AWAITED, "s", NOW))
        with pytest.raises(Refused) as caught:
            provider.claims(code, other, lambda _: True, NOW)
        assert caught.value.code == "oidc-refused"


@pytest.mark.parametrize(
    "claims", [{"aud": "lain"}, {"nonce": "lain"}, {"exp": 1}, {"iss": "https://lain"}], ids=str
)
def test_a_token_that_proves_nothing_is_refused(forger: Forger, claims: dict[str, Any]) -> None:
    forger.claims = claims
    assert refused(forger, provider_of(forger)).code == "oidc-refused"


@pytest.mark.parametrize("path", [WELL_KNOWN, "/kunci", "/token", "/siapa"])
@pytest.mark.parametrize(
    "said",
    [
        (500, {}, b"{}"),
        (302, {"Location": "/lain"}, b""),
        (200, {}, b"<html>"),
        (200, {}, b"[]"),
        (200, {}, b"\xff"),
        (200, {}, b"{" + b" " * oidc_provider._MOST + b"}"),
    ],
    ids=["broken", "elsewhere", "no JSON", "no object", "no letters", "too much"],
)
def test_answers_that_nobody_can_read(
    forger: Forger, path: str, said: tuple[int, dict[str, str], bytes]
) -> None:
    forger.userinfo = {"sub": "u-1"}
    forger.said[path] = said
    error = refused(forger, provider_of(forger), enough=False)
    assert (type(error), error.code) == (ProviderAway, "oidc-away")
    assert "SSO Pemprov" in error.text.id
    assert "/lain" not in forger.asked


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://lain.contoh.go.id"},
        {"token_endpoint": None},
        {"jwks_uri": "ftp://contoh.go.id/kunci"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_provider_that_is_not_the_one_that_was_set(forger: Forger, metadata: dict[str, Any]) -> None:
    forger.metadata = metadata
    assert isinstance(refused(forger, provider_of(forger)), ProviderAway)


def test_what_an_https_provider_shows_is_https() -> None:
    provider = Provider(
        Client(
            issuer="https://masuk.contoh.go.id", client_id=CLIENT, secret=SECRET, name="SSO", scopes="openid"
        )
    )
    with pytest.raises(ProviderAway):
        provider._require_guarded("token_endpoint", "http://masuk.contoh.go.id/token")
    provider._require_guarded("token_endpoint", "https://lain.contoh.go.id/token")


def test_a_provider_that_is_away(forger: Forger, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = provider_of(forger)
    signed_in(forger, provider)
    monkeypatch.setattr(oidc_provider, "_PATIENCE", 0.2)
    away = provider_of(forger, issuer="http://127.0.0.1:1")
    with pytest.raises(ProviderAway) as caught:
        away.departure(AWAITED, "s", NOW)
    # The cause is for the operator alone.
    assert "127.0.0.1" in str(caught.value)
    assert "127.0.0.1" not in caught.value.text.id + caught.value.text.en


def test_nothing_secret_is_kept_of_a_sign_in(forger: Forger) -> None:
    provider = provider_of(forger)
    signed_in(forger, provider)
    kept = json.dumps([str(value) for value in vars(provider).values()])
    assert "akses" not in kept
    assert "id_token" not in kept.replace("id_token_signing", "")
