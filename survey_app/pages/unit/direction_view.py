"""Below a unit's trend, in words: whether it rises or falls beyond chance, and months that stand out."""

from __future__ import annotations

import streamlit as st

from analytics.comparison import MIN_POINTS, LaneyChart, Trend
from survey_app.services.ikm.direction import UnitDirection
from survey_app.text import Text
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods
from survey_app.wording.voice import between

#: A p-value below it is called more than chance, as a 95% interval does.
_LEVEL = 0.05
#: No smaller p-value is told: the digits would say more than the test can.
_SMALLEST = 0.001
TOO_FEW = Text(
    "Arah: dinilai mulai dari {least} periode yang dapat dibandingkan; baru ada {n}.",
    "Direction: told from {least} comparable periods on; there are {n}.",
)
DIRECTION = Text(
    "Arah: **{way}**, melampaui kebetulan ({speed}).", "Direction: **{way}**, beyond chance ({speed})."
)
RISING = Text("naik", "rising")
FALLING = Text("turun", "falling")
SPEED = Text("{v} poin per tahun", "{v} points a year")
METHOD = Text("Mann-Kendall dan Theil-Sen", "Mann-Kendall and Theil-Sen")
BY_MONTH = Text(", tiap bulan terhadap bulan yang sama", ", each month against the same month")
PERIODS = Text(
    "{test}; {n} periode yang dapat dibandingkan, {range}.", "{test}; {n} comparable periods, {range}."
)
CONTROL = Text(
    " Batas kendali Laney (3 sigma): {share} deret yang stabil pun memuat bulan di luar batas, menurut "
    "undian dari lembar-lembar ini.",
    " Laney's control limits (3 sigma): {share} of stable series, too, have a month outside them, by "
    "drawing from these sheets.",
)
WITHIN_LIMITS = Text(
    "Tidak ada bulan di luar batas kendali: naik turunnya sewajarnya.",
    "No month lies outside its control limits: they vary as may be expected.",
)
OUTSIDE = Text("Di luar batas kendali: **{months}**.", "Outside the control limits: **{months}**.")


def show(direction: UnitDirection) -> None:
    """The direction with its speed and p-value; for months also which lie outside their control limits."""
    if len(direction.periods) < 2:
        return
    st.markdown(_direction(direction))
    if direction.control is not None and direction.control.limits is not None:
        st.markdown(_outside(direction, direction.control))
    if direction.trend.reason is None:
        st.caption(_method(direction))


def _direction(direction: UnitDirection) -> str:
    if direction.trend.p is None or direction.trend.slope is None:
        return say(TOO_FEW.format(least=MIN_POINTS, n=len(direction.periods)))
    if direction.trend.p >= _LEVEL:
        return t(
            "Arah: **belum terlihat naik atau turun** melampaui kebetulan ({speed}).",
            "Direction: **neither rise nor fall** beyond chance can be seen ({speed}).",
            speed=_speed(direction.trend, direction.trend.slope),
        )
    return say(
        DIRECTION.format(
            way=say(RISING) if (direction.trend.s or 0) > 0 else say(FALLING),
            speed=_speed(direction.trend, direction.trend.slope),
        )
    )


def _speed(trend: Trend, slope: float) -> str:
    lang = language()
    said = say(SPEED.format(v=numbers.signed(slope, lang)))
    if trend.interval is not None:
        low, high = (numbers.limit(end, lang) for end in trend.interval)
        said += t(", 95%: {a} sampai {b}", ", 95%: {a} to {b}", a=low, b=high)
    return f"{said}; {_p_value(trend.p or 0.0)}"


def _p_value(p: float) -> str:
    lang = language()
    least = numbers.decimal(_SMALLEST, lang, 3)
    return f"p < {least}" if p < _SMALLEST else f"p = {numbers.decimal(p, lang, 3)}"


def _outside(direction: UnitDirection, control: LaneyChart) -> str:
    if not control.outside:
        return say(WITHIN_LIMITS)
    months = ", ".join(periods.name(direction.periods[i], language()) for i in control.outside)
    return say(OUTSIDE.format(months=months))


def _method(direction: UnitDirection) -> str:
    lang = language()
    test = say(METHOD)
    if direction.seasonal:
        test += say(BY_MONTH)
    said = say(
        PERIODS.format(
            test=test,
            n=len(direction.periods),
            range=between(*(periods.name(direction.periods[end], lang) for end in (0, -1))),
        )
    )
    if direction.control is None or direction.control.false_alarm is None:
        return said
    return said + say(CONTROL.format(share=numbers.percent(direction.control.false_alarm.per_chart, lang)))
