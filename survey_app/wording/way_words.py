"""What is said of the ways of answering: their names, and how one compares with the main one."""

from __future__ import annotations

from collections.abc import Mapping

from analytics import Reason
from analytics.sampling import ENOUGH_SHEETS, ENOUGH_UNITS, WayDifference
from survey_app.services.answers.intake import Channel
from survey_app.text import Text
from survey_app.wording.voice import Voice

NAMES: Mapping[Channel, Text] = {
    Channel.WEB: Text("Ponsel atau komputer", "Phone or computer"),
    Channel.KIOSK: Text("Anjungan survei", "Kiosk"),
    Channel.APP: Text("Aplikasi", "App"),
    Channel.API: Text("Aplikasi lain", "Another application"),
    Channel.PAPER: Text("Kertas", "Paper"),
    Channel.IMPORT: Text("Berkas impor", "Imported file"),
}
HIGHER = Text(
    "{way}: {points} poin di atas {main} untuk layanan dan bulan yang sama.",
    "{way}: {points} points above {main} for the same service in the same month.",
)
LOWER = Text(
    "{way}: {points} poin di bawah {main} untuk layanan dan bulan yang sama.",
    "{way}: {points} points below {main} for the same service in the same month.",
)
NOT_CLEAR = Text(
    "{way}: belum jelas berbeda dari {main} untuk layanan dan bulan yang sama.",
    "{way}: not clearly different from {main} for the same service in the same month.",
)
TOO_FEW = Text(
    "{way}: belum dapat dibandingkan dengan {main}. Perlu sedikitnya {least} responden dari masing-masing "
    "cara untuk layanan dan bulan yang sama.",
    "{way}: cannot be compared with {main} yet. At least {least} respondents of each are needed for the "
    "same service in the same month.",
)
FEW_UNITS = Text(
    "{way}: belum dapat dibandingkan dengan {main}. Perlu sedikitnya {units} unit yang memakai keduanya "
    "untuk layanan dan bulan yang sama.",
    "{way}: cannot be compared with {main} yet. At least {units} units with both for the same service in the "
    "same month are needed.",
)
UNEVEN = Text(
    "{way}: belum dapat dibandingkan dengan {main}. Perbandingan hampir hanya bertumpu pada satu atau dua "
    "responden.",
    "{way}: cannot be compared with {main} yet. The comparison would rest almost only on one or two "
    "respondents.",
)
UNEVEN_UNITS = Text(
    "{way}: belum dapat dibandingkan dengan {main}. Perbandingan hampir hanya bertumpu pada satu atau dua "
    "unit.",
    "{way}: cannot be compared with {main} yet. The comparison would rest almost only on one or two units.",
)
ALL_ALIKE = Text(
    "{way}: tidak dapat dibandingkan dengan {main} karena nilai responden dari tiap cara sama untuk layanan "
    "dan bulan yang sama.",
    "{way}: cannot be compared with {main}, because all respondents of either give the same score for the "
    "same service in the same month.",
)
ASSOCIATION = Text(
    "Selisih belum tentu karena cara menjawab: orang yang memilih satu cara dapat berbeda dari orang "
    "yang memilih cara lain. Hanya layanan dan bulan dengan kedua cara yang dibandingkan.",
    "The way of answering need not be the cause: people who choose one way may differ from those who choose "
    "another. Only services and months with both ways are compared.",
)


def sentence(found: WayDifference, way: Channel, main: Channel, voice: Voice) -> str:
    """How `way` compares with `main`, or why that cannot be said."""
    names = {"way": NAMES[way], "main": Text(NAMES[main].id.lower(), NAMES[main].en.lower())}
    if found.difference is None:
        why = _why_not(found)
        return voice.text(why.format(**names, least=ENOUGH_SHEETS, units=ENOUGH_UNITS))
    if not found.beyond_chance:
        return voice.text(NOT_CLEAR.format(**names))
    words = HIGHER if found.difference > 0 else LOWER
    return voice.text(
        words.format(
            **names, points=voice.decimal(abs(found.difference), 1 if abs(found.difference) >= 0.05 else 2)
        )
    )


def _why_not(found: WayDifference) -> Text:
    if found.reason is Reason.UNEVEN:
        return UNEVEN_UNITS if found.units > 1 else UNEVEN
    return {Reason.FEW_UNITS: FEW_UNITS, Reason.NO_VARIATION: ALL_ALIKE}.get(
        found.reason or Reason.TOO_FEW, TOO_FEW
    )


def points(found: WayDifference | None, voice: Voice) -> tuple[str, str]:
    """The difference and its interval, as cells of a table; a dash where there is none."""
    if found is None or found.difference is None or found.interval is None:
        return "–", ""
    low, high = (voice.limit(end, 1) for end in found.interval)
    return voice.signed(found.difference, 1), voice.say(f"{low} sampai {high}", f"{low} to {high}")
