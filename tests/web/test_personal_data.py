"""What citizens read of their data, and that a receipt shows nobody an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.answers.ids import uuid7
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.retention import thinning
from survey_app.settings import load
from survey_app.storage.database import Database
from survey_app.text import Language
from survey_app.web.routes import routes
from survey_app.wording import personal_data
from tests.submissions import NOW
from tests.web.forms import fields

CONTACT = {"NAME": "Biro Organisasi <b>", "EMAIL": "data@kaltim.go.id", "PHONE": "+62 541 733-333"}
#: Sent in November 2026: what citizens write is kept to November 2028, devices to May 2027.
SECRET = "Loket tiga lama sekali"


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch, database: Database, unit: UnitEntry) -> Iterator[TestClient]:
    """A server whose operator has named a contact."""
    for name, value in CONTACT.items():
        monkeypatch.setenv(f"SURVEY_CONTACT_{name}", value)
    with TestClient(
        Starlette(routes=routes(lambda: database, lambda: NOW)), follow_redirects=False
    ) as opened:
        yield opened


def sent(client: TestClient) -> str:
    """The address of the receipt of an answer that says something of everything."""
    given = fields(score=2, comment=SECRET, p__usia="56+")
    return str(client.post("/s/ptsp", data=given).headers["location"])


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_page_says_every_kind_its_time_and_whom_to_ask(named: TestClient, query: str) -> None:
    page = named.get(f"/data-pribadi{query}").text
    language: Language = "en" if query else "id"
    kept = load({}).retention
    for months in (kept.comments, kept.profiles, kept.devices):
        assert personal_data.MONTHS.format(months=months).in_language(language) in page
    for title, text in personal_data.RIGHTS:
        assert title.in_language(language) in page
        assert text.in_language(language) in page
    assert "Biro Organisasi &lt;b&gt;, data@kaltim.go.id, +62 541 733-333" in page
    assert "<b>" not in page


def test_without_a_contact_it_says_so(client: TestClient) -> None:
    for path in ("/data-pribadi", "/s/ptsp", sent(client), f"{sent(client)}/data"):
        assert personal_data.NO_CONTACT.id in client.get(path).text
        assert personal_data.ASK.id.split("{")[0] not in client.get(path).text


def test_the_months_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    monkeypatch.setenv("SURVEY_KEEP_DEVICES_MONTHS", "17")
    with TestClient(Starlette(routes=routes(lambda: database, lambda: NOW))) as client:
        assert "17 bulan setelah bulan pengisian" in client.get("/data-pribadi").text


def test_every_page_of_a_citizen_leads_there_and_names_the_contact(named: TestClient) -> None:
    receipt = sent(named)
    for path in ("/s/ptsp", "/s/ptsp?lang=en", "/hasil", "/hasil/ptsp", f"{receipt}/data"):
        assert 'href="/data-pribadi' in named.get(path).text, path
    for path in ("/s/ptsp", receipt, f"{receipt}/data"):
        assert "data@kaltim.go.id" in named.get(path).text, path
    assert f'href="{receipt}/data"' in named.get(receipt).text


def test_a_receipt_says_until_when_and_never_what(named: TestClient) -> None:
    address = f"{sent(named)}/data"
    page = named.get(address)
    assert page.status_code == 200
    assert page.text.count("Jika ada, sampai akhir November 2028.") == 2
    assert page.text.count("Jika ada, sampai akhir Mei 2027.") == 1
    assert "If there is any, until the end of May 2027." in named.get(f"{address}?lang=en").text
    assert SECRET not in page.text
    assert "56" not in re.sub(r"<style>.*?</style>|/s/\S+|<output.*?</output>", "", page.text, flags=re.S)
    # Of an answer that says nothing the same is told, but for its code.
    bare = named.get(f"{named.post('/s/ptsp', data=fields()).headers['location']}/data").text
    assert without_code(bare) == without_code(page.text)


def without_code(page: str) -> str:
    return re.sub(r'<output class="code">[^<]*</output>', "", page)


def test_what_is_over_is_gone_or_about_to_be(database: Database, client: TestClient) -> None:
    address = f"{sent(client)}/data"
    later = datetime(2027, 6, 1, 3, tzinfo=UTC)
    with TestClient(Starlette(routes=routes(lambda: database, lambda: later))) as then:
        before = then.get(address).text
        # No name of a device came with it: of that kind nothing stands.
        assert (before.count(personal_data.GONE.id), before.count("November 2028")) == (1, 2)
    short = load({"SURVEY_KEEP_COMMENTS_MONTHS": "6", "SURVEY_KEEP_DEVICES_MONTHS": "6"}).retention
    monkey = pytest.MonkeyPatch()
    monkey.setenv("SURVEY_KEEP_COMMENTS_MONTHS", "6")
    with TestClient(Starlette(routes=routes(lambda: database, lambda: later))) as then:
        assert then.get(address).text.count(personal_data.SOON.id) == 1
        thinning.thin(database, later, kept=short)
        after = then.get(address).text
        assert (after.count(personal_data.SOON.id), after.count(personal_data.GONE.id)) == (0, 2)
    monkey.undo()


def test_a_guessed_receipt_is_told_what_any_unknown_address_is(client: TestClient) -> None:
    sent(client)
    guessed = client.get(f"/s/ptsp/umum/{uuid7(NOW)}/data")
    unknown = client.get("/s/tidak-ada")
    assert (guessed.status_code, guessed.text) == (404, unknown.text)


def test_guessing_is_slowed(database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    """As sending is: by the same turns of an address."""
    monkeypatch.setenv("SURVEY_LIMIT_FACTOR", "0.0005")
    monkeypatch.setattr("survey_app.web.pace.PATIENCE", 0.0)
    with TestClient(Starlette(routes=routes(lambda: database, lambda: NOW))) as client:
        guess = partial(client.get, f"/s/ptsp/umum/{uuid7(NOW - timedelta(days=1))}/data")
        assert [guess().status_code for _ in range(3)][-1] == 429


def test_the_address_of_a_receipt_is_told_to_no_page(client: TestClient) -> None:
    receipt = sent(client)
    for path in (receipt, f"{receipt}/data"):
        assert client.get(path).headers["referrer-policy"] == "no-referrer"
    # Nor is the code of a slip that stands in the address of a form.
    links = re.findall(r"<a [^>]*/data-pribadi[^>]*>", client.get("/s/ptsp").text)
    assert links
    assert all('rel="noreferrer"' in link for link in links)


def test_no_page_says_that_nobody_reads_what_staff_read(client: TestClient) -> None:
    for path in ("/data-pribadi", f"{sent(client)}/data"):
        assert "kepada siapa pun" not in client.get(path).text
        assert "to nobody" not in client.get(f"{path}?lang=en").text
    assert "Petugas yang berwenang membacanya" in client.get("/data-pribadi").text
