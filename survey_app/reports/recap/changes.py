"""What changed in an agency or the province since the period before, and significantly."""

from __future__ import annotations

from analytics import Reason
from survey_app.reports.recap.shared import coverage, value
from survey_app.reports.statements import findings
from survey_app.reports.typesetting.blocks import Block, Bullets, Paragraph
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province import left_out
from survey_app.services.province.comparison import MINIMUM_RANKED
from survey_app.services.province.summary import FALSE_DISCOVERY, Change, Summary
from survey_app.services.publishing.recap_results import RecapResult
from survey_app.text import Text
from survey_app.wording import left_out_words
from survey_app.wording.voice import Voice

UP = Text("naik", "up")
DOWN = Text("turun", "down")
CHANGE = Text(
    "{unit}: {direction} {points} poin, menjadi {ikm}.", "{unit}: {direction} by {points} points, to {ikm}."
)
UNCHANGED = Text(
    "Dari {n} unit yang dapat dibandingkan dengan periode sebelumnya, belum ada yang berubah secara "
    "signifikan (selang kepercayaan perubahan menurut Zou dan Donner, disesuaikan menurut Benjamini dan "
    "Hochberg).",
    "None of the {n} units that can be compared with the previous period has changed significantly "
    "(Zou and Donner's interval of a change, with the Benjamini-Hochberg adjustment).",
)
WAS = Text("Pada {period} IKM sebesar {ikm} ({units}).", "In {period} the IKM was {ikm} ({units}).")
NOT_COMPARED = Text(
    "Nilai IKM tidak dibandingkan dengan {period} karena aturan IKM berganti di antara kedua periode.",
    "The scores are not compared with {period}, because the rules of the IKM changed between the two "
    "periods.",
)


def since_last(result: RecapResult, voice: Voice) -> str:
    """How the index stands to the period before, and whether that is significant."""
    before, whole = result.summary.trend[-2]
    broken = _broken(result, voice)
    if broken:
        return broken
    if whole.estimate.exact is None or result.summary.index.estimate.exact is None:
        return voice.say(
            "Belum ada periode sebelumnya yang dapat dibandingkan.",
            "There is no earlier period to compare with.",
        )
    was = voice.text(
        WAS.format(period=voice.within(before), ikm=value(whole, voice), units=coverage(whole, voice))
    )
    return f"{was} {findings.moved(result.summary.change, voice)}{_compared(result.summary, voice)}"


def _compared(summary: Summary, voice: Voice) -> str:
    """Which units the change stands on, where the two values stand on others."""
    if summary.change.value is None or not summary.other_units:
        return ""
    return " " + voice.say(
        "Yang dibandingkan hanya {n} unit yang diukur pada kedua periode.",
        "Only units measured in both periods are compared: {n}.",
        n=summary.compared,
    )


def _broken(result: RecapResult, voice: Voice) -> str:
    """That the rules changed since the period before, and nothing is compared; empty when they did not."""
    if result.summary.change.reason is not Reason.RULE_CHANGED:
        return ""
    return voice.text(NOT_COMPARED.format(period=voice.within(result.summary.trend[-2][0])))


def changes(result: RecapResult, voice: Voice) -> list[Block]:
    """How many units changed significantly, and each of them."""
    found, broken = result.summary.changes, _broken(result, voice)
    if broken:
        return [Paragraph(broken)]
    if not found:
        words = voice.say(
            "Belum ada unit yang memiliki nilai IKM pada periode ini dan periode sebelumnya.",
            "No unit has an IKM both in this period and in the one before.",
        )
        return [Paragraph(words)]
    certain = [c for c in found if c.beyond_chance]
    missing = _paragraph(left_out_words.sentence(left_out.of_changes(result.summary), MINIMUM_RANKED, voice))
    if not certain:
        return [Paragraph(unchanged(len(found), voice)), *missing, *lowest(result, voice)]
    words = voice.say(
        "Dari {all} unit yang dapat dibandingkan dengan periode sebelumnya, {n} unit berubah secara "
        "signifikan (selang kepercayaan perubahan menurut Zou dan Donner, disesuaikan menurut Benjamini dan "
        "Hochberg: paling banyak {share} unit dalam daftar ini diperkirakan sebenarnya tidak berubah).",
        "Of {all} units that can be compared with the previous period, {n} changed significantly "
        "(Zou and Donner's interval of a change, with the Benjamini-Hochberg adjustment: at most {share} of "
        "the units in this list are expected not to have changed at all).",
        all=voice.count(len(found)),
        n=voice.count(len(certain)),
        share=f"{FALSE_DISCOVERY:.0%}",
    )
    return [Paragraph(words), Bullets(tuple(change(c, voice) for c in certain)), *missing]


def unchanged(compared: int, voice: Voice) -> str:
    """That nothing changed significantly, of so many units."""
    return voice.text(UNCHANGED.format(n=voice.count(compared)))


def change(found: Change, voice: Voice) -> str:
    """Puskesmas Melak: naik 2,10 poin, menjadi 84,20."""
    points = found.difference.value or 0.0
    return voice.text(
        CHANGE.format(
            unit=found.result.entry.unit.name,
            direction=UP if points > 0 else DOWN,
            points=voice.decimal(abs(points)),
            ikm=voice.decimal(found.result.score.ikm or 0),
        )
    )


def lowest(result: RecapResult, voice: Voice) -> list[Block]:
    """The lowest values at present, where nothing changed: no more than where to look."""
    units = result.summary.lowest(findings.PRIORITIES, MINIMUM_RANKED)
    few = left_out.of_lowest(result.summary, MINIMUM_RANKED)
    missing = _paragraph(left_out_words.sentence(few, MINIMUM_RANKED, voice))
    if not units:
        return missing
    title = voice.say("IKM terendah pada periode ini:", "Lowest IKM in this period:")
    return [Paragraph(title), Bullets(tuple(_valued(unit, voice) for unit in units)), *missing]


def _paragraph(words: str) -> list[Block]:
    return [Paragraph(words)] if words else []


def _valued(unit: UnitResult, voice: Voice) -> str:
    score = unit.score
    limits = "" if score.interval is None else f", 95% {voice.interval(score.interval)}"
    ikm = voice.decimal(score.exact or 0)
    return f"{unit.entry.unit.name}: {ikm} {score.mutu or ''}{limits}, n {voice.count(score.n)}"
