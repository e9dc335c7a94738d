"""A browser at the account pages, for their tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.accounts.cookies import COOKIE
from survey_app.services.process.oidc_door import OidcDoor
from survey_app.storage.database import Database
from survey_app.web.routes import routes
from survey_app.web.visitor import DemoDoor, closed, no_provider
from tests.cheap_passwords import PASSWORD
from tests.submissions import NOW

BUDI = "budi@kaltim.go.id"


@contextmanager
def browser(
    database: Database,
    clock: Callable[[], datetime] = lambda: NOW,
    demo: DemoDoor = closed,
    url: str = "http://testserver",
    provider: Callable[[], OidcDoor | None] = no_provider,
) -> Iterator[TestClient]:
    """A browser with cookies of its own, at a server of its own; no 500 hides."""
    app = Starlette(routes=routes(lambda: database, clock, demo, provider))
    with TestClient(app, base_url=url, follow_redirects=False) as client:
        yield client


def proof(html: str) -> str:
    """What a form on the page repeats of its cookie."""
    found = re.search(r'name="formulir" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def send(client: TestClient, path: str, page: str | None = None, **fields: str) -> Any:
    """Send a form of the page (by default at the same address) with what it repeats."""
    known = proof(client.get(page or path).text)
    return client.post(path, data={"formulir": known, **fields})


def sign_in(client: TestClient, login: str = BUDI, password: str = PASSWORD, **fields: str) -> Any:
    return send(client, "/masuk", akun=login, kata_sandi=password, **fields)


def session(client: TestClient, name: str = COOKIE) -> str | None:
    """The token that the browser holds."""
    return client.cookies.get(name)


def said(html: str) -> str:
    """The words of the page outside its head."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<body>")[1]).split())
