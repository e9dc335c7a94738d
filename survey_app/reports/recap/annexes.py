"""Annexes of the province's recap: units without a value, and what is added up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from analytics.ikm import Estimate
from survey_app.reports.recap import shared
from survey_app.reports.statements import official
from survey_app.reports.typesetting.blocks import Block, Column, Heading, Paragraph, Table
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording.voice import Voice

PROCESSING = Text("Lampiran 2 Olah data", "Annex 2 Processing table")


def unmeasured(paper: RecapPaper, voice: Voice) -> list[Block]:
    """Lampiran 1: units without a value, or whose value is not shown."""
    heading = Heading(
        1,
        voice.say("Lampiran 1 Unit yang belum memiliki nilai IKM", "Annex 1 Units without an IKM"),
        same_page=True,
    )
    missing = [u for u in paper.result.summary.units if u.score.ikm is None]
    if not missing:
        return [heading, Paragraph(voice.say("Tidak ada.", "None."))]
    columns = (
        Column(voice.say("Unit layanan", "Unit"), width=1),
        Column("n", "right"),
        Column(voice.say("Sebab", "Reason"), width=1),
    )
    rows = [
        (u.entry.unit.name, official.people(u.score, voice), official.explain(u.score, "ikm", voice))
        for u in missing
    ]
    caption = voice.say("Unit yang belum memiliki nilai IKM", "Units without an IKM")
    return [
        heading,
        Table(
            caption=caption, columns=columns, rows=rows, compact=True, groups=shared.under_agencies(missing)
        ),
    ]


def processing(paper: RecapPaper, voice: Voice) -> list[Block]:
    """Lampiran 2: what is added up, so that anyone can do it again."""
    heading = Heading(1, voice.text(PROCESSING))
    result = paper.result
    index = result.summary.index.estimate
    measured = [u for u in result.summary.units if u.score.exact is not None]
    if shared.hidden(result.summary.index):
        why = shared.interval(result.summary.index, voice)
        words = voice.say(
            "Tidak ditampilkan untuk menjaga kerahasiaan, karena {why}.",
            "Not shown, to keep answers private: {why}.",
            why=why,
        )
        return [heading, Paragraph(words)]
    if index.exact is None:
        return [
            heading,
            Paragraph(voice.say("Belum ada unit yang memiliki nilai IKM.", "No unit has an IKM yet.")),
        ]
    columns = (
        Column(voice.say("Unit layanan", "Unit"), width=1),
        Column("n", "right"),
        Column(voice.say("IKM (4 desimal)", "IKM (4 decimals)"), "right"),
        Column(voice.say("Galat baku", "Standard error"), "right"),
    )
    reporting = result.summary.index.coverage.reporting
    rows = [
        *(_unit_row(unit, voice) for unit in measured),
        _sum_row(measured, reporting, voice),
        (
            voice.say("Nilai provinsi: jumlah / {u} unit", "Province: sum / {u} units", u=reporting),
            "",
            voice.decimal(index.exact, 4),
            _error(index, voice),
        ),
    ]
    note = voice.say(
        "Galat baku provinsi: akar dari jumlah kuadrat galat baku unit, dibagi jumlah unit. Untuk unit "
        "dengan kurang dari 10 responden, atau yang jawabannya seragam, ragamnya digabung dengan ragam "
        "seluruh unit.",
        "Standard error of the province: square root of the sum of the units' squared standard errors, "
        "divided by the number of units. For units with fewer than 10 respondents, or whose answers are "
        "all alike, the variance is combined with that of all units.",
    )
    caption = voice.say("Dari nilai unit ke nilai provinsi", "From the units to the province")
    groups = shared.under_agencies(measured)
    return [
        heading,
        Table(caption=caption, columns=columns, rows=rows, summary=2, note=note, compact=True, groups=groups),
    ]


def _unit_row(unit: UnitResult, voice: Voice) -> tuple[str, ...]:
    value, n = voice.decimal(unit.score.exact or 0, 4), voice.count(unit.score.n)
    return (unit.entry.unit.name, n, value, _error(Estimate.of(unit.score), voice))


def _sum_row(measured: Sequence[UnitResult], reporting: int, voice: Voice) -> tuple[str, ...]:
    """The sum of the shown units; where others stand behind the value, only how many."""
    if len(measured) < reporting:
        # The sum of them all less the shown ones would be the others'.
        gone = reporting - len(measured)
        return (voice.say("Unit yang tidak ditampilkan: {n}", "Units not shown: {n}", n=gone), "–", "–", "–")
    total = sum((u.score.exact or Fraction(0) for u in measured), Fraction(0))
    n = voice.count(sum(u.score.n for u in measured))
    return (voice.say("Jumlah", "Sum"), n, voice.decimal(total, 4), "")


def _error(estimate: Estimate, voice: Voice) -> str:
    return "–" if estimate.se is None else voice.decimal(estimate.se, 4)
