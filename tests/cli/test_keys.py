"""API keys from the command line, and sending what waits."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from survey_app import settings
from survey_app.cli import main
from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import Right
from survey_app.services.delivery import events, webhooks
from survey_app.services.delivery.events import News
from survey_app.services.delivery.webhooks import Terms
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from tests.cli.test_commands import ended
from tests.services.delivery.conftest import receiver, serving_receiver
from tests.services.delivery.receiver import Receiver, status

__all__ = ["receiver", "serving_receiver"]
KEY = "k" * 32


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *arguments: CliRunner().invoke(main, [*arguments])


def test_a_key_of_the_servers_own_is_made_listed_and_ended(
    run: Any, database: Database, unit: UnitEntry
) -> None:
    made = run("keys", "create", "Dasbor", "--right", "results", "--right", "reports", "--unit", "PTSP")
    assert made.exit_code == 0
    # The key alone, for who reads it by a program.
    token = made.stdout.strip()
    found = api_keys.authenticate(database, token, runtime.now())
    assert found is not None
    assert (found.acting.role, found.acting.scope) == (Role.ADMIN, Scope(unit="ptsp"))
    listed = ended(run("keys", "list"), 0)
    assert "Baca hasil dan jawaban, Laporan berkala" in listed
    assert "Berlaku" in listed
    assert token not in listed
    ended(run("keys", "revoke", "1"), 0)
    assert api_keys.authenticate(database, token, runtime.now()) is None
    assert "Diakhiri" in ended(run("keys", "list"), 0)
    assert "key-unknown" in ended(run("keys", "revoke", "9"), 1)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--right", "results", "--unit", "lain"],
        ["--right", "everything"],
        [],
        ["--right", "results", "--days", "367"],
    ],
)
def test_what_cannot_be_a_key_makes_none(
    run: Any, database: Database, unit: UnitEntry, wrong: list[str]
) -> None:
    assert run("keys", "create", "Dasbor", *wrong).exit_code != 0
    assert api_keys.listed(database, ADMIN, runtime.now()) == []


def test_a_key_is_for_an_agency_or_the_province(run: Any, database: Database, unit: UnitEntry) -> None:
    ended(run("keys", "create", "a", "--right", "units", "--agency", "DPMPTSP"), 0)
    ended(run("keys", "create", "b", "--right", "import"), 0)
    found = [(key.scope, key.rights) for key in api_keys.listed(database, ADMIN, runtime.now())]
    assert found == [
        (PROVINCE, frozenset({Right.IMPORT})),
        (Scope(agency="dpmptsp"), frozenset({Right.UNITS})),
    ]


def test_what_waits_is_sent_by_a_command(
    run: Any, database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_WEBHOOK_KEY", KEY)
    monkeypatch.setenv("SURVEY_WEBHOOK_NETWORKS", "127.0.0.0/8")
    terms = Terms(name="x", scope=PROVINCE, address=receiver.address(), events=[*News])
    webhooks.make(database, ADMIN, terms, KEY.encode(), runtime.now(), settings.load().webhook_networks)
    database.write(lambda c: events.announce(c, News.RECAP, PROVINCE, {}, runtime.now()))
    receiver.answer = status(500)
    assert "0 terkirim, 1 gagal" in ended(run("deliver"), 1)
    assert "0 terkirim, 0 gagal" in ended(run("deliver"), 0)
    webhooks.send_test(database, ADMIN, 1, runtime.now())
    receiver.answer = status(204)
    assert "1 terkirim, 0 gagal" in ended(run("deliver"), 0)
    assert len(receiver.received) == 2
