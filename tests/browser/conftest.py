"""A real browser and a real server on a database of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.signed_in import hold
from tests.servers import PlainServer, end, fill_catalogue, free_port, wait_for
from tests.signing_in import session_at

ROOT = Path(__file__).parents[2]
#: Milliseconds: a busy machine is slow, not wrong.
PATIENCE = 60_000


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and the database it writes to."""

    url: str
    database_url: str


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.executable()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own, the size of a phone."""
    fresh = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID")
    fresh.set_default_timeout(PATIENCE)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`make run`'s server on an empty SQLite database, shared by the browser tests of a run."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('server')}/survey.db"
    with serving(database_url) as url:
        yield Server(url, database_url)


@pytest.fixture(scope="session")
def admin(server: Server) -> str:
    """The token of an administrator at the shared server, for tests of what is behind signing in."""
    return session_at(server.database_url)


@pytest.fixture
def staff_page(context: BrowserContext, server: Server, admin: str) -> Page:
    """A page of a profile that is signed in as administrator; citizens have `page`."""
    hold(context, server.url, admin)
    return context.new_page()


@pytest.fixture(scope="module")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainServer]:
    """The plain routes in a process of their own, with the units of `fill_catalogue`."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('plain')}/survey.db"
    fill_catalogue(database_url)
    with PlainServer(database_url) as started:
        yield started


class serving:  # noqa: N801  # used as a context manager
    """Run the server on a free port until the block ends.

    `module` is what runs it, as `streamlit` does; into the file `output` goes what it prints.
    """

    def __init__(
        self, database_url: str, module: str = "streamlit", output: str = "", **settings: str
    ) -> None:
        self._environment = {**os.environ, "DATABASE_URL": database_url, **settings}
        self._module = module
        self._output = output
        self._port = free_port()

    def __enter__(self) -> str:
        command = [sys.executable, "-m", self._module, "run", "streamlit_app.py"]
        with ExitStack() as stack:
            # The process keeps the file open by itself.
            printed = stack.enter_context(Path(self._output).open("wb")) if self._output else None
            self._process = subprocess.Popen(
                [*command, f"--server.port={self._port}"], cwd=ROOT, env=self._environment, stdout=printed
            )
        url = f"http://127.0.0.1:{self._port}"
        wait_for(f"{url}/healthz", lambda: self._process.poll() is not None)
        return url

    def __exit__(self, *_: object) -> None:
        end(self._process)
