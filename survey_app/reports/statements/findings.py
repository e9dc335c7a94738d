"""What the data say, in sentences. Each stands on a number of the result; none goes beyond it."""

from __future__ import annotations

from fractions import Fraction

from analytics import comparison
from analytics.comparison import Difference
from analytics.ikm import Estimate
from survey_app.instruments import Element
from survey_app.reports.statements import official
from survey_app.services.ikm.history import comparable
from survey_app.services.ikm.insight import PRIORITIES as PRIORITIES
from survey_app.services.ikm.insight import lowest as lowest
from survey_app.services.ikm.insight import ranked as ranked
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.text import Text
from survey_app.wording.voice import Voice

VALUE = Text(
    "IKM {unit} pada {period} sebesar {ikm} dengan mutu pelayanan {mutu} dan kinerja unit pelayanan "
    "{kinerja} ({n} responden).",
    "The IKM of {unit} in {period} is {ikm} (respondents: {n}). Its service quality is graded {mutu} and "
    "its performance is rated “{kinerja}”.",
)
#: Of a questionnaire whose result is no IKM.
OTHER_VALUE = Text(
    "{index} {unit} pada {period} sebesar {ikm}, bermutu {grade} ({n} responden).",
    "The {index} of {unit} in {period} is {ikm}, graded {grade} (respondents: {n}).",
)
ALL_ALIKE = Text(
    "Semua unsur mendapat nilai yang sama, {nrr}.", "All service elements have the same score, {nrr}."
)
STRENGTHS_AND_WEAKNESSES = Text(
    "Kelebihan, yaitu unsur dengan nilai tertinggi: {best}.\n\nKelemahan, yaitu unsur dengan nilai terendah: "
    "{worst}.",
    "Strengths (service elements with the highest scores): {best}.\n\nWeaknesses, the lowest: {worst}.",
)
NO_EARLIER_PERIOD = Text(
    "Belum ada periode sebelumnya yang dapat dibandingkan.", "There is no earlier period to compare with."
)
CANNOT_BE_TOLD = Text(
    "Data belum cukup untuk menyimpulkan adanya perubahan.",
    "There are not enough data to conclude whether the score has changed.",
)
WITHIN_CHANCE = Text(
    "Selisih dengan nilai periode ini masih dalam batas galat pengambilan sampel sehingga belum dapat "
    "dinyatakan naik atau turun.",
    "The difference from the present score is within sampling error, so it cannot be called a rise or a "
    "fall.",
)
TOO_FEW_TO_COMPARE = Text(
    "Data belum cukup untuk membandingkan unsur pelayanan.",
    "There are not enough data to compare the service elements.",
)
WAS = Text(
    "Pada {period} {index} sebesar {ikm} ({n} responden).",
    "In {period} the {index} was {ikm} (respondents: {n}).",
)
RISEN = Text("meningkat", "risen")
FALLEN = Text("menurun", "fallen")
SINCE_THEN = Text(
    "Sejak itu nilai tersebut {direction} secara signifikan sebesar {points} poin (selang kepercayaan "
    "95%: {low} sampai {high} poin).",
    "Since then it has {direction} by {points} points (95% confidence interval: {low} to {high} points), "
    "a statistically significant change.",
)


def headline(result: UnitResult, voice: Voice) -> str:
    """The number with everything it stands on, in one sentence."""
    score = result.score
    if score.ikm is None or score.mutu is None:
        return official.undefined(result, voice)
    called = result.instrument.kinerja.get(score.mutu)
    words = voice.text(
        (VALUE if result.instrument.gives_ikm and called is not None else OTHER_VALUE).format(
            index=official.index_name(result.instrument, voice),
            unit=result.entry.unit.name,
            period=voice.within(result.period),
            ikm=voice.decimal(score.ikm),
            mutu=score.mutu,
            kinerja="" if called is None else voice.text(called),
            grade=official.grade(result.instrument, score.mutu, voice),
            n=voice.count(score.n),
        )
    )
    said = [words, _precision(result, voice)]
    return " ".join([*said, *official.notices(result, voice)] if score.n == 1 else said)


def strengths_and_weaknesses(result: UnitResult, voice: Voice) -> str:
    """The three highest and the three lowest unsur, unless all are equal."""
    order = ranked(result)
    if result.score.n < 2 or not order:
        return voice.text(TOO_FEW_TO_COMPARE)
    if order[0][1] == order[-1][1]:
        return voice.text(ALL_ALIKE.format(nrr=voice.decimal(order[0][1], 3)))
    size = min(PRIORITIES, len(order) // 2)
    return voice.text(
        STRENGTHS_AND_WEAKNESSES.format(
            best=_list(order[::-1][:size], voice), worst=_list(order[:size], voice)
        )
    )


def priorities(result: UnitResult, voice: Voice) -> str:
    """Which unsur are proposed for follow-up."""
    elements = lowest(result)
    if not elements:
        return ""
    return voice.say(
        "Unsur yang diusulkan untuk ditindaklanjuti lebih dahulu: {names}.",
        "Service elements proposed for follow-up first: {names}.",
        names=voice.enumerate([voice.text(element.name) for element in elements]),
    )


def change(result: UnitResult, voice: Voice) -> str:
    """The change since the last period that has a value, and whether it is significant."""
    before = previous(result)
    if before is None or before.score.ikm is None or result.score.ikm is None:
        return voice.text(NO_EARLIER_PERIOD)
    was = voice.text(
        WAS.format(
            period=voice.within(before.period),
            index=official.index_name(result.instrument, voice),
            ikm=voice.decimal(before.score.ikm),
            n=voice.count(before.score.n),
        )
    )
    return f"{was} {moved(comparison.change(Estimate.of(before.score), Estimate.of(result.score)), voice)}"


def moved(change: Difference, voice: Voice) -> str:
    """Up or down only when the interval of the difference leaves no room for 0."""
    if change.interval is None or change.value is None:
        return voice.text(CANNOT_BE_TOLD)
    if not change.distinguishable:
        return voice.text(WITHIN_CHANCE)
    up = change.value > 0
    points = sorted(abs(end) for end in change.interval)
    return voice.text(
        SINCE_THEN.format(
            direction=RISEN if up else FALLEN,
            points=voice.decimal(abs(change.value)),
            low=voice.decimal(points[0]),
            high=voice.decimal(points[1]),
        )
    )


def previous(result: UnitResult) -> PeriodResult | None:
    """The last period before the shown one that has a value of the same rule and questionnaire."""
    earlier = [
        p for p in result.trend[:-1] if p.score.ikm is not None and comparable(p.period, result.period)
    ]
    return earlier[-1] if earlier else None


def _precision(result: UnitResult, voice: Voice) -> str:
    score = result.score
    if score.interval is None:
        return voice.say(
            "Ketelitian nilai ini tidak dapat dinyatakan karena {why}.",
            "The precision of this score cannot be stated: {why}.",
            why=official.explain(score, "interval", voice),
        )
    return voice.say(
        "Selang kepercayaan 95%: {interval}.",
        "95% confidence interval: {interval}.",
        interval=official.interval(score, voice, unanimous=result.current.unanimous),
    )


def _list(pairs: list[tuple[Element, Fraction]], voice: Voice) -> str:
    return voice.enumerate(
        [f"{voice.text(element.name)} ({voice.decimal(nrr, 3)})" for element, nrr in pairs]
    )
