"""On PostgreSQL a server whose role has the rights of the guide, and no others, can do all of its work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.errors import StorageError
from survey_app.services.delivery import sent
from survey_app.services.delivery.posting import Outcome
from survey_app.services.delivery.sender import KEPT as SENT_KEPT
from survey_app.services.delivery.sender import Sender
from survey_app.services.ikm import calibration, rebuilding, results
from survey_app.services.imports import importing
from survey_app.services.ip_asn import staff_sums
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN
from survey_app.services.retention import thinning
from survey_app.services.schedules import ordered, runs
from survey_app.settings import Retention
from survey_app.storage.database import Database, create_engine, open_database
from survey_app.storage.emptying import Kind
from tests.services import changes
from tests.services.changes import NOW
from tests.staff import KEY, import_staff, staff
from tests.submissions import KEYS

GUIDE = Path(__file__).parents[2] / "docs/panduan/cadangan.md"
#: What the guide leaves to the owner of the tables.
OWNERS = "answers.stored_comments.look_through"
KEPT = [
    "comment_judgement",
    "complaint_step",
    "follow_up",
    "publication",
    "questionnaire",
    "recap_publication",
    "response",
]


def rights(role: str) -> list[str]:
    """The statements of the guide, for a role of this test."""
    (block,) = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return [part.strip().replace("survey_server", role) for part in block.split(";") if part.strip()]


@pytest.fixture(params=["triggers", "rights"])
def server(request: pytest.FixtureRequest, fresh_postgres_url: str) -> Iterator[str]:
    """The database of the changes, its triggers or none, by the address of a role with those rights."""
    owner = open_database(fresh_postgres_url)
    changes.prepare(owner)
    role = f"server_{sa.make_url(fresh_postgres_url).database}"
    with owner.engine.begin() as connection:
        if request.param == "rights":
            drop_triggers(connection)
        connection.execute(sa.text(f"CREATE ROLE {role} LOGIN"))
        for statement in rights(role):
            connection.execute(sa.text(statement))
    yield sa.make_url(fresh_postgres_url).set(username=role).render_as_string(hide_password=False)
    with owner.engine.begin() as connection:
        connection.execute(sa.text(f"DROP OWNED BY {role}"))
        connection.execute(sa.text(f"DROP ROLE {role}"))
    owner.close()


def drop_triggers(connection: sa.Connection) -> None:
    query = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
    for table, name in connection.execute(sa.text(query)).all():
        connection.execute(sa.text(f"DROP TRIGGER {name} ON {table}"))


#: Of what there is one as long as the others have not added to it.
FIRST = [
    "kiosks.devices.create_repairing",
    "accounts.views.begin",
    "kiosks.devices.revoke",
    "follow_up.plans.change",
    "schedules.ordered.set_active",
    "complaints.handling.decide",
    "complaints.handling.take_up",
    "voices.auditing.take_back",
    "voices.auditing.judge",
    "imports.withdrawing.withdraw",
    "delivery.sent.send_again",
    "delivery.webhooks.send_test",
    "delivery.webhooks.set_active",
]
#: After these the unit takes no more of what the others do.
LAST = [
    "places.catalogue.choose_instrument",
    "places.catalogue.set_service_active",
    "answers.queue_codes.require",
    "places.catalogue.set_unit_active",
]
#: The owner's, and what only puts together what others do: a province, an agency with its unit.
NOT_HERE = {OWNERS, "demo.province.load", "places.setup.add_unit"}


def test_a_server_with_the_rights_of_the_guide_does_all_there_is_to_do(server: str, tmp_path: Path) -> None:
    database = open_database(server)
    others = sorted(changes.CHANGES.keys() - {*FIRST, *LAST, *NOT_HERE})
    for name in (*FIRST, *others):
        changes.CHANGES[name].attempt(database, ADMIN)
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(KEYS), *["4," * 8 + "4"] * 3]))
    assert (
        importing.import_responses(database, ADMIN, path, changes.CODE, Period.parse("2015"), NOW).stored == 3
    )
    import_staff(database, tmp_path, staff(changes.CODE, *[(20, 30, 25, 5)] * 6))
    kiosk = devices.fleet(database, ADMIN, NOW)[-1].device
    devices.heartbeat(database, kiosk, devices.Pulse(0, 0, "1", NOW), NOW)
    ordered.plan(database, NOW)
    assert runs.Maker(database, lambda: NOW, lambda *_: b"%PDF", tmp_path, 1).make_next() is not None
    assert list(_sender(database, NOW).send_due())
    _sender(database, NOW + 2 * SENT_KEPT).send_due().close()
    assert list(_sender(database, NOW + 2 * SENT_KEPT).send_due()) == []
    assert sent.listed(database, ADMIN) == []
    results.refresh(database)
    rebuilding.rebuild(database)
    staff_sums.rebuild(database)
    assert calibration.calibrate(database, NOW) == 1
    for name in LAST:
        changes.CHANGES[name].attempt(database, ADMIN)
    database.close()


def _sender(database: Database, now: datetime) -> Sender:
    """Whose messages are all taken."""
    return Sender(database=database, clock=lambda: now, key=lambda: KEY, post=lambda *_: Outcome("204"))


@pytest.mark.parametrize("table", KEPT)
def test_and_changes_nothing_of_what_never_changes(server: str, table: str) -> None:
    engine = create_engine(server)
    named = {
        "questionnaire": "content",
        "response": "scores",
        "comment_judgement": "kind",
        "complaint_step": "state",
    }
    column = named.get(table, "period")
    for change in (f"UPDATE {table} SET {column} = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), engine.begin() as connection:
            connection.execute(sa.text(change))
    engine.dispose()


def test_it_empties_what_is_over_its_time(server: str) -> None:
    """And says so before anything is done where its owner has not granted that."""
    database = open_database(server)
    results.refresh(database)
    found = changes.result(database)
    kept = Retention(comments=3, profiles=3, devices=3, audit=6)
    later = NOW + timedelta(days=300)
    done = thinning.thin(database, later, kept=kept)
    assert done.answers[Kind.PROFILES] > 0
    assert repr(changes.result(database)) == repr(found)
    database.close()
    open_database(server).close()


@pytest.mark.parametrize("right", ["(comment) ON response", "(network) ON audit"])
def test_without_the_right_to_empty_nothing_is_done(server: str, fresh_postgres_url: str, right: str) -> None:
    database, owner = open_database(server), create_engine(fresh_postgres_url)
    with owner.begin() as connection:
        connection.execute(sa.text(f"REVOKE UPDATE {right} FROM {sa.make_url(server).username}"))
    kept = Retention(comments=3, profiles=3, devices=3, audit=6)
    later = NOW + timedelta(days=300)
    held = thinning.look(database, kept, later)
    with pytest.raises(StorageError, match="emptying-refused"):
        thinning.thin(database, later, kept=kept)
    assert thinning.look(database, kept, later) == held
    owner.dispose()
    database.close()


def test_an_older_schema_is_the_owners_to_bring_up(server: str, fresh_postgres_url: str) -> None:
    owner = create_engine(fresh_postgres_url)
    with owner.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0021'"))
    with pytest.raises(StorageError) as error:
        open_database(server)
    owner.dispose()
    assert error.value.code == "schema-owner"
    assert "dengan peran postgres," in error.value.text.id
    assert "command as postgres," in error.value.text.en


def test_a_table_that_an_update_added_is_granted_before_the_server_starts(
    server: str, fresh_postgres_url: str
) -> None:
    owner, role = create_engine(fresh_postgres_url), sa.make_url(server).username
    with owner.begin() as connection:
        connection.execute(sa.text(f"REVOKE ALL ON unflagged, tail FROM {role}"))
    with pytest.raises(StorageError) as error:
        open_database(server)
    assert error.value.code == "table-unreadable"
    assert "membaca tabel tail, unflagged." in error.value.text.id
    assert "read the tables tail, unflagged." in error.value.text.en
    with owner.begin() as connection:
        for statement in rights(str(role)):
            connection.execute(sa.text(statement))
    owner.dispose()
    open_database(server).close()
