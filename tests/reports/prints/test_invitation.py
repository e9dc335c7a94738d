"""Posters: the QR code is read back from the rendered page, and what is printed is what was asked for."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from pypdf import PdfReader

from survey_app.errors import Refused
from survey_app.reports.prints.invitation import INVITE, Place, Size, posters
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.places import Agency, Service, Unit
from tests import printed
from tests.reports.drawing import pages_drawn
from tests.reports.samples import MADE_AT

BASE = "https://survei.kaltimprov.go.id"
LONG = "Unit Pelaksana Teknis Dinas Balai Pengujian dan Sertifikasi Mutu Barang Wilayah Kutai Kartanegara"
#: Width and height in millimetres; a table tent is printed on A4 and folded.
PAPER: dict[Size, tuple[float, float]] = {"a4": (210, 297), "a5": (148, 210), "tent": (210, 297)}


def entry(code: str = "ptsp", name: str = "Pelayanan Terpadu Satu Pintu") -> UnitEntry:
    agency = Agency(1, "dpmptsp", "DPMPTSP Provinsi Kalimantan Timur")
    unit = Unit(
        id=1,
        agency_id=1,
        code=code,
        name=name,
        time_zone="Asia/Makassar",
        instrument="skm-2017@1",
        active=True,
    )
    return UnitEntry(agency, unit, (Service(id=1, unit_id=1, code="umum", name="Layanan umum", active=True),))


@pytest.mark.parametrize("size", ["a4", "a5", "tent"])
def test_every_code_on_every_page_opens_the_form_of_its_place(size: Size) -> None:
    """Read by ZXing, which is not what drew them; a tent shows its code to both sides."""
    places = [
        Place(entry()),
        Place(
            entry("balai", LONG),
            Service(id=2, unit_id=1, code="uji-mutu", name="Pengujian mutu", active=True),
        ),
    ]
    pages = pages_drawn(posters(places, BASE + "/", size, MADE_AT))
    read = [[code.text for code in zxingcpp.read_barcodes(page)] for page in pages]
    times = 2 if size == "tent" else 1
    assert read == [[f"{BASE}/s/ptsp"] * times, [f"{BASE}/s/balai/uji-mutu"] * times]


@pytest.mark.parametrize("size", ["a4", "a5", "tent"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_one_page_per_place_of_the_right_paper_and_with_its_words(size: Size, language: str) -> None:
    document = posters(
        [Place(entry()), Place(entry("x", LONG))], BASE, size, MADE_AT, "en" if language == "en" else "id"
    )
    pdf = render_pdf_here(document)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    box = pages[0].mediabox
    millimetres = [float(length) * 25.4 / 72 for length in (box.width, box.height)]
    assert millimetres == pytest.approx(PAPER[size], abs=0.1)
    words = printed.lines(printed.pages(pdf)[0])
    assert "Pelayanan Terpadu Satu Pintu" in words
    assert "survei.kaltimprov.go.id/s/ptsp" in words
    assert (INVITE.id if language == "id" else INVITE.en) in words


@pytest.mark.parametrize(
    "base", ["", "survei.go.id", "ftp://x", "https://", "javascript:alert(1)", "https://x/?a=b"]
)
def test_an_address_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(Refused) as caught:
        posters([Place(entry())], base, "a4", MADE_AT)
    assert caught.value.code == "base-url"


def test_an_agency_without_units_has_no_poster() -> None:
    with pytest.raises(Refused) as caught:
        posters([], BASE, "a4", MADE_AT)
    assert caught.value.code == "no-places"


def test_names_are_printed_as_they_are_never_read_as_markup() -> None:
    """Typst would take # and * as markup; an emoji has no glyph and would stop the PDF."""
    document = posters([Place(entry("x", '*Loket* #panic("x") \U0001f600'))], BASE, "a4", MADE_AT)
    assert '*Loket* #panic("x")' in printed.words(render_pdf_here(document))
