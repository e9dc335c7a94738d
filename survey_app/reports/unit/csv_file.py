"""A unit's values per unsur as CSV, for a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from survey_app.reports.statements import hidden_words
from survey_app.reports.unit.report import UnitReport
from survey_app.services.files.csv_text import never_a_formula
from survey_app.services.ikm import narrowed
from survey_app.text import Text
from survey_app.wording import terms
from survey_app.wording.voice import Voice

WHOLE = Text("Semua unsur", "All service elements")


def result_csv(report: UnitReport) -> bytes:
    """Number, name, answers, NRR, value and mutu of each unsur and of the index, in UTF-8 with its mark.

    Missing data: what is not known or hidden is an empty field; the reason of a hidden one is a row of its
    own. A decimal point in either language, as programs read.
    """
    voice, buffer = Voice(report.language), io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in (_titles(voice), *_rows(report, voice)):
        writer.writerow([never_a_formula("" if value is None else value) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def _titles(voice: Voice) -> Sequence[str]:
    return (
        voice.say("Unit layanan", "Unit"),
        voice.say("Periode", "Period"),
        "No.",
        voice.text(terms.UNSUR),
        voice.say("Yang menjawab", "Answers"),
        "NRR",
        voice.say("Nilai", "Score"),
        voice.text(terms.MUTU),
    )


def _rows(report: UnitReport, voice: Voice) -> Iterable[Sequence[object]]:
    result, score = report.result, report.result.score
    place = (result.entry.unit.name, str(result.period))
    yield (*place, "", voice.text(WHOLE), narrowed.people(score), None, score.ikm, score.mutu)
    if narrowed.unsur_hidden(score):
        yield (*place, "", hidden_words.unsur(score, voice), None, None, None, None)
        return
    for element, u in zip(result.instrument.elements, score.unsur, strict=True):
        nrr = None if u.exact is None else f"{float(u.exact):.4f}"
        yield (*place, element.number, voice.text(element.name), u.n, nrr, u.ikm, u.mutu)
