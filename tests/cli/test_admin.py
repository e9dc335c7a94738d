"""Accounts from the command line: the way in for whoever has the server's machine."""

from __future__ import annotations

import getpass
import re
from typing import Any

import pytest
from click.testing import CliRunner

from survey_app.cli import main
from survey_app.services.accounts import demo_people, links, people, signing_in
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.process import runtime
from survey_app.storage import audit
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from tests.cheap_passwords import PASSWORD, cheap, somebody
from tests.cli.test_commands import ended

__all__ = ["cheap"]
pytestmark = pytest.mark.usefixtures("cheap")
NEW = "sapi biru berenang"


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *arguments: CliRunner().invoke(main, ["admin", *arguments])


def token_in(output: str, before: str = "") -> str:
    [token] = re.findall(rf"^  {re.escape(before)}/tautan/(\S{{43}})$", output, re.M)
    return str(token)


def test_an_administrator_is_made_and_comes_in_by_the_link(run: Any, database: Database) -> None:
    output = ended(run("create", "Budi@kaltim.go.id", "--name", "Budi"), 0)
    assert "budi@kaltim.go.id" in output
    links.use(database, token_in(output), PASSWORD, runtime.now())
    signing_in.sign_in(database, "budi@kaltim.go.id", PASSWORD, Origin(""), runtime.now())
    [person] = people.listed(database, ADMIN)
    assert [(g.role, g.scope.agency, g.scope.unit) for g in person.roles] == [(Role.ADMIN, None, None)]
    with database.read() as connection:
        (entry,) = audit.read(connection, Wanted(actions=["manage-people"]), None)
    assert (entry.who, entry.role) == (f"{getpass.getuser()} (command line)", "admin")
    assert "login-taken" in ended(run("create", "budi@kaltim.go.id", "--name", "Lain"), 1)


def test_the_link_begins_with_the_public_address(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_PUBLIC_URL", "https://survei.contoh.go.id")
    token_in(ended(run("create", "budi", "--name", "Budi"), 0), "https://survei.contoh.go.id")


def test_a_new_link_sets_a_new_password(run: Any, database: Database) -> None:
    somebody(database, runtime.now(), "budi")
    token = token_in(ended(run("link", "BUDI"), 0))
    signing_in.sign_in(database, "budi", PASSWORD, Origin(""), runtime.now())
    links.use(database, token, NEW, runtime.now())
    signing_in.sign_in(database, "budi", NEW, Origin(""), runtime.now())


def test_a_link_for_somebody_deactivated_says_that_it_waits(run: Any, database: Database) -> None:
    somebody(database, runtime.now(), "admin")
    people.deactivate(database, ADMIN, somebody(database, runtime.now(), "budi", Role.AUDITOR))
    assert "nonaktif" in ended(run("link", "budi"), 0)


def test_nobody_and_people_of_the_demonstration_get_no_link(run: Any, database: Database) -> None:
    demo_people.sign_in(database, Role.ADMIN, Origin(""), runtime.now())
    for login in ("nobody", "contoh-admin", "\x1b[2J"):
        output = ended(run("link", login), 1)
        assert "account-unknown" in output
        assert "\x1b" not in output


def test_accounts_are_listed_with_role_place_and_state(run: Any, database: Database) -> None:
    demo_people.sign_in(database, Role.AUDITOR, Origin(""), runtime.now())
    somebody(database, runtime.now(), "budi")
    ended(run("create", "siti", "--name", "Siti"), 0)
    lines = [line.split("\t") for line in ended(run("list"), 0).splitlines()]
    assert [line[:4] for line in lines] == [
        ["akun", "nama", "peran", "keadaan"],
        ["contoh-auditor", "Auditor contoh", "Auditor, seluruh provinsi", "contoh"],
        ["budi", "Budi Santoso", "Admin, seluruh provinsi", "aktif"],
        ["siti", "Siti", "Admin, seluruh provinsi", "belum ada kata sandi"],
    ]
