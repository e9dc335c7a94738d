"""A unit's trend as a picture of its own: with title, source and n in it, for a slide or a newspaper."""

from __future__ import annotations

from survey_app.reports.typesetting.figures import captioned, trend_line
from survey_app.reports.typesetting.printable import printable
from survey_app.reports.unit.report import UnitReport
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.history import history
from survey_app.text import Text
from survey_app.wording import plots, terms
from survey_app.wording.voice import Voice

TITLE = Text("{index} {unit}", "{index}, {unit}")
SUBTITLE = Text(
    "{first} sampai {last}. Garis tegak: selang kepercayaan 95%.",
    "{first} to {last}. Bars: 95% confidence intervals.",
)
SOURCE = Text(
    "Sumber: {agency}, {survey}, n = {n} pada {period}. Dibuat {day}.",
    "Source: {agency}, {survey}, n = {n} in {period}. Made on {day}.",
)
WITHOUT_N = Text("Sumber: {agency}, {survey}. Dibuat {day}.", "Source: {agency}, {survey}. Made on {day}.")
HIDDEN = Text(
    "Sebagian angka tidak ditampilkan: sedikit orang.", "Some numbers are not shown: they are of few people."
)


def drawing(report: UnitReport) -> str:
    """SVG of the trend as this edition may tell it."""
    result, voice = report.result, Voice(report.language)
    steps = history(result)
    figure = trend_line(plots.of_history(steps, result.instrument.bands), voice)
    unit = (
        result.entry.unit.name
        if result.service is None
        else f"{result.entry.unit.name}, {result.service.name}"
    )
    title = TITLE.format(index=terms.index_name(result.instrument), unit=unit)
    first, last = steps[0].result.period, steps[-1].result.period
    hidden = any(narrowed.hidden(step.result.score) for step in steps)
    words = SOURCE if narrowed.hidden(result.score) is None else WITHOUT_N
    source = words.format(
        agency=result.entry.agency.name,
        survey=result.instrument.title,
        n=voice.count(result.score.n),
        period=result.period,
        day=report.made_at.date(),
    )
    below = [printable(voice.text(source)), *([voice.text(HIDDEN)] if hidden else [])]
    return captioned(
        figure, printable(voice.text(title)), voice.text(SUBTITLE.format(first=first, last=last)), below
    )
