"""What a server prints as it starts: the link of the first administrator, and nothing where there is one."""

from __future__ import annotations

import re

import pytest

from survey_app.errors import Unavailable
from survey_app.services.accounts import links
from survey_app.services.accounts.links import Kind
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.web import first_link
from tests.cheap_passwords import cheap, somebody
from tests.loops import run
from tests.submissions import NOW

__all__ = ["cheap"]
HERE = "http://127.0.0.1:8501"


def announced(database: Database, address: str | None = HERE) -> None:
    run(first_link.announce(lambda: database, lambda: NOW, address))


def test_the_printed_address_is_a_link_that_works(
    database: Database, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        announced(database)
    out = capsys.readouterr().out
    [token] = re.findall(rf"^  {re.escape(HERE)}/tautan/(\S+)$", out, re.M)
    assert links.look(database, token, NOW).kind is Kind.FIRST
    assert out.index("Belum ada akun") < out.index("There are no accounts yet")
    assert token not in caplog.text


def test_without_an_address_the_path_is_said_with_what_stands_before_it(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    announced(database, None)
    out = capsys.readouterr().out
    assert re.search(r"^  /tautan/\S{43}$", out, re.M)
    assert first_link.WITHOUT_HOST.id in out


@pytest.mark.usefixtures("cheap")
def test_nothing_is_said_where_somebody_has_an_account(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    somebody(database, NOW)
    announced(database)
    assert capsys.readouterr().out == ""


def test_a_database_that_is_away_stops_no_server_and_names_the_command(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("database-unavailable", Text("x", "x"), "host=secret")

    monkeypatch.setattr(Database, "look", away)
    announced(database)
    out = capsys.readouterr().out
    assert ".venv/bin/python -m survey_app admin create" in out
    assert "secret" not in out
