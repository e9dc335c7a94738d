"""A unit's result as a workbook: numbers as numbers, text as text, one sheet per table.

Rows are written in order and not kept (xlsxwriter's constant_memory), so that a hundred thousand respondents
take no more memory than ten. Nothing is ever read as a formula: a name may begin with "=".
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from survey_app.instruments import Instrument
from survey_app.reports.statements import editions, hidden_words, official
from survey_app.reports.unit import reliability_section
from survey_app.reports.unit.report import UnitReport, title
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.quality import FlagTally
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording import flag_words, terms
from survey_app.wording.voice import Voice

Cell = str | int | float | Fraction | None

#: Excel's own limit for the name of a sheet.
_NAME = 31
LOW = Text("Batas bawah 95%", "95% low")
HIGH = Text("Batas atas 95%", "95% high")
RESULT = Text("Hasil", "Result")
TREND = Text("Tren", "Trend")
QUALITY = Text("Pemeriksaan jawaban", "Check of answers")
ANSWERS = Text("Olah data", "Answers")
RESPONDENTS = Text("Responden", "Respondents")


def result_workbook(report: UnitReport) -> bytes:
    """Result, values per unsur, profiles, trend, quality flags and answer sheets of a period, as XLSX."""
    buffer, voice = io.BytesIO(), Voice(report.language)
    mark = editions.mark(report.paper.internal, voice)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties(
            {
                "title": title(report.result, voice) + (f" ({mark})" if mark else ""),
                "created": report.made_at.replace(tzinfo=None),
            }
        )
        bold = workbook.add_format({"bold": True, "bottom": 1})
        _sheet(workbook, bold, voice.text(RESULT), (), _summary(report, voice), (38, 60, 40))
        _sheet(
            workbook,
            bold,
            voice.text(terms.UNSUR),
            _unsur_titles(report.result.instrument, voice),
            _unsur(report, voice),
            (6, 42),
        )
        _sheet(
            workbook,
            bold,
            voice.text(RESPONDENTS),
            _profile_titles(voice),
            _profiles(report, voice),
            (24, 28),
        )
        _sheet(workbook, bold, voice.text(TREND), _trend_titles(voice), _trend(report, voice), (24,))
        flags = [voice.text(column) for column in flag_words.COLUMNS]
        _sheet(
            workbook,
            bold,
            voice.text(QUALITY),
            flags,
            _quality(report, voice),
            (44, 10, 10, 14),
        )
        measures = (voice.say("Ukuran", "Measure"), voice.say("Nilai", "Value"), *_ends(voice))
        _sheet(
            workbook,
            bold,
            voice.text(reliability_section.TITLE),
            measures,
            _reliability(report, voice),
            (30, 10, 20, 20),
        )
        keys = (voice.say("Responden", "Respondent"), *report.result.instrument.keys)
        _sheet(workbook, bold, voice.text(ANSWERS), keys, _answers(report, voice), (12,))
        for sheet in workbook.worksheets() if mark else ():
            sheet.set_header(f"&C&B{mark}")
    return buffer.getvalue()


def _sheet(
    workbook: Any,
    bold: Any,
    name: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
) -> None:
    sheet = workbook.add_worksheet(name[:_NAME])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if titles:
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, titles, bold)
    for i, row in enumerate(rows, start=1 if titles else 0):
        for j, cell in enumerate(row):
            _write(sheet, i, j, cell)


def _write(sheet: Any, i: int, j: int, cell: Cell) -> None:
    """Undefined stays an empty cell: it is neither 0 nor a text that a sum would trip over."""
    if isinstance(cell, str):
        sheet.write_string(i, j, cell)
    elif cell is not None:
        sheet.write_number(i, j, float(cell))


def _summary(report: UnitReport, voice: Voice) -> Iterable[Sequence[Cell]]:
    result, score = report.result, report.result.score
    if report.paper.internal:
        yield (voice.say("Edisi", "Edition"), voice.text(editions.MARK))
    yield (voice.say("Unit layanan", "Unit"), result.entry.unit.name)
    yield (voice.say("Instansi", "Agency"), result.entry.agency.name)
    yield (voice.say("Periode", "Period"), voice.period(result.period))
    yield (voice.say("Kuesioner", "Questionnaire"), result.instrument.ref)
    yield ("IKM", None if score.ikm is None else float(score.ikm))
    yield (
        voice.text(terms.MUTU),
        None if score.mutu is None else official.grade(result.instrument, score.mutu, voice),
    )
    yield from _facts(result, voice)
    for notice in official.notices(result, voice):
        yield (voice.say("Perhatian", "Note"), notice)


def _facts(result: UnitResult, voice: Voice) -> Iterable[Sequence[Cell]]:
    """What `official.facts` says, as numbers; why one is missing or not ordinary stands beside it."""
    score = result.score
    low, high = score.interval or (None, None)
    coverage = None if score.population is None else Fraction(score.n, score.population)
    hidden = narrowed.hidden(score) is not None
    unknown = voice.text(official.NOT_RECORDED) if score.population is None and not hidden else None
    why = official.explain(score, "interval", voice, unanimous=result.current.unanimous) or None
    yield (voice.text(official.RESPONDENTS), narrowed.people(score))
    yield (voice.text(official.USERS), score.population, unknown)
    yield (voice.text(official.COVERAGE), coverage)
    lower, upper = _ends(voice)
    yield (lower, low, why)
    yield (upper, high)
    for name, value in official.comparators(score, voice):
        yield (name, float(value))


def _ends(voice: Voice) -> tuple[str, str]:
    return voice.text(LOW), voice.text(HIGH)


def _unsur_titles(instrument: Instrument, voice: Voice) -> tuple[str, ...]:
    return (
        "No.",
        voice.text(terms.UNSUR),
        voice.say("Jumlah nilai", "Total"),
        voice.say("Yang menjawab", "Answers"),
        "NRR",
        voice.say("NRR tertimbang", "Weighted NRR"),
        official.unsur_value(instrument, voice),
        voice.text(terms.MUTU),
    )


def _unsur(report: UnitReport, voice: Voice) -> Iterable[Sequence[Cell]]:
    if narrowed.unsur_hidden(report.result.score):
        yield ("", hidden_words.unsur(report.result.score, voice))
        return
    for element, u in zip(report.result.instrument.elements, report.result.score.unsur, strict=True):
        ikm = None if u.ikm is None else float(u.ikm)
        yield (element.number, voice.text(element.name), u.total, u.n, u.exact, u.weighted, ikm, u.mutu)


def _profile_titles(voice: Voice) -> tuple[str, ...]:
    return (
        voice.say("Profil", "Profile"),
        voice.say("Pilihan", "Answer"),
        voice.say("Jumlah", "Number"),
    )


def _profiles(report: UnitReport, voice: Voice) -> Iterable[Sequence[Cell]]:
    """Counts by profile; a hidden one is a dash, and the last row says why."""
    for shown in report.paper.profiles:
        name = voice.text(shown.field.name)
        for option, n in shown.counts:
            yield (name, voice.text(option.label), hidden_words.HIDDEN if n is None else n)
        left = hidden_words.HIDDEN if shown.unanswered is None else shown.unanswered
        yield (name, voice.say("Tidak diisi", "Not stated"), left)
    if any(shown.hides for shown in report.paper.profiles):
        yield (hidden_words.small_groups(voice),)


def _trend_titles(voice: Voice) -> tuple[str, ...]:
    return (voice.say("Periode", "Period"), "n", "IKM", voice.text(terms.MUTU), *_ends(voice))


def _trend(report: UnitReport, voice: Voice) -> Iterable[Sequence[Cell]]:
    for period in report.result.trend:
        score = period.score
        low, high = score.interval or (None, None)
        ikm = None if score.ikm is None else float(score.ikm)
        yield (voice.period(period.period), narrowed.people(score), ikm, score.mutu, low, high)


def _quality(report: UnitReport, voice: Voice) -> Iterable[Sequence[Cell]]:
    """Flagged answers and the value without them; what could not be checked is empty, not 0."""
    quality = report.result.quality
    if quality is None:
        return
    for tally in quality.tallies:
        yield (voice.text(flag_words.FLAGS[tally.flag].name), tally.n, tally.checked, *_without(tally))
    effect = quality.effect
    any_flag = (effect.flagged, effect.everything.n)
    yield (
        voice.text(flag_words.ANY),
        *any_flag,
        _number(effect.unflagged.ikm),
        _number(effect.difference),
    )


def _without(tally: FlagTally) -> tuple[Cell, Cell]:
    if tally.n is None:
        return None, None
    return _number(tally.without.ikm), _number(tally.difference)


def _reliability(report: UnitReport, voice: Voice) -> Iterable[Sequence[Cell]]:
    """Omega and alpha with their intervals; empty where the sheets are withheld or nobody answered."""
    for name, value, limits in reliability_section.measures(report.paper):
        yield (voice.text(name), value, *(limits or ()))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _answers(report: UnitReport, voice: Voice) -> Iterable[Sequence[Cell]]:
    """One row per respondent, in no order of arrival; an unanswered unsur is empty, not 0."""
    if report.paper.sheets is None:
        yield (hidden_words.sheets(report.result.score, voice),)
        return
    for i, sheet in enumerate(report.paper.sheets, start=1):
        yield (i, *(int(score) or None for score in sheet))
