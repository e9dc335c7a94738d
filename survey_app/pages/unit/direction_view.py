"""Below a unit's trend, in words: whether it is clearly rising or falling, and months that stand out."""

from __future__ import annotations

import streamlit as st

from analytics.comparison import MIN_POINTS, LaneyChart, Trend
from survey_app.services.ikm.direction import UnitDirection
from survey_app.text import Text
from survey_app.ui.words import language, say
from survey_app.wording import numbers, periods, sureness
from survey_app.wording.voice import Voice, between

#: A p-value below it is called clear, as a 95% interval does.
_LEVEL = 0.05
#: No smaller p-value is told: the digits would say more than the test can.
_SMALLEST = 0.001
TOO_FEW = Text(
    "Arah ditampilkan setelah ada sedikitnya {least} periode yang dapat dibandingkan. Saat ini baru ada {n}.",
    "The direction is shown once there are {least} comparable periods. So far there are {n}.",
)
DIRECTION = Text("Arah: **{way}** ({speed}).", "Direction: **{way}** ({speed}).")
SPEED = Text("{v} poin per tahun", "{v} points a year")
METHOD = Text("Mann-Kendall dan Theil-Sen", "Mann-Kendall and Theil-Sen")
BY_MONTH = Text(
    ", setiap bulan dibandingkan dengan bulan yang sama pada tahun lain",
    ", each month against the same month of other years",
)
PERIODS = Text(
    "Cara menghitung: {test} ({certainty}), dari {n} periode yang dapat dibandingkan, {range}.",
    "How it is computed: {test} ({certainty}), from {n} comparable periods, {range}.",
)
ALIKE = Text(
    " Hasil periode yang berurutan cenderung mirip (korelasi {r}). Kemiripan itu diperhitungkan: arah "
    "hanya disebut jelas jika kemiripan itu saja tidak dapat menjelaskannya.",
    " Results of successive periods tend to resemble each other (correlation {r}). That is taken into "
    "account: the direction is called clear only where this alone could not explain it.",
)
NOT_ALIKE = Text(
    " Kemiripan hasil periode yang berurutan juga diperiksa. Di sini kemiripan itu tidak tampak.",
    " Whether results of successive periods resemble each other was checked too. Here they do not.",
)
INTERVAL = Text("selang kepercayaan 95% {a} sampai {b}; ", "95% confidence interval {a} to {b}; ")
CONTROL = Text(
    " Batas kendali Laney (3 sigma): dalam simulasi dengan jawaban ini, {share} deret yang stabil pun "
    "memiliki bulan di luar batas.",
    " Laney's control limits (3 sigma): in simulations from these answers, {share} of stable series also "
    "had a month outside the limits.",
)
WITHIN_LIMITS = Text(
    "Tidak ada bulan di luar batas kendali. Naik turunnya nilai masih wajar.",
    "No month lies outside the control limits. The ups and downs are normal.",
)
OUTSIDE = Text("Di luar batas kendali: **{months}**.", "Outside the control limits: **{months}**.")


def show(direction: UnitDirection) -> None:
    """The direction with its speed; for months also which lie outside their control limits; then the test."""
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
    way = sureness.CLEARLY_UP if (direction.trend.s or 0) > 0 else sureness.CLEARLY_DOWN
    if direction.trend.p >= _LEVEL:
        way = sureness.NEITHER
    speed = SPEED.format(v=numbers.signed(direction.trend.slope, language()))
    return say(DIRECTION.format(way=way, speed=speed))


def _certainty(trend: Trend) -> str:
    """What the direction is called clear by, for whoever reads statistics."""
    lang, interval = language(), ""
    if trend.interval is not None:
        low, high = (numbers.limit(end, lang) for end in trend.interval)
        interval = say(INTERVAL.format(a=low, b=high))
    return interval + _p_value(trend.p or 0.0)


def _p_value(p: float) -> str:
    lang = language()
    least = numbers.decimal(_SMALLEST, lang, 3)
    return f"p < {least}" if p < _SMALLEST else f"p = {numbers.decimal(p, lang, 3)}"


def _likeness(correlation: float) -> str:
    r = numbers.decimal(correlation, language())
    return say(NOT_ALIKE) if r == numbers.decimal(0, language()) else say(ALIKE.format(r=r))


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
            certainty=_certainty(direction.trend),
            n=len(direction.periods),
            range=between(*(periods.name(direction.periods[end], lang) for end in (0, -1))),
        )
    )
    said += _likeness(direction.trend.correlation or 0.0)
    if direction.control is None or direction.control.false_alarm is None:
        return said
    share = Voice(lang).chance(direction.control.false_alarm.per_chart)
    return said + say(CONTROL.format(share=share))
