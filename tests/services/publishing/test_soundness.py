"""One damaged publication: it is left out and named in the log, and everything else is served."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.period import Period
from survey_app.errors import StorageError, Unavailable
from survey_app.services.disclosure import (
    foretelling,
    people_behind,
    profile_hiding,
    public_recaps,
    public_results,
)
from survey_app.services.ikm import results as unit_results
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_numbers, recap_publishing, soundness, unit_publishing
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading
from survey_app.storage.tables import publication, recap_publication
from survey_app.text import Text
from survey_app.web.routes import routes
from tests.reports import samples
from tests.services.disclosure.test_public_recaps import (
    AGENCY,
    PERIOD,
    publish_recap_unseen,
    publish_unseen,
    total_of,
    unit,
)
from tests.submissions import NOW

#: What may happen to a row, by what stands in it afterwards.
DAMAGES: dict[str, Callable[[sa.Table], dict[str, object]]] = {
    "another text": lambda t: {"snapshot": sa.func.replace(t.c.snapshot, "format", "f0rmat")},
    "half a text": lambda t: {"snapshot": sa.func.substr(t.c.snapshot, 1, 900)},
    "no text": lambda t: {"snapshot": ""},
    "another object": lambda t: {"snapshot": "{}"},
    "a list": lambda t: {"snapshot": "[]"},
    "another fingerprint": lambda t: {"sha256": "0" * 64},
    "no period": lambda t: {"period": "2019-?"},
}


@pytest.fixture(autouse=True)
def another_process() -> None:
    """What one test has read and told, the next has not: what is kept is kept under what was published."""
    for kept in (
        soundness._tell_once,
        people_behind._people,
        recap_numbers._numbers,
        public_results._cached,
        profile_hiding._read,
    ):
        kept.cache_clear()


def damage(database: Database, table: sa.Table, which: sa.ColumnElement[bool], how: str) -> None:
    """As a disk or a stranger does it: past the triggers that keep the table as it is."""

    def job(connection: sa.Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
        else:
            names = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
            for name in connection.execute(names, {"table": table.name}).scalars().all():
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.update(table).where(which).values(DAMAGES[how](table)))

    database.write(job)


def of_unit(database: Database, code: str) -> sa.ColumnElement[bool]:
    return publication.c.unit_id == catalogue.find_unit(database, code, PROVINCE).unit.id


@pytest.mark.parametrize("how", DAMAGES)
def test_the_others_are_served_and_the_operator_is_told(
    database: Database, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    for code in ("a1", "b1"):
        unit(database, code, [3, 4] * 5)
        publish_unseen(database, code)
    damage(database, publication, of_unit(database, "b1"), how)
    client = TestClient(Starlette(routes=routes(lambda: database, lambda: NOW)))
    with caplog.at_level(logging.ERROR):
        for path in ("/hasil", "/hasil.csv", "/hasil.json", "/hasil/a1", "/hasil/a1.csv", "/hasil/a1.json"):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert "87" in answer.text  # of threes and fours in equal parts
            assert "Loket b1" not in answer.text
        assert client.get("/hasil/b1").status_code == 200
        assert client.get("/hasil/b1.json").json()["periods"] == []
    told = [r.getMessage() for r in caplog.records if "damaged" in r.getMessage()]
    assert len(told) == 1
    assert "publication b1" in told[0]


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_recap_is_left_out_and_the_units_stay(database: Database, how: str) -> None:
    unit(database, "a1", [3, 4] * 5)
    publish_unseen(database, "a1")
    publish_recap_unseen(database)
    publish_recap_unseen(database, AGENCY)
    damage(database, recap_publication, recap_publication.c.agency == "", how)
    client = TestClient(Starlette(routes=routes(lambda: database, lambda: NOW)))
    assert [client.get(path).status_code for path in ("/hasil", "/hasil.csv", "/hasil.json")] == [200] * 3
    assert [
        r.agency and r.agency.code for r in public_recaps.latest_of(public_recaps.published(database))
    ] == [AGENCY]
    (shown,) = public_results.latest(database)
    assert shown.score is not None


def test_the_earlier_version_does_not_pass_for_the_newest(database: Database) -> None:
    """It was corrected, and to whom nobody can say any more."""
    unit(database, "a1", [3, 4] * 5)
    publish_unseen(database, "a1")
    publish_unseen(database, "a1", day=1)
    damage(database, publication, publication.c.version == 2, "half a text")
    assert public_results.of_unit(database, "a1") == ()


def test_what_came_after_about_the_same_months_waits(database: Database) -> None:
    """Ten people, damaged; then twelve: two of them could be worked out by whoever kept the first page."""
    unit(database, "a1", [3, 4] * 5)
    publish_unseen(database, "a1")
    damage(database, publication, of_unit(database, "a1"), "half a text")
    publish_unseen(database, "a1", day=1)
    (shown,) = public_results.of_unit(database, "a1")
    assert (shown.version, shown.withheld, shown.score) == (2, True, None)
    result = unit_results.unit_result(database, "a1", PERIOD, within=PROVINCE)
    assert foretelling.would_be_withheld(database, result)
    assert foretelling.recap_would_be_withheld(database, Scope(None), PERIOD)


def test_a_recap_over_a_damaged_publication_keeps_its_value_back(database: Database) -> None:
    unit(database, "a1", [3, 4] * 5)
    unit(database, "a2", [3, 4] * 5)
    publish_unseen(database, "a1")
    damage(database, publication, of_unit(database, "a1"), "half a text")
    publish_recap_unseen(database, day=1)
    (recap,) = public_recaps.latest_of(public_recaps.published(database))
    assert recap.index is None


def test_beside_a_damaged_version_nothing_about_its_months_is_told(database: Database) -> None:
    unit(database, "a1", [3, 4] * 5)
    publish_unseen(database, "a1")
    damage(database, publication, publication.c.version == 1, "half a text")
    before = PERIOD.shift(-1)
    told = [total_of(database, "a1", period, 10) for period in (PERIOD, before)]
    assert foretelling.beside_shown(database, PERIOD, told) == (True, True)
    assert foretelling.beside_shown(database, before, told[1:]) == (False,)


def test_a_unit_waits_where_a_recap_about_its_months_is_damaged(database: Database) -> None:
    unit(database, "a1", [3, 4] * 5)
    samples.insert(database, "a1", [[3] * 9] * 10, "2019-07")
    publish_recap_unseen(database, AGENCY)
    damage(database, recap_publication, recap_publication.c.agency == AGENCY, "half a text")
    assert foretelling.would_be_withheld(
        database, unit_results.unit_result(database, "a1", PERIOD, within=PROVINCE)
    )
    july = unit_results.unit_result(database, "a1", Period.parse("2019-07"), within=PROVINCE)
    assert not foretelling.would_be_withheld(database, july)


def test_a_unit_waits_for_each_month_of_its_damaged_half_year(database: Database) -> None:
    """May is in the half-year whose people nobody knows any more, July is not."""
    unit(database, "a1", [3, 4] * 5)
    samples.insert(database, "a1", [[3] * 9] * 10, "2019-07")
    publish_unseen(database, "a1")
    damage(database, publication, of_unit(database, "a1"), "half a text")
    may, july = (
        unit_results.unit_result(database, "a1", Period.parse(month), within=PROVINCE)
        for month in ("2019-05", "2019-07")
    )
    assert foretelling.would_be_withheld(database, may)
    assert not foretelling.would_be_withheld(database, july)


def test_a_unit_published_after_a_damaged_recap_of_its_months_keeps_its_value_back(
    database: Database,
) -> None:
    unit(database, "a1", [3, 4] * 5)
    publish_recap_unseen(database, AGENCY)
    damage(database, recap_publication, recap_publication.c.agency == AGENCY, "half a text")
    publish_unseen(database, "a1", day=1)
    (shown,) = public_results.of_unit(database, "a1")
    assert (shown.withheld, shown.score) == (True, None)


def test_what_is_damaged_is_an_error_for_whoever_asks_for_it(database: Database) -> None:
    unit(database, "a1", [3, 4] * 5)
    publish_unseen(database, "a1")
    publish_recap_unseen(database)
    for table in (publication, recap_publication):
        damage(database, table, sa.true(), "half a text")
    with pytest.raises(StorageError, match="snapshot-changed"):
        unit_publishing.published(database, "a1", PERIOD, within=PROVINCE)
    with pytest.raises(StorageError, match="snapshot-changed"):
        recap_publishing.published(database, None, PERIOD)


def test_a_database_that_is_away_is_no_damage() -> None:
    heading = Heading("a1", str(Period.parse("2019-S1")), 1, NOW, "0" * 64)

    def read() -> None:
        raise Unavailable("database-unreachable", Text("Jauh", "Away"), "no route")

    with pytest.raises(Unavailable):
        soundness.if_sound(heading, read)


def test_what_stands_behind_a_damaged_version_is_it_and_what_came_later_about_its_months() -> None:
    """Of one second the units come first: a recap is published with them in sight."""
    lost = Heading("a1", "2019-S1", 1, NOW, "0")
    same_second = Heading("a1", "2019-S1", 2, NOW, "0")
    earlier = Heading("a1", "2019", 1, NOW - timedelta(seconds=1), "0")
    later = Heading("a1", "2019-TW2", 1, NOW + timedelta(seconds=1), "0")
    elsewhere = Heading("a1", "2019-S2", 1, NOW + timedelta(seconds=1), "0")
    assert soundness.behind([lost], [lost, same_second, earlier, later, elsewhere]) == {
        lost,
        same_second,
        later,
    }
    recap = RecapHeading("", "2019", 1, NOW, "0")
    assert soundness.behind([lost], [recap]) == {recap}
    assert soundness.behind([recap], [lost]) == set()
