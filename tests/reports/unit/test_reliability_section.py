"""A report says whether one index may stand for all unsur, by the sheets that it prints and by no others."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from survey_app.reports.typesetting.blocks import Block, Paragraph, Table
from survey_app.reports.unit import reliability_section
from survey_app.reports.unit.spreadsheet import result_workbook
from survey_app.storage.database import Database
from survey_app.text import LANGUAGES, Language
from survey_app.wording import reliability_words
from survey_app.wording.voice import Voice
from tests.reports import samples


def told(database: Database, code: str, period: str, language: Language = "id") -> list[Block]:
    return reliability_section.blocks(samples.report(database, code, period).paper, Voice(language))


def first_table(blocks: list[Block]) -> Table:
    return next(block for block in blocks if isinstance(block, Table))


def test_the_published_sheets_of_sekadau_have_the_values_of_r(database: Database) -> None:
    """R 4.2, psych 2.2.9: fa(polychoric(x, correct = 0, global = FALSE, smooth = FALSE)$rho, nfactors = 1,
    fm = "minres") gives 1 - sum(1 - l^2)/sum(r) = 0.850618; alpha(x)$total$raw_alpha 0.740259."""
    samples.sekadau(database)
    rows = first_table(told(database, "sekadau", "2019-S1")).rows
    assert [row[1] for row in rows] == ["0,851", "0,740"]
    paper = samples.report(database, "sekadau", "2019-S1").paper
    values = [value for _, value, _ in reliability_section.measures(paper)]
    assert values == pytest.approx([0.850618, 0.740259], abs=2e-6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_with_what_it_comes_to(database: Database, language: Language) -> None:
    samples.sekadau(database)
    paragraph = told(database, "sekadau", "2019-S1", language)[1]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.startswith(Voice(language).text(reliability_words.TOGETHER))


def test_an_unsur_that_does_not_go_with_the_others_is_named(database: Database) -> None:
    samples.sekadau(database)
    paragraph, *_, table = told(database, "sekadau", "2019-S1")[1:]
    assert isinstance(table, Table)
    assert isinstance(paragraph, Paragraph)
    alone = [row[0] for row in table.rows if row[3] == reliability_words.NOT_VALID.id]
    assert [name[:2] for name in alone] == ["U1", "U2"]
    assert paragraph.text.endswith(": " + Voice("id").enumerate(alone) + ".")


def test_few_sheets_have_alpha_and_say_how_many_omega_takes(database: Database) -> None:
    samples.create_unit(database, "kecil", "Kecil")
    samples.insert(database, "kecil", samples.sekadau_rows()[:20], "2026-09")
    blocks = told(database, "kecil", "2026-TW3")
    assert blocks[1] == Paragraph(reliability_words.TOO_FEW.format(n="30").id)
    assert [row[1] == "–" for row in first_table(blocks).rows] == [True, False]


def test_withheld_sheets_tell_nothing(database: Database) -> None:
    samples.sekadau(database)
    paper = samples.report(database, "sekadau", "2019-S1").paper
    for sheets in (None, np.zeros((0, 9), dtype=np.int64)):
        hiding = replace(paper, sheets=sheets)
        assert reliability_section.blocks(hiding, Voice("id")) == []
        assert reliability_section.measures(hiding) == []


def test_the_workbook_has_the_same_numbers(database: Database) -> None:
    samples.sekadau(database)
    report = samples.report(database, "sekadau", "2019-S1")
    workbook = openpyxl.load_workbook(io.BytesIO(result_workbook(report)))
    found = list(workbook[reliability_section.TITLE.id].iter_rows(min_row=2, values_only=True))
    expected = [
        (name.id, pytest.approx(value), *map(pytest.approx, limits or ()))
        for name, value, limits in reliability_section.measures(report.paper)
    ]
    assert found == expected
