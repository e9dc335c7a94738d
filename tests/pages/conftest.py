"""Pages opened without a browser, on a database of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from google.protobuf import text_format  # type: ignore[import-untyped]
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

    def open_(path: str, **query: str) -> AppTest:
        app = AppTest.from_function(_script, kwargs={"path": path}, default_timeout=30)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return open_


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
