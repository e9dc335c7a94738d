"""How many answers have no date, in words."""

from __future__ import annotations

from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording.voice import Voice

OF_PERIOD = Text(
    "Dari {all} jawaban, {n} tidak bertanggal dan dihitung pada bulan terakhir periode ini.",
    "Of {all} answers, {n} had no date and were counted in the last month of the period.",
)
PART_OF_TREND = Text("{period} ({n} dari {all})", "{period} ({n} of {all})")
OF_TREND = Text(
    "Jawaban yang tidak bertanggal dihitung pada bulan terakhir periodenya: {listed}.",
    "Answers without a date were counted in the last month of their period: {listed}.",
)


def of_period(result: UnitResult, voice: Voice) -> str | None:
    """What to say beside n; None where every answer has a date."""
    n = result.undated[-1] if result.undated else 0
    if not n:
        return None
    return voice.text(OF_PERIOD.format(n=voice.count(n), all=voice.count(result.score.n)))


def of_trend(result: UnitResult, voice: Voice) -> str | None:
    """Which periods of the trend have answers without a date; None where none has."""
    if not result.undated:
        return None
    listed = [
        voice.text(
            PART_OF_TREND.format(
                period=voice.period(step.period), n=voice.count(n), all=voice.count(step.score.n)
            )
        )
        for step, n in zip(result.trend, result.undated, strict=True)
        if n
    ]
    return voice.text(OF_TREND.format(listed=", ".join(listed)))
