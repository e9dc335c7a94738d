"""Whom a list leaves out, in a sentence: how many, why, and who."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.disclosure import MINIMUM
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.left_out import LeftOut, Why
from survey_app.text import Text
from survey_app.wording.voice import NAMED, Voice

#: In the place of those that a sentence does not name.
OTHER_UNITS = Text("{n} unit lain", "{n} other units")

WHY = {
    Why.FEW: Text("responden kurang dari {fewest}", "fewer than {fewest} respondents"),
    Why.OTHER_SCALE: Text("skala jawabannya bukan 1 sampai 4", "answers on a scale other than 1 to 4"),
    Why.NO_ERROR: Text(
        "galat pengambilan sampelnya tidak ada atau tidak dapat dihitung",
        "sampling error none or not computable",
    ),
    Why.ALONE: Text("tidak ada unit lain untuk dibandingkan", "no other unit to compare with"),
    Why.NOT_BEFORE: Text("tanpa nilai pada periode sebelumnya", "no score in the period before"),
    Why.OTHER_FORM: Text("berganti kuesioner", "questionnaire changed"),
    Why.ALL_ALIKE: Text("nilai semua unsurnya sama", "all service elements have the same score"),
}
REASON = Text("{n} unit, {why}", "{n} ({why})")
NOT_IN_THE_LIST = Text("Tidak dalam daftar: ", "Units not in the list: ")


def reason(group: LeftOut, fewest: int, voice: Voice) -> str:
    """3 unit, responden kurang dari 30."""
    why = words(group.why, fewest, voice)
    return voice.text(REASON.format(n=voice.count(len(group.units)), why=why))


def words(why: Why, fewest: int, voice: Voice) -> str:
    """The reason alone."""
    return voice.text(WHY[why].format(fewest=fewest))


def sentence(groups: Sequence[LeftOut], fewest: int, voice: Voice, named: int = NAMED) -> str:
    """Tidak dalam daftar: 1 unit, responden kurang dari 30: Puskesmas Melak (60,00 D, n 18). Or empty."""
    if not groups:
        return ""
    parts = [f"{reason(group, fewest, voice)}: {_names(group.units, voice, named)}" for group in groups]
    return voice.text(NOT_IN_THE_LIST) + "; ".join(parts) + "."


def valued(unit: UnitResult, voice: Voice) -> str:
    """60,00 D, n 18; of a few people only that they are few, because the value would be theirs."""
    score = unit.score
    if score.n < MINIMUM:
        return f"n < {MINIMUM}"
    value = f"{voice.decimal(score.exact or 0)} {score.mutu or ''}".strip()
    return f"{value}, n {voice.count(score.n)}"


def _names(units: Sequence[UnitResult], voice: Voice, named: int) -> str:
    told = [f"{unit.entry.unit.name} ({valued(unit, voice)})" for unit in units]
    return voice.enumerate_some(told, OTHER_UNITS, named)
