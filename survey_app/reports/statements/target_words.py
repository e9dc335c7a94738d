"""A value against its target in words, on screen and in the report."""

from __future__ import annotations

from analytics.ikm import AgainstTarget, Estimate, IkmResult, Standing, against_target, chance_of_target
from survey_app.reports.typesetting.blocks import Block, Paragraph
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Goal
from survey_app.text import Text
from survey_app.wording import odds_words
from survey_app.wording.voice import Voice

STANDING: dict[tuple[bool, Standing], Text] = {
    (True, Standing.ABOVE): Text("jelas di atas target", "clearly above the target"),
    (True, Standing.OPEN): Text("target tercapai, belum pasti", "target met, not certain"),
    (True, Standing.UNKNOWN): Text("target tercapai", "target met"),
    (False, Standing.BELOW): Text("jelas di bawah target", "clearly below the target"),
    (False, Standing.OPEN): Text("di bawah target, belum pasti", "below the target, not certain"),
    (False, Standing.UNKNOWN): Text("di bawah target", "below the target"),
}
AGAINST = Text(
    "Target sebesar {target} ({period}) {reached}. Nilai {value} ({difference} dari target{interval}). "
    "Kesimpulan: {standing}.",
    "The target of {target} ({period}) was {reached}. The score is {value} ({difference} from the "
    "target{interval}): {standing}.",
)
TARGET = Text("Target {target}: {difference}, {standing}", "Target {target}: {difference}, {standing}")
REACHED = Text("tercapai", "reached")
NOT_REACHED = Text("belum tercapai", "not reached")
INTERVAL = Text(", selang kepercayaan 95% {i}", ", 95% confidence interval {i}")


def standing(against: AgainstTarget) -> Text:
    """What is known: reached or not, and whether the interval leaves it open."""
    # A rounded value can meet a target that its interval just misses: then it is open.
    return STANDING.get((against.reached, against.standing), STANDING[against.reached, Standing.OPEN])


def in_short(against: AgainstTarget, voice: Voice) -> str:
    """Target 82,00: −0,52, jelas di bawah target."""
    return voice.text(
        TARGET.format(
            target=voice.decimal(against.target),
            difference=voice.signed(against.difference),
            standing=voice.text(standing(against)),
        )
    )


def paragraphs(result: UnitResult, goal: Goal | None, voice: Voice) -> list[Block]:
    """Target 88,50 (Tahun 2026): belum tercapai. Nilai 78,74, -9,76 dari target ...; nothing without one."""
    score = result.score
    against = None if goal is None else against_target(score.ikm, score.interval, goal.value)
    if goal is None or against is None:
        return []
    words = voice.text(
        AGAINST.format(
            target=voice.decimal(goal.value),
            period=voice.period(goal.period),
            reached=voice.text(REACHED) if against.reached else voice.text(NOT_REACHED),
            value=voice.decimal(against.target + against.difference),
            difference=voice.signed(against.difference),
            interval=_interval(score, voice),
            standing=voice.text(standing(against)),
        )
    )
    return [Paragraph(" ".join(filter(None, (words, _chance(result, goal, voice)))))]


def _interval(score: IkmResult, voice: Voice) -> str:
    if score.interval is None:
        return ""
    return voice.text(INTERVAL.format(i=voice.interval(score.interval)))


def _chance(result: UnitResult, goal: Goal, voice: Voice) -> str:
    """Only a sample leaves something open; a census does not."""
    interval = result.score.interval
    if interval is None or interval[0] == interval[1]:
        return ""
    return odds_words.of_target(chance_of_target(Estimate.of(result.score), goal.value, result.peers), voice)
