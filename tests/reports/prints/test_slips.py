"""Queue slips: every QR code is read back from the rendered sheet and carries the code printed under it."""

from __future__ import annotations

from datetime import date

import pytest
import zxingcpp

from survey_app.errors import Refused
from survey_app.reports.prints.slips import slips
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.answers.queue_codes import IssuedBatch
from survey_app.storage.places import Service
from tests import printed
from tests.reports.drawing import pages_drawn
from tests.reports.prints.test_invitation import BASE, LONG, entry
from tests.reports.samples import MADE_AT

#: The widest letters of the alphabet: where these fit, all do.
WIDE = "WMWMW-MWMWM"


def batch(count: int, last_day: date | None = None, name: str = "Pengujian mutu") -> IssuedBatch:
    codes = (WIDE, *(f"ABCDE-{i:05d}" for i in range(1, count)))
    return IssuedBatch(
        7,
        entry("balai", LONG),
        Service(id=2, unit_id=1, code="uji-mutu", name=name, active=True),
        codes,
        last_day,
    )


def test_every_slip_opens_the_form_of_its_service_with_its_code() -> None:
    """Read by ZXing, which is not what drew them; 25 slips are one full sheet and four more."""
    made = batch(25)
    pages = pages_drawn(slips(made, BASE + "/", MADE_AT))
    read = [sorted(code.text for code in zxingcpp.read_barcodes(page)) for page in pages]
    addresses = [f"{BASE}/s/balai/uji-mutu?kode={code}" for code in made.codes]
    assert read == [sorted(addresses[:21]), sorted(addresses[21:])]


def test_a_slip_says_its_code_once_its_service_and_its_last_day() -> None:
    made = batch(21, date(2026, 12, 22), name="*Izin* #panic()")
    [page] = printed.pages(render_pdf_here(slips(made, BASE, MADE_AT)))
    words = printed.lines(page)
    assert [words.count(code) for code in made.codes] == [1] * 21
    for text in ("*Izin* #panic()", "Kelompok 7", "Berlaku sampai 22 Desember 2026."):
        assert words.count(text) == 21
    english = printed.words(render_pdf_here(slips(made, BASE, MADE_AT, "en")))
    assert "Valid until 22 December 2026." in english


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        slips(batch(1), "survei.go.id", MADE_AT)
    assert caught.value.code == "base-url"
