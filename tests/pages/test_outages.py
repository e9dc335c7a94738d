"""A page while the database is away: plain words and a way on, and what a citizen has filled in stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from survey_app.pages.specs import PAGES
from survey_app.pages.survei import form
from survey_app.services.answers.intake import Channel, Receipt, Submission
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage import availability
from survey_app.storage.database import Database, create_engine
from survey_app.storage.tables import response
from survey_app.text import LANGUAGES
from survey_app.ui import troubles
from survey_app.ui.troubles import FAULT
from tests.pages.conftest import OpenPage, opened
from tests.servers import free_port
from tests.submissions import KEYS


@pytest.fixture
def leave(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on nothing answers where the database was."""

    def go() -> None:
        away = Database(create_engine(f"postgresql://127.0.0.1:{free_port()}/survey"))
        monkeypatch.setattr(runtime, "database", lambda: away)

    return go


def _script(path: str) -> None:
    """As st.App runs it: what the pages do not catch is told by its handler."""
    from survey_app.pages import frame
    from survey_app.ui import troubles

    try:
        frame.run(path)
    except Exception as error:  # noqa: BLE001
        troubles.tell(error)


def test_the_server_tells_what_the_pages_do_not_catch() -> None:
    import streamlit_app

    assert streamlit_app.app._on_script_error is troubles.tell


@pytest.mark.parametrize("path", [spec.path for spec in PAGES])
def test_every_page_says_that_the_database_is_away_and_opens_when_it_is_back(
    path: str,
    open_page: OpenPage,
    leave: Callable[[], None],
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leave()
    app = opened(_script, path)
    assert not app.exception
    assert [error.value for error in app.error] == [availability.UNREACHABLE[1].id]
    monkeypatch.setattr(runtime, "database", lambda: database)
    app.button(key="try-again").click().run()
    assert not app.error
    assert app.title


def test_any_other_fault_is_told_in_the_readers_language(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Database:
        raise RuntimeError("a secret path")

    monkeypatch.setattr(runtime, "database", fail)
    for language in LANGUAGES:
        app = opened(_script, "ringkasan", lang=language)
        assert app.error[0].value == FAULT.in_language(language)
        assert "secret" not in app.error[0].value


def test_what_a_citizen_has_filled_in_stays_and_is_sent_with_the_same_id(
    open_page: OpenPage,
    database: Database,
    unit: UnitEntry,
    leave: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = opened(_script, "survei", unit="ptsp")
    first = app.session_state["sitting"].id
    app.text_area[0].input("Antreannya panjang")
    leave()
    app.button[0].click().run()
    assert app.error[0].value == form.UNSURE.text.id
    assert app.text_area[0].value == "Antreannya panjang"
    assert app.session_state["sitting"].id == first
    monkeypatch.setattr(runtime, "database", lambda: database)
    given = Submission(id=first, unit="ptsp", answers=dict.fromkeys(KEYS, 3), channel=Channel.WEB)
    monkeypatch.setattr(form, "Submission", lambda *args, **more: replace(given, comment=more["comment"]))
    app.button[0].click().run()
    assert isinstance(app.session_state["sitting"].outcome, Receipt)
    with database.read() as connection:
        assert connection.execute(sa.select(response.c.id, response.c.comment)).all() == [
            (first, "Antreannya panjang")
        ]
