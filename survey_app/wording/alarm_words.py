"""What deserves attention, in the words of its card: by which rule, since when, how sure."""

from __future__ import annotations

from fractions import Fraction

from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.text import Text
from survey_app.wording.voice import Voice

TAGS: dict[Kind, Text] = {
    Kind.GRADE: Text("Mutu D", "Grade D"),
    Kind.FELL: Text("Turun", "Down"),
    Kind.FLAGGED: Text("Jawaban perlu ditinjau", "Answers to review"),
    Kind.BELOW_TARGET: Text("Di bawah target", "Below target"),
    Kind.OVERDUE: Text("Lewat tenggat", "Overdue"),
    Kind.COMPLAINT_WAITING: Text("Keluhan menunggu", "Complaints waiting"),
    Kind.KIOSK_SILENT: Text("Anjungan tidak terhubung", "Kiosk not connected"),
    Kind.THEME_GROWING: Text("Keluhan bertambah", "Complaints growing"),
    Kind.NOT_MEASURED: Text("Belum ada nilai", "No score yet"),
    Kind.REPORT_DUE: Text("Laporan", "Report"),
    Kind.STAFF_MISSING: Text("Data IP ASN", "IP ASN data"),
}
SURE: dict[Sure, tuple[int, Text]] = {
    Sure.RECORDED: (3, Text("tercatat", "on record")),
    Sure.ALMOST_CERTAIN: (3, Text("hampir pasti", "almost certain")),
    Sure.FAIRLY: (2, Text("cukup yakin", "fairly sure")),
    Sure.NOT_YET: (1, Text("belum pasti", "not certain yet")),
}
CHANCE = Text("peluang {chance}", "chance {chance}")
SINCE, HOW_SURE, BY = Text("Sejak", "Since"), Text("Yakin", "Sure"), Text("Oleh", "By")


def since(alarm: Alarm, voice: Voice) -> str:
    """The period or day since which it holds; empty where the rule has no such thing."""
    if alarm.since_text is not None and (said := voice.text(alarm.since_text)):
        return said
    return "" if alarm.since is None else voice.period(alarm.since)


def sure(alarm: Alarm, voice: Voice) -> str:
    """Cukup yakin, peluang 87%; of a fact that it is on record."""
    said = voice.text(SURE[alarm.sure][1])
    if alarm.chance is None:
        return said
    share = "> 99%" if alarm.chance > 0.99 else voice.percent(*Fraction(alarm.chance).as_integer_ratio(), 0)
    return f"{said}, {voice.text(CHANCE.format(chance=share))}"
