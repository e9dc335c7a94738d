"""What a report does not show, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence

from analytics import Reason
from analytics.disclosure import MINIMUM
from analytics.ikm import IkmResult
from survey_app.reports.statements import official
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import PeriodResult
from survey_app.text import Text
from survey_app.wording.voice import Voice

HIDDEN = "–"


def unsur(score: IkmResult, voice: Voice) -> str:
    """Why there are no values per unsur."""
    if narrowed.hidden(score):
        return official.not_shown(Text("Nilai per unsur", "the scores per service element are"), score, voice)
    return voice.say(
        "Nilai per unsur tidak ditampilkan, karena salah satu unsur dijawab oleh kurang dari {least} "
        "orang, atau karena jawaban kurang dari {least} orang dapat diketahui jika digabung dengan hasil "
        "lain.",
        "The scores per service element are not shown, because fewer than {least} people answered one of "
        "them, or because together with other results they would reveal the answers of fewer than "
        "{least} people.",
        least=MINIMUM,
    )


def sheets(score: IkmResult, voice: Voice) -> str:
    """Why the sheets of the respondents are not in the annex."""
    if narrowed.hidden(score):
        return official.not_shown(
            Text("Jawaban per responden", "the answers by respondent are"), score, voice
        )
    return voice.say(
        "Jawaban per responden tidak dimuat, karena salah satu unsur dijawab oleh kurang dari {least} "
        "orang, atau karena jawaban kurang dari {least} orang dapat diketahui jika digabung dengan hasil "
        "lain.",
        "The answer sheets are left out, because fewer than {least} people answered one of the service "
        "elements, or because together with other results they would reveal the answers of fewer than "
        "{least} people.",
        least=MINIMUM,
    )


def small_groups(voice: Voice) -> str:
    """Below profiles with hidden counts."""
    return voice.say(
        "{mark} : angka di bawah {least} disembunyikan untuk menjaga kerahasiaan. Jika perlu, angka lain "
        "ikut disembunyikan.",
        "{mark} : numbers below {least} are hidden to keep answers private. Where needed, others are "
        "hidden too.",
        mark=HIDDEN,
        least=MINIMUM,
    )


def few_comments(voice: Voice) -> str:
    """Where counts or quotes of comments are left out."""
    return voice.say(
        "Kelompok masukan yang penulisnya kurang dari {least} orang tidak dirinci agar penulis tersebut "
        "tidak dikenali.",
        "Comments by fewer than {least} people are not shown as a group of their own, so that nobody can "
        "be recognised.",
        least=MINIMUM,
    )


def gaps(earlier: Sequence[PeriodResult], voice: Voice) -> str:
    """Which earlier periods are left out of the trend; empty where none is."""
    by_reason = {
        why: [voice.period(p.period) for p in earlier if narrowed.hidden(p.score) is why] for why in _GAPS
    }
    return " ".join(
        voice.say(*_GAPS[why], periods=voice.enumerate(names), least=MINIMUM)
        for why, names in by_reason.items()
        if names
    )


_GAPS = {
    Reason.NOT_PUBLISHED: (
        "Tidak dimuat karena belum dipublikasikan: {periods}.",
        "Left out, because not published: {periods}.",
    ),
    Reason.FEW_PEOPLE: (
        "Tidak ditampilkan, karena kurang dari {least} orang menjawab: {periods}.",
        "Not shown, because fewer than {least} people answered: {periods}.",
    ),
    Reason.SINGLED_OUT: (
        "Tidak ditampilkan, karena jawaban kurang dari {least} orang dapat diketahui jika digabung dengan "
        "hasil lain: {periods}.",
        "Not shown, because with other results the answers of fewer than {least} people would be known: "
        "{periods}.",
    ),
}
