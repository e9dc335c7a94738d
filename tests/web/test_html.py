"""The HTML of every plain page is what its author meant, whatever people have called their units."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from survey_app.services.answers import queue_codes
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import Database
from tests.reports import samples
from tests.services.disclosure.test_public_results import publish
from tests.submissions import NOW
from tests.web.forms import Page, fields
from tests.web.wellformed import faults

ATTACK = """"'><img src=x onerror=alert(1)></p></style></title></script><script>alert(1)</script>"""


@pytest.fixture
def pages(client: TestClient, database: Database) -> dict[str, str]:
    """Every kind of page, of units, an agency and services with a hostile name."""
    samples.sekadau(database)
    for code, rows in (("jahat", 40), ("kosong", 0)):
        samples.create_unit(database, code, ATTACK[:90], agency=ATTACK[:90])
        samples.insert(database, code, samples.random_rows(rows, seed=3), "2019-05")
    catalogue.create_service(database, ADMIN, "jahat", "izin", ATTACK)
    queue_codes.require(database, ADMIN, "jahat", "izin", required=True)
    for period in ("2019-05", "2019-S1"):
        publish(database, period, "jahat")
    pairing = devices.create_pairing(database, ADMIN, "jahat", ATTACK[:40], NOW)
    device = devices.pair(database, pairing.code, NOW).device.code
    sent = client.post("/s/ptsp", data=fields())
    wrong = fields("", service="", comment=ATTACK, p__usia=ATTACK, code=ATTACK, id=ATTACK)
    got = (
        "/s/ptsp",
        "/s/jahat",
        "/s/jahat?lang=en",
        "/s/jahat/izin?kode=" + ATTACK[:20],
        "/s/tidak-ada",
        sent.headers["location"],
        "/k",
        f"/k/{device}",
        "/k/tidak-ada",
        "/hasil",
        "/hasil?q=" + ATTACK,
        "/hasil/jahat",
        "/hasil/jahat?lang=en&period=2019-05",
        "/hasil/kosong",
        "/hasil/tidak-ada",
    )
    return {
        **{path: client.get(path).text for path in got},
        "refused": client.post("/s/jahat", data=wrong).text,
        "in English": client.post("/s/jahat", data=wrong | {"language": "en"}).text,
        "of another type": client.post("/s/jahat", json={}).text,
    }


def test_what_is_written_is_what_a_browser_reads(pages: dict[str, str]) -> None:
    assert {path: faults(html) for path, html in pages.items() if faults(html)} == {}


def test_a_hostile_name_is_words_on_every_page(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        page = Page(html)
        assert not page.all("img"), path
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")], path
        assert "alert(1)</script>" not in html, path
        assert len(page.all("title")) == 1, path
    assert sum("&gt;&lt;img src=x" in html for html in pages.values()) > 8


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p><b>x</p></b>", "</p> does not end"),
        ("<div><p>x<p>y</p></p></div>", "<p> in ['p']"),
        ("<ul><div></div><li>x</li>", "<ul> is not ended"),
        ("<div><td>x</td></div>", "<td> is no child of <div>"),
        ("<div/>", "<div/> closes nothing"),
        ('<label for="x">x</label>', "nothing has the id x"),
        ('<i id="x"></i><i id="x"></i>', "the id x stands 2 times"),
        ("<a><button>x</button></a>", "<button> in another control"),
    ],
)
def test_the_check_sees_what_it_is_for(html: str, fault: str) -> None:
    assert any(fault in found for found in faults(html))


def test_the_check_passes_what_is_right() -> None:
    assert faults('<div id="a"><label for="b">x</label><input id="b"><svg><path d="M0"/></svg></div>') == []
