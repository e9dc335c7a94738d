"""From the form to what became of the complaint, at one address: what a receipt tells, and what never."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.answers.ids import uuid7
from survey_app.services.complaints import cases, handling
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.text import LANGUAGES, Language, Text
from survey_app.web.routes import routes
from survey_app.wording import complaint_words
from tests.services.complaints.given import decided
from tests.submissions import NOW
from tests.web.forms import fields

SECRET = "Antrean di loket tiga lama sekali"
HOSTILE = "<script>alert(1)</script> & \"'`**x**"


def sent(client: TestClient, **given: str) -> str:
    return str(client.post("/s/ptsp", data=fields(score=1, **given)).headers["location"])


def shown(client: TestClient, address: str, language: Language = "id") -> str:
    page = client.get(address, params={"lang": language})
    assert page.status_code == 200
    assert SECRET not in page.text
    assert "<script" not in page.text
    return page.text


def id_of(address: str) -> UUID:
    return UUID(address.rsplit("/", 1)[-1])


def test_who_complained_reads_at_the_same_address_what_became_of_it(
    client: TestClient, database: Database
) -> None:
    address = sent(client, comment=SECRET)
    for language in LANGUAGES:
        assert complaint_words.NOT_YET.in_language(language) in shown(client, address, language)
    (case,) = cases.worklist(database, ADMIN, PROVINCE, NOW).cases
    owned = Decision(state=State.TAKEN_UP, owner="Kepala Seksi Loket")
    handling.take_up(database, ADMIN, "ptsp", case.seen, "waktu", owned, NOW)
    page = shown(client, address)
    assert "Masukan Anda sedang ditindaklanjuti. Kabar terakhir: 20 November 2026." in page
    # Whose work it is stays inside.
    assert "Kepala Seksi Loket" not in page
    (case,) = cases.worklist(database, ADMIN, PROVINCE, NOW).cases
    done = Decision(state=State.DONE, reply=Text("Loket ketiga sudah dibuka.", ""))
    handling.decide(database, ADMIN, "ptsp", case.seen, done, NOW + timedelta(days=3))
    page = shown(client, address)
    assert "Tindak lanjut masukan Anda selesai pada 23 November 2026." in page
    assert "<h3>Jawaban kami</h3>" in page
    assert complaint_words.NOT_YET.id not in page
    # What was written in Indonesian alone is shown so, and read out so.
    english = shown(client, address, "en")
    assert "The follow-up of your comment was finished on 23 November 2026." in english
    assert '<p lang="id">Loket ketiga sudah dibuka.</p>' in english


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.LOOKED_AT, "Masukan Anda sudah ditinjau pada 20 November 2026."),
        (State.NO_COMPLAINT, "Masukan Anda sudah dibaca pada 20 November 2026"),
    ],
)
def test_each_state_is_said_and_a_hostile_reply_is_words(
    client: TestClient, database: Database, state: State, said: str
) -> None:
    address = sent(client, comment=SECRET)
    decided(database, id_of(address), Decision(state=state, reply=Text(HOSTILE, HOSTILE)))
    assert said in shown(client, address)
    for language in LANGUAGES:
        page = shown(client, address, language)
        assert f'<p lang="{language}">&lt;script&gt;alert(1)&lt;/script&gt; &amp; ' in page
        assert "**x**" in page


def test_before_anybody_looked_a_receipt_tells_of_no_comment(client: TestClient) -> None:
    written, silent = sent(client, comment=SECRET), sent(client)

    def page(address: str) -> str:
        found = shown(client, address).replace(str(id_of(address)), "")
        return found[: found.index('class="code"')] + found[found.index("</output>") :]

    assert page(written) == page(silent)


def test_what_a_neighbour_of_the_address_would_read_is_nothing(client: TestClient) -> None:
    sent(client, comment=SECRET)
    guessed = client.get(f"/s/ptsp/umum/{uuid7(NOW)}")
    assert (guessed.status_code, guessed.text) == (404, client.get("/s/tidak-ada").text)


def test_it_is_kept_by_nobody_and_told_to_no_page(client: TestClient) -> None:
    headers = client.get(sent(client, comment=SECRET)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "script-src 'none'" in headers["content-security-policy"]


@pytest.fixture
def slow(database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("SURVEY_LIMIT_FACTOR", "0.0005")
    monkeypatch.setattr("survey_app.web.pace.PATIENCE", 0.0)
    with TestClient(Starlette(routes=routes(lambda: database, lambda: NOW))) as opened:
        yield opened


def test_guessing_is_slowed(slow: TestClient) -> None:
    guess = partial(slow.get, f"/s/ptsp/umum/{uuid7(NOW - timedelta(days=1))}")
    assert [guess().status_code for _ in range(3)][-1] == 429
