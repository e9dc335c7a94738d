"""Poster publikasi: one page on A4 or A3 that tells the public the result and who answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from analytics import disclosure
from survey_app.reports import document, official
from survey_app.reports.document import Document
from survey_app.reports.unit_report import UnitReport
from survey_app.reports.voice import Voice
from survey_app.services.results import ProfileCount, UnitResult

Paper = Literal["a4", "a3"]


def poster(report: UnitReport, paper: Paper = "a4") -> Document:
    """The poster of a unit's period, in the report's language; the same design on both sizes."""
    result, voice = report.result, Voice(report.language)
    key = official.key_figure(result, voice)
    # Fewer people than that could be recognised by their profile.
    shown = result.score.n >= disclosure.MINIMUM
    data = {
        "lang": report.language,
        "paper": paper,
        "title": f"{key.label}, {result.entry.unit.name}, {voice.period(result.period)}",
        "author": result.entry.agency.name,
        "heading": key.label,
        "unit": result.entry.unit.name,
        "agency": result.entry.agency.name,
        "period": voice.period(result.period),
        "key": asdict(key),
        "notices": official.notices(result, voice),
        "words": _words(result, voice),
        "profiles": [_profile(count, voice) for count in result.respondents] if shown else [],
        "foot": report.edition,
    }
    return document.document("poster.typ", data, {}, report.made_at)


def _words(result: UnitResult, voice: Voice) -> dict[str, str]:
    return {
        "respondents": voice.say("Responden", "Respondents"),
        "number": voice.count(result.score.n),
        "count": voice.say("Jumlah", "Number"),
        "interval": voice.say(
            "Selang kepercayaan 95%: {interval}",
            "95% confidence interval: {interval}",
            interval=official.interval(result.score, voice),
        ),
        "thanks": voice.say(
            "Terima kasih atas penilaian Anda. Masukan Anda kami pakai untuk memperbaiki pelayanan.",
            "Thank you for your judgement. We use what you told us to improve our service.",
        ),
    }


def _profile(count: ProfileCount, voice: Voice) -> dict[str, object]:
    rows = [(voice.text(option.label), voice.count(n)) for option, n in count.counts]
    unanswered = (voice.say("Tidak diisi", "Not stated"), voice.count(count.unanswered))
    return {"name": voice.text(count.field.name), "rows": [*rows, unanswered]}
