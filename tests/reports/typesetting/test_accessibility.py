"""PDF/UA-1 and PDF/A-2a: enforced by the compiler, declared in the file, and visible in its structure."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from survey_app import instruments
from survey_app.reports.statements import editions
from survey_app.reports.typesetting.document import document
from survey_app.reports.typesetting.figures.respondents import BY_PROFILE
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit.report import TITLE, unit_report
from survey_app.storage.database import Database
from tests.reports import samples


@pytest.fixture
def reader(database: Database) -> PdfReader:
    samples.sekadau(database)
    samples.insert(database, "sekadau", [[3] * 9] * 9 + [[2] * 9], "2018-12")
    report = samples.report(database, "sekadau", "2019-S1")
    return PdfReader(io.BytesIO(render_pdf_here(unit_report(report))))


def structure(node: Any) -> Counter[str]:
    """How often each structure element occurs below `node`."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        return sum((structure(child) for child in node), Counter[str]())
    if not isinstance(node, DictionaryObject):
        return Counter()
    found = Counter([str(node["/S"])]) if "/S" in node else Counter[str]()
    return found + (structure(node["/K"]) if "/K" in node else Counter())


def alternatives(node: Any) -> list[str]:
    """The alternative texts of all figures below `node`."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        return [text for child in node for text in alternatives(child)]
    if not isinstance(node, DictionaryObject):
        return []
    own = [str(node["/Alt"])] if node.get("/S") == "/Figure" and "/Alt" in node else []
    return own + (alternatives(node["/K"]) if "/K" in node else [])


def test_both_standards_are_declared(reader: PdfReader) -> None:
    stream: Any = reader.root_object["/Metadata"].get_object()
    metadata = stream.get_data().decode()
    for declared in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"):
        assert declared in metadata


def test_title_language_and_moment_are_in_the_file(reader: PdfReader) -> None:
    assert str(reader.root_object["/Lang"]) == "id"
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    survey = instruments.get("skm-2017@1").title
    unit = "Dinas Kependudukan dan Pencatatan Sipil"
    title = TITLE.format(survey=survey, unit=unit, period="Semester I 2019")
    assert reader.metadata.title == f"{title.id} ({editions.MARK.id})"
    assert reader.metadata.creation_date == samples.MADE_AT


def test_headings_tables_and_figures_are_tagged(reader: PdfReader) -> None:
    tags = structure(reader.root_object["/StructTreeRoot"])
    assert tags["/H1"] == 10  # contents, five chapters, four annexes
    assert tags["/Table"] == 9
    assert tags["/TH"] == 2 + 8 + 8 + 6 + 10 + 5 + 2 + 3 + 5  # the last four of flags and reliability
    assert tags["/Figure"] == 6  # unsur, four of profile, trend


def test_every_figure_says_what_it_shows(reader: PdfReader) -> None:
    told = " ".join(alternatives(reader.root_object["/StructTreeRoot"]))
    assert "Persyaratan 70,41 (C)" in told
    assert f"{BY_PROFILE.format(title='jenis kelamin').id}: Laki-laki" in told
    assert "Sem I 2019 78,74" in told


def test_all_fonts_are_embedded_ones_of_the_report(reader: PdfReader) -> None:
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [font.get_object() for r in resources for font in r.get("/Font", {}).values()]
    names = {str(font["/BaseFont"]) for font in fonts}
    assert names
    assert all("NotoSans-" in name for name in names)


def test_the_compiler_refuses_a_figure_without_words() -> None:
    bad = document(
        "laporan.typ",
        {},
        {"laporan.typ": '#set document(title: "x")\n#image("a.svg")', "a.svg": SVG},
        samples.MADE_AT,
    )
    with pytest.raises(typst.TypstError, match="PDF/UA-1 error"):
        render_pdf_here(bad)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
