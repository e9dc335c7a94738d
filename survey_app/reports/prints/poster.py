"""Poster publikasi: one page on A4 or A3 that tells the public the result and who answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from analytics.disclosure import MINIMUM
from survey_app.reports.statements import official
from survey_app.reports.typesetting import document
from survey_app.reports.typesetting.document import Document
from survey_app.reports.unit.report import UnitReport
from survey_app.services.ikm.profiles import ShownProfile
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording.voice import Voice

Paper = Literal["a4", "a3"]
_HIDDEN = "–"
INTERVAL = Text("Perkiraan rentang nilai: {interval}", "Likely range of the score: {interval}")
HIDDEN = Text(
    "{mark}: angka di bawah {minimum} disembunyikan untuk menjaga kerahasiaan. Jika perlu, angka lain ikut "
    "disembunyikan.",
    "{mark}: numbers below {minimum} are hidden to keep answers private. Where needed, others are hidden "
    "too.",
)
THANKS = Text(
    "Terima kasih atas penilaian Anda. Masukan Anda kami pakai untuk memperbaiki pelayanan.",
    "Thank you for your feedback. We use it to improve our service.",
)
NUMBER = Text("Jumlah", "Number")
UNANSWERED = Text("Tidak diisi", "Not stated")
RESPONDENTS = Text("Responden", "Respondents")


def poster(report: UnitReport, paper: Paper = "a4") -> Document:
    """The poster of a unit's period, in the report's language; the same design on both sizes."""
    result, voice = report.result, Voice(report.language)
    key = official.key_figure(result, voice)
    # A poster hangs where everybody knows everybody: there is no internal edition of it.
    if report.paper.internal:
        raise ValueError("poster-internal: got an internal edition, expected the public one")
    shown = report.paper.profiles
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
        "profiles": [_profile(profile, voice) for profile in shown],
        "hidden": _hidden_note(voice) if any(profile.hides for profile in shown) else "",
        "foot": report.edition,
    }
    return document.document("poster.typ", data, {}, report.made_at)


def _words(result: UnitResult, voice: Voice) -> dict[str, str]:
    return {
        "respondents": voice.text(RESPONDENTS),
        "number": official.people(result.score, voice),
        "count": voice.text(NUMBER),
        "interval": voice.text(
            INTERVAL.format(
                interval=official.interval(result.score, voice, unanimous=result.current.unanimous)
            )
        ),
        "thanks": voice.text(THANKS),
    }


def _hidden_note(voice: Voice) -> str:
    return voice.text(HIDDEN.format(mark=_HIDDEN, minimum=MINIMUM))


def _profile(shown: ShownProfile, voice: Voice) -> dict[str, object]:
    rows = [(voice.text(option.label), _count(n, voice)) for option, n in shown.counts]
    unanswered = (voice.text(UNANSWERED), _count(shown.unanswered, voice))
    return {"name": voice.text(shown.field.name), "rows": [*rows, unanswered]}


def _count(n: int | None, voice: Voice) -> str:
    return _HIDDEN if n is None else voice.count(n)
