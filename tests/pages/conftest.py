"""Pages opened without a browser, on a database of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest
from google.protobuf import text_format  # type: ignore[import-untyped]
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from tests.submissions import NOW

OpenPage = Callable[..., AppTest]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """Pages see services only, so one kind of database is enough here."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def open_page(database: Database, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
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
