"""/masuk/oidc: to the provider and back in the same browser, once, and a sentence where it cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from survey_app.secret_settings import Secret
from survey_app.services.accounts import people, sessions, tokens
from survey_app.services.accounts.cookies import COOKIE, OIDC_COOKIE, SECURE_COOKIE, SECURE_OIDC_COOKIE
from survey_app.services.accounts.oidc import NOT_AWAITED
from survey_app.services.accounts.ways_in import FROM_PROVIDER
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import oidc_door
from survey_app.services.process.oidc_door import OidcDoor
from survey_app.settings import Oidc
from survey_app.storage.database import Database
from survey_app.web.oidc import BACK
from tests import oidc_mock
from tests.cheap_passwords import PASSWORD, cheap, somebody
from tests.oidc_forger import CLIENT, SECRET, Forger, served
from tests.oidc_mock import Mock
from tests.submissions import NOW
from tests.web.accounts import browser, said, send, session, sign_in

__all__ = ["cheap"]

ROLES = [
    {"claim": "groups", "value": "skm-admin", "role": "admin"},
    {"claim": "groups", "value": "skm-lihat", "role": "auditor"},
    {"claim": "groups", "value": "skm-loket", "role": "operator", "unit": "ptsp"},
]


@dataclass
class Town:
    """A server with accounts of its own, a provider, and browsers that come to both."""

    database: Database
    forger: Forger
    config: Oidc
    browsers: list[Any] = field(default_factory=list)

    def browser(self, url: str = "http://testserver") -> TestClient:
        opened = browser(self.database, url=url, provider=lambda: OidcDoor(self.config))
        self.browsers.append(opened)
        return opened.__enter__()

    def confirmed(self, client: TestClient, query: str = "") -> str:
        """Sent to the provider and confirmed there: the address to which the browser is sent back."""
        left = client.get(f"/masuk/oidc{query}")
        assert left.status_code == 303
        code = self.forger.authorize(left.headers["location"])
        asked = self.forger.waiting[code]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"


def settings_of(issuer: str, folder: Path, **changes: Any) -> Oidc:
    roles = folder / "peran.json"
    roles.write_text(json.dumps(ROLES), encoding="utf-8")
    values: dict[str, Any] = {
        "issuer": issuer,
        "client_id": CLIENT,
        "client_secret": Secret("SURVEY_OIDC_CLIENT_SECRET", SECRET),
        "name": "SSO Pemprov",
        "scopes": "openid profile email",
        "roles": roles,
    }
    return Oidc(**{**values, **changes})


@pytest.fixture
def town(database: Database, unit: UnitEntry, cheap: list[str], tmp_path: Path) -> Iterator[Town]:
    somebody(database, NOW)
    with served(NOW) as forger:
        forger.claims = {"groups": ["skm-lihat"], "preferred_username": "ani", "name": "Ani Lestari"}
        made = Town(database, forger, settings_of(forger.issuer, tmp_path))
        yield made
        for opened in made.browsers:
            opened.__exit__(None, None, None)


@pytest.fixture(scope="module")
def real() -> Iterator[Mock]:
    with oidc_mock.running() as provider:
        yield provider


def test_a_real_provider_whose_claims_change_between_two_sign_ins(
    database: Database, unit: UnitEntry, real: Mock, tmp_path: Path
) -> None:
    people.invite(database, ADMIN, "admin", "Admin", Role.ADMIN, PROVINCE, datetime.now(UTC))
    config = settings_of(real.issuer, tmp_path)
    with browser(
        database, partial(datetime.now, UTC), provider=lambda: OidcDoor(config), url="http://127.0.0.1:8501"
    ) as client:

        def back() -> Any:
            address = client.get("/masuk/oidc?lanjut=/akun").headers["location"]
            return client.get(real.authorize(address, sub="u-77"))

        real.knows("u-77", groups=["skm-loket", "lain"], name="Ani Lestari", preferred_username="ani")
        answer = back()
        assert (answer.status_code, answer.headers["location"]) == (303, "/akun")
        first = session(client)
        shown = said(client.get("/akun").text)
        assert "Ani Lestari" in shown
        assert "Operator" in shown

        real.knows("u-77", groups=["skm-lihat"], name="Ani L.", preferred_username="lain")
        assert back().status_code == 303
        shown = said(client.get("/akun").text)
        assert "Ani L." in shown
        assert "Auditor" in shown
        assert "Operator" not in shown
        assert session(client) != first
        assert sessions.find(database, first, datetime.now(UTC)) is None

        real.knows("u-77", groups=["lain"])
        refused = back()
        assert refused.status_code == 403
        assert "SSO Pemprov mengenal Anda, tetapi" in said(refused.text)
        assert client.get("/akun").headers["location"] == "/masuk?lanjut=%2Fakun"


def test_the_button_stands_there_where_there_is_a_provider(town: Town) -> None:
    page = town.browser().get("/masuk?lanjut=/unit&lang=en").text
    assert "Sign in with SSO Pemprov" in said(page)
    assert 'href="/masuk/oidc?lanjut=%2Funit&amp;lang=en"' in page
    with browser(town.database) as client:
        assert "SSO" not in client.get("/masuk").text
        assert client.get("/masuk/oidc").status_code == 404
        assert client.get(f"{BACK}?state=x&code=y").status_code == 404


@pytest.mark.parametrize(
    ("url", "names", "flags"),
    [
        ("http://testserver", (COOKIE, OIDC_COOKIE), {"httponly", "samesite=lax", "path=/"}),
        (
            "https://testserver",
            (SECURE_COOKIE, SECURE_OIDC_COOKIE),
            {"httponly", "samesite=lax", "path=/", "secure"},
        ),
    ],
    ids=["http", "https"],
)
def test_cookies_are_for_this_server_and_no_script(
    town: Town, url: str, names: tuple[str, str], flags: set[str]
) -> None:
    client = town.browser(url)
    left = client.get("/masuk/oidc")
    parts = [part.strip().lower() for part in left.headers["set-cookie"].split(";")]
    assert parts[0].startswith(f"{names[1].lower()}=")
    assert flags <= set(parts)
    assert "max-age=600" in parts
    assert not any(part.startswith("domain") for part in parts)
    back = client.get(town.confirmed(client))
    assert session(client, names[0]) is not None
    assert session(client, names[1]) is None
    assert {"httponly", "samesite=lax"} <= {p.strip().lower() for p in back.headers["set-cookie"].split(";")}
    assert back.headers["cache-control"] == "no-store"


def test_a_session_that_was_there_before_ends_and_its_token_is_not_taken_over(town: Town) -> None:
    client = town.browser()
    sign_in(client, password=PASSWORD)
    before = session(client)
    client.get(town.confirmed(client))
    assert session(client) not in (None, before)
    assert sessions.find(town.database, before, NOW) is None
    planted = tokens.new_token()
    other = town.browser()
    other.cookies.set(COOKIE, planted, domain="testserver.local", path="/")
    other.get(town.confirmed(other))
    assert session(other) not in (None, planted)


def test_the_way_back_leads_here_once_and_in_the_same_browser(town: Town) -> None:
    client, other = town.browser(), town.browser()
    address = town.confirmed(client)
    town.confirmed(other)
    stranger = other.get(address)
    assert stranger.status_code == 400
    assert NOT_AWAITED.id in said(stranger.text)
    assert session(other) is None
    assert client.get(address).status_code == 303
    again = client.get(address)
    assert again.status_code == 400
    # Whom it was who signed in stays so.
    assert session(client) is not None


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "/"),
        ("?lanjut=/unit%3Funit%3Dptsp", "/unit?unit=ptsp"),
        ("?lang=en", "/?lang=en"),
        ("?lanjut=//contoh.invalid", "/"),
        ("?lanjut=https://contoh.invalid", "/"),
        ("?lanjut=/%5Ccontoh.invalid", "/"),
        ("?lanjut=javascript:alert(1)", "/"),
    ],
)
def test_nobody_is_led_away_from_here(town: Town, query: str, path: str) -> None:
    client = town.browser()
    assert client.get(town.confirmed(client, query)).headers["location"] == path


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?error=access_denied",
        "?state=x&code=y",
        "?state=%00&code=%00",
        "?state=%ff%fe&code=y&iss=%ff",
        "?state=" + "x" * 4000,
        "?state=x&state=y&code=<script>alert(1)&error=<script>alert(1)",
    ],
)
def test_a_way_back_that_nobody_awaits(town: Town, query: str) -> None:
    client = town.browser()
    client.get("/masuk/oidc")
    answer = client.get(f"{BACK}{query}")
    assert answer.status_code == 400
    assert "alert(1)" not in answer.text  # the page has a script of its own, for passkeys
    assert session(client) is None


def test_who_says_no_at_the_provider_comes_back_to_a_sentence_in_their_language(town: Town) -> None:
    client = town.browser()
    address = town.confirmed(client, "?lang=en&lanjut=/unit")
    state = address.rpartition("state=")[2]
    answer = client.get(f"{BACK}?error=access_denied&error_description=%3Cb%3E&state={state}")
    assert answer.status_code == 401
    assert "SSO Pemprov did not confirm who you are." in said(answer.text)
    # From there one begins again, towards the same page.
    assert 'href="/masuk/oidc?lanjut=%2Funit&amp;lang=en"' in answer.text
    assert state not in answer.text


def test_a_provider_that_is_away_is_a_sentence(town: Town) -> None:
    client = town.browser()
    address = town.confirmed(client)
    town.forger.said["/token"] = (502, {}, b"")
    answer = client.get(address)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "SSO Pemprov tidak dapat dihubungi saat ini." in said(answer.text)
    assert town.forger.issuer not in answer.text
    town.forger.said["/.well-known/openid-configuration"] = (500, {}, b"")
    oidc_door._provider.cache_clear()
    assert client.get("/masuk/oidc").status_code == 503
    # Others sign in as before.
    assert sign_in(client, password=PASSWORD).status_code == 303


def test_what_is_not_set_up_rightly_is_said_to_the_operator_alone(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    client = town.browser()
    town.config.roles.write_text("[{}]", encoding="utf-8")
    answer = client.get("/masuk/oidc")
    assert answer.status_code == 503
    assert "Masuk dengan SSO Pemprov belum disetel dengan benar." in said(answer.text)
    assert "oidc-roles-invalid" in caplog.text
    assert str(town.config.roles) not in answer.text
    assert sign_in(client, password=PASSWORD).status_code == 303


def test_what_was_wrong_with_a_token_stands_in_the_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    client = town.browser()
    town.forger.claims["aud"] = "lain"
    answer = client.get(town.confirmed(client))
    assert answer.status_code == 401
    assert "'aud'" in caplog.text or '"aud"' in caplog.text
    assert session(client) is None


def test_the_own_account_has_no_password_to_change(town: Town) -> None:
    client = town.browser()
    client.get(town.confirmed(client))
    assert "kata_sandi" not in client.get("/akun").text
    answer = send(client, "/akun", lakukan="sandi", kata_sandi_lama="", kata_sandi=PASSWORD)
    assert answer.status_code == 422
    assert FROM_PROVIDER.id in said(answer.text)
    other = town.browser()
    sign_in(other, password=PASSWORD)
    assert "kata_sandi" in other.get("/akun").text


@pytest.mark.parametrize("path", ["/masuk/oidc", BACK])
def test_neither_is_sent_anything(town: Town, path: str) -> None:
    assert town.browser().post(path, data={"a": "b"}).status_code == 405
