"""Signing in by a real provider in a real browser, whose claims change between two sign-ins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.services.accounts import people
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import open_database
from tests import oidc_mock
from tests.browser.axe import violations
from tests.oidc_mock import Mock
from tests.servers import PlainServer, fill_catalogue

RULES = [
    {"claim": "groups", "value": "skm-loket", "role": "operator", "unit": "ptsp"},
    {"claim": "groups", "value": "skm-lihat", "role": "auditor"},
]


@pytest.fixture
def provider() -> Iterator[Mock]:
    with oidc_mock.running() as started:
        yield started


@pytest.fixture
def town(provider: Mock, tmp_path: Path) -> Iterator[PlainServer]:
    """A server that has an administrator, and that the provider knows."""
    url, roles = f"sqlite:///{tmp_path}/survey.db", tmp_path / "peran.json"
    fill_catalogue(url)
    database = open_database(url)
    people.invite(database, ADMIN, "admin", "Admin", Role.ADMIN, PROVINCE, datetime.now(UTC))
    database.close()
    roles.write_text(json.dumps(RULES), encoding="utf-8")
    settings = {
        "SURVEY_OIDC_ISSUER": provider.issuer,
        "SURVEY_OIDC_CLIENT_ID": "survei",
        "SURVEY_OIDC_CLIENT_SECRET": "rahasia",
        "SURVEY_OIDC_NAME": "SSO Pemprov",
        "SURVEY_OIDC_ROLES": str(roles),
    }
    with PlainServer(url, **settings) as server:
        yield server


def test_somebody_signs_in_at_the_provider_and_has_the_roles_it_says(
    town: PlainServer, provider: Mock, context: BrowserContext, page: Page
) -> None:
    # The provider's page has its style from another server.
    context.route("https://**", lambda route: route.abort())

    def sign_in() -> None:
        page.goto(f"{town.url}/masuk?lanjut=/akun")
        page.get_by_role("link", name="Masuk dengan SSO Pemprov").click()
        page.get_by_placeholder("sub").fill("u-77")
        page.get_by_role("button", name="Authorize").click()

    provider.knows("u-77", groups=["skm-loket"], name="Ani Lestari", preferred_username="ani")
    page.goto(f"{town.url}/masuk")
    assert violations(page) == []
    sign_in()
    expect(page).to_have_url(f"{town.url}/akun")
    expect(page.get_by_text("Operator")).to_be_visible()
    expect(page.get_by_role("heading", name="Ganti kata sandi")).to_have_count(0)
    (cookie,) = [one for one in context.cookies() if one["domain"] == "127.0.0.1" and one["name"] == "survei"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")

    provider.knows("u-77", groups=["skm-lihat"], name="Ani Lestari", preferred_username="ani")
    # Until the next sign-in what was given holds.
    page.reload()
    expect(page.get_by_text("Operator")).to_be_visible()
    sign_in()
    expect(page.get_by_text("Auditor")).to_be_visible()
    expect(page.get_by_text("Operator")).to_have_count(0)

    provider.knows("u-77", groups=[])
    sign_in()
    expect(page.get_by_role("alert")).to_contain_text("Anda belum mendapat peran di sini")
    # The session of before is over as well.
    page.goto(f"{town.url}/akun")
    expect(page).to_have_url(f"{town.url}/masuk?lanjut=%2Fakun")
