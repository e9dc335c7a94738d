"""Pages opened without a browser, on a database of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest
from google.protobuf import text_format  # type: ignore[import-untyped]
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from survey_app.services.accounts.sessions import LONGEST, Session
from survey_app.services.places.acting import ADMIN, Acting
from survey_app.services.process import runtime, signed_in
from survey_app.services.process.signed_in import Caller
from survey_app.storage.database import Database, open_database
from survey_app.ui import acting
from tests.submissions import NOW

OpenPage = Callable[..., AppTest]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """Pages see services only, so one kind of database is enough here."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


class Browser:
    """What the pages find out about the browser: by default somebody who may do anything has signed in."""

    def __init__(self) -> None:
        self.session: Session | None = signed_in_as(ADMIN)
        #: Set, it is what stands in the cookie, and the session is the one of the database.
        self.token: str | None = None

    def act_as(self, acting: Acting | None) -> None:
        """From the next run on somebody in this role, or nobody."""
        self.session = None if acting is None else signed_in_as(acting)

    def look_up(self, caller: Caller) -> Session | None:
        if caller.token is not None:
            return signed_in.find(caller, "127.0.0.1")
        return self.session


def signed_in_as(acting: Acting) -> Session:
    """A session of somebody, of which no database knows."""
    return Session(
        key="key",
        account=acting.account or 1,
        login="siti",
        name="Siti Aminah",
        demo=False,
        role_id=1,
        acting=acting,
        begun_at=NOW,
        seen_at=NOW,
        ends_at=NOW + LONGEST,
        network="",
        browser="",
    )


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Who opens pages in this test."""
    made = Browser()
    monkeypatch.setattr(acting, "calling", lambda: Caller(made.token, {"host": "127.0.0.1:8501"}))
    monkeypatch.setattr(acting, "look_up", made.look_up)
    return made


@pytest.fixture
def open_page(database: Database, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page by its path, with the query of its address."""
    monkeypatch.setattr(runtime, "database", lambda: database)
    monkeypatch.setattr(runtime, "now", lambda: NOW)

    return partial(opened, _script)


def opened(script: Callable[[str], None], path: str, **query: str) -> AppTest:
    """The page that `script` draws for a path."""
    app = AppTest.from_function(script, kwargs={"path": path}, default_timeout=30)
    app._bidi_component_manager = _components()
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@cache
def _components() -> BidiComponentManager:
    """What Streamlit finds among all installed packages: a server looks once, AppTest by itself each time."""
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    return manager


def html_of(app: AppTest) -> str:
    """Everything the page put there as HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))


def words_of(app: AppTest) -> str:
    """Everything the page holds, as the browser gets it: texts, HTML, labels, charts."""
    protos = (getattr(node, "proto", None) for node in app._tree)
    return "\n".join(text_format.MessageToString(p, as_utf8=True) for p in protos if p is not None)


def _script(path: str) -> None:
    from survey_app.pages import frame

    frame.run(path)
