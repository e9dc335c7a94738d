"""What is told of, to whom, with what happened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from survey_app.services.delivery import events, webhooks
from survey_app.services.delivery.events import News
from survey_app.services.delivery.sender import written
from survey_app.services.delivery.webhooks import Terms
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage import deliveries
from survey_app.storage.database import Database
from survey_app.storage.deliveries import Delivery
from tests.conftest import NOW
from tests.reports.samples import MADE_AT
from tests.services.changes import AGENCY, CODE, PERIOD, result
from tests.services.delivery.conftest import KEY, Office
from tests.services.schedules.schedulers import APRIL, maker, monthly

UNIT = Scope(unit="ptsp")


def told(database: Database, name: str, scope: Scope, *news: News) -> str:
    """Make a webhook; its number, as deliveries name it."""
    terms = Terms(name=name, scope=scope, address="https://dasbor.contoh.go.id/", events=news or tuple(News))
    webhooks.make(database, ADMIN, terms, KEY, NOW)
    return str(webhooks.listed(database, ADMIN)[0].id)


def waiting(database: Database, *recipients: str) -> list[Delivery]:
    """The oldest first."""
    with database.read() as connection:
        return deliveries.newest(connection, "webhook", recipients, 100)[::-1]


@pytest.mark.parametrize(
    ("place", "reached"),
    [
        (Scope("dpmptsp", "ptsp"), ["province", "agency", "unit"]),
        (Scope("dpmptsp", "lain"), ["province", "agency"]),
        (Scope("dpmptsp"), ["province", "agency"]),
        (Scope("lain", "x"), ["province"]),
        (PROVINCE, ["province"]),
    ],
)
def test_news_reaches_the_webhooks_around_its_place(
    database: Database, unit: UnitEntry, place: Scope, reached: list[str]
) -> None:
    made = {"province": PROVINCE, "agency": Scope(agency="dpmptsp"), "unit": UNIT}
    numbers = {told(database, name, scope): name for name, scope in made.items()}
    told(database, "another wish", PROVINCE, News.REPORT)
    ended = told(database, "ended", PROVINCE)
    webhooks.end(database, ADMIN, int(ended), NOW)
    database.write(lambda c: events.announce(c, News.RESULT, place, {}, NOW))
    found = waiting(database, *numbers, "4", ended)
    assert [numbers.get(one.recipient) for one in found] == reached
    assert len({one.message for one in found}) == len(found)


def test_a_published_result_is_told_with_its_address_and_no_number(prepared: Database) -> None:
    for running in range(2):
        unit_publishing.publish(prepared, ADMIN, result(prepared), {}, None, MADE_AT, running=bool(running))
    first, second = waiting(prepared, "1")[1:]
    assert (first.event, first.unit, first.agency) == ("result.published", CODE, AGENCY.agency)
    body = json.loads(written(first, "https://survei.test"))
    assert body["data"] == {
        "unit": CODE,
        "period": "2019-S1",
        "version": 1,
        "url": "https://survei.test/api/v1/results/units/sekadau/2019-S1",
    }
    assert json.loads(second.body)["version"] == 2


@pytest.mark.parametrize(
    ("agency", "path"),
    [(AGENCY.agency, "/api/v1/results/agencies/kabupaten-sekadau"), (None, "/api/v1/results/province")],
)
def test_a_published_recap_is_told(prepared: Database, agency: str | None, path: str) -> None:
    number = told(prepared, "rekap", PROVINCE, News.RECAP)
    recap_publishing.publish(prepared, ADMIN, recap(prepared, agency, PERIOD), MADE_AT)
    (one,) = waiting(prepared, number)
    assert json.loads(one.body) == {"agency": agency, "period": "2019-S1", "version": 1, "path": path}
    assert (one.agency, one.unit) == (agency or "", "")


def test_what_is_not_published_is_not_told(prepared: Database) -> None:
    with pytest.raises(Exception, match="scope-refused"):
        unit_publishing.publish(
            prepared, Acting(Role.MANAGER, Scope(unit="lain")), result(prepared), {}, None, MADE_AT
        )
    assert len(waiting(prepared, "1")) == 1


def test_a_report_that_was_made_is_told_once(office: Office, unit: UnitEntry, tmp_path: Path) -> None:
    """Of a unit to its agency's webhook as well; of a report that failed to nobody."""
    number = told(office.database, "laporan", Scope(agency="dpmptsp"), News.REPORT)
    monthly(office.database, since="2026-03")

    def failing(*_: object) -> bytes:
        raise OSError("no such font")

    assert [line.status for line in maker(office.database, tmp_path, failing).make_due()] == ["failed"]
    assert waiting(office.database, number) == []
    later = APRIL.replace(hour=5)
    (line,) = maker(office.database, tmp_path, now=later).make_due()
    (one,) = waiting(office.database, number)
    assert line.run is not None
    assert json.loads(one.body) == {
        "report": "skm",
        "agency": None,
        "unit": "ptsp",
        "period": "2026-03",
        "language": "id",
        "path": f"/api/v1/reports/{line.run.id}",
    }
    assert list(maker(office.database, tmp_path, now=later).make_due()) == []
    assert len(waiting(office.database, number)) == 1


def test_everything_that_is_wrong_with_a_webhook_is_said_at_once(database: Database, unit: UnitEntry) -> None:
    for address in (
        "http://dasbor.contoh.go.id/",
        "https://10.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
    ):
        with pytest.raises(Exception, match="input-refused") as caught:
            webhooks.make(database, ADMIN, Terms(name=" ", scope=UNIT, address=address, events=()), KEY, NOW)
        codes = [problem.code for problem in caught.value.problems]  # type: ignore[attr-defined]
        assert codes[0] == "name-length"
        assert codes[1] == ("webhook-address" if address.startswith("http:") else "webhook-inside")
        assert codes[2] == "no-events"
    assert webhooks.listed(database, ADMIN) == []


def test_webhooks_are_seen_by_who_looks_after_their_place(database: Database, unit: UnitEntry) -> None:
    for name, scope in (("p", PROVINCE), ("a", Scope(agency="dpmptsp")), ("u", UNIT)):
        told(database, name, scope)
    catalogue.create_agency(database, ADMIN, "lain", "Lain")
    seen = {
        within: "".join(one.name for one in webhooks.listed(database, Acting(Role.MANAGER, within)))
        for within in (PROVINCE, Scope(agency="dpmptsp"), UNIT, Scope(agency="lain"))
    }
    assert list(seen.values()) == ["uap", "ua", "u", ""]
