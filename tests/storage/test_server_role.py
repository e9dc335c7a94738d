"""On PostgreSQL a server whose role has the rights of the guide, and no others, can do all of its work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.errors import StorageError
from survey_app.services.ikm import calibration, quality, rebuilding, results
from survey_app.services.imports import importing
from survey_app.services.ip_asn import staff_sums
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN
from survey_app.services.schedules import ordered, runs
from survey_app.storage import emptying
from survey_app.storage.database import create_engine, open_database
from tests.services import changes
from tests.services.changes import NOW
from tests.staff import import_staff, staff
from tests.submissions import KEYS

GUIDE = Path(__file__).parents[2] / "docs/panduan/cadangan.md"
#: What the guide leaves to the owner of the tables.
OWNERS = "answers.stored_comments.look_through"
KEPT = ["comment_judgement", "follow_up", "publication", "questionnaire", "recap_publication", "response"]


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
    "voices.auditing.take_back",
    "voices.auditing.judge",
    "imports.withdrawing.withdraw",
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
    assert importing.import_responses(database, path, changes.CODE, Period.parse("2015"), NOW).stored == 3
    import_staff(database, tmp_path, staff(changes.CODE, *[(20, 30, 25, 5)] * 6))
    kiosk = devices.fleet(database, ADMIN, NOW)[-1].device
    devices.heartbeat(database, kiosk, devices.Pulse(0, 0, "1", NOW), NOW)
    ordered.plan(database, NOW)
    assert runs.Maker(database, lambda: NOW, lambda *_: b"%PDF", tmp_path, 1).make_next() is not None
    results.refresh(database)
    rebuilding.rebuild(database)
    staff_sums.rebuild(database)
    assert calibration.calibrate(database, NOW) == 1
    for name in LAST:
        changes.CHANGES[name].attempt(database, ADMIN)
    database.close()


@pytest.mark.parametrize("table", KEPT)
def test_and_changes_nothing_of_what_never_changes(server: str, table: str) -> None:
    engine = create_engine(server)
    named = {"questionnaire": "content", "response": "comment", "comment_judgement": "kind"}
    column = named.get(table, "period")
    for change in (f"UPDATE {table} SET {column} = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), engine.begin() as connection:
            connection.execute(sa.text(change))
    engine.dispose()


def test_to_empty_answers_it_needs_the_columns_that_may_be_emptied(
    server: str, fresh_postgres_url: str
) -> None:
    database, role = open_database(server), sa.make_url(server).username
    results.refresh(database)
    found = changes.result(database)
    unit_id = found.entry.unit.id
    with database.look() as connection:
        held = sa.text(f"SELECT DISTINCT month FROM response WHERE unit_id = {unit_id} AND profile <> '{{}}'")
        (month, *_) = connection.execute(held).scalars()
    empty = partial(emptying.empty, unit_id=unit_id, month=month, rules=quality.RULES)
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied for table response"):
        database.write(empty)
    owner = create_engine(fresh_postgres_url)
    with owner.begin() as connection:
        connection.execute(
            sa.text(f"GRANT UPDATE (profile, comment, client_id, network) ON response TO {role}")
        )
    owner.dispose()
    assert database.write(empty)
    assert repr(changes.result(database)) == repr(found)
    database.close()
    open_database(server).close()


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
