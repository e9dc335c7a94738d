"""Is the false-alarm share that a chart of months prints the one that happens? python -m benchmarks.months

Seeded. Stable series of months are drawn (see benchmarks.sheets) and charted by the product's own code, as
the page does: how many have a month outside their limits, against the share that these charts print on
average. Straight-lining people give one answer to all unsur; `lacking` sheets leave the last unsur out. The
last column is the time that scoring and charting take, with DRAWS simulated series.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter

import numpy as np
from numpy.random import Generator

from analytics.comparison.laney import LaneyChart, laney
from analytics.comparison.series import Point, Series
from analytics.ikm import Moments
from analytics.ikm.scoring import score
from analytics.ikm.sheets import Sheets
from analytics.period import Period
from benchmarks.interval_methods import EXPECTED
from benchmarks.sheets import Users

SEED = 20261128
SERIES, DRAWS = 300, 300
WEIGHTS = (Fraction(1, 9),) * 9
#: IKM, sheets a month, months, share of straight-lining people, share of sheets without the last unsur.
CELLS = (
    (80.0, 10, 24, 0.0, 0.0),
    (80.0, 30, 36, 0.0, 0.0),
    (88.0, 10, 36, 0.3, 0.0),
    (96.0, 10, 12, 0.0, 0.0),
    (96.0, 10, 36, 0.0, 0.0),
    (96.0, 10, 36, 0.3, 0.0),
    (96.0, 10, 36, 0.6, 0.0),
    (96.0, 30, 36, 0.3, 0.0),
    (96.0, 5, 36, 0.3, 0.0),
    (96.0, 10, 36, 0.3, 0.3),
    (96.0, 10, 36, 0.3, 0.7),
)
_FIRST = Period.parse("2020-01")


@dataclass(frozen=True)
class Alarms:
    """Shares of series: without a chart, with a month outside its limits, and what the charts print."""

    without: float
    found: float
    printed: float
    milliseconds: float


def chart(months: list[Moments], rng: Generator, draws: int) -> LaneyChart:
    """The chart of these months."""
    scores = [score(m) for m in months]
    points = [
        Point(Period(_FIRST.start + i, 1), float(s.exact), s.se)
        for i, s in enumerate(scores)
        if s.exact is not None
    ]
    sheets = [Sheets.of(m, WEIGHTS) for m, s in zip(months, scores, strict=True) if s.exact is not None]
    return laney(Series(tuple(points)), sheets, rng, expected=EXPECTED, draws=draws)


def measure(cell: tuple[float, int, int, float, float], rng: Generator) -> Alarms:
    """Draw, chart and count."""
    ikm, n, months, straight, lacking = cell
    users = Users.at(ikm)
    charts = []
    seconds = 0.0
    for _ in range(SERIES):
        answers = users.answer(rng, n * months)
        alike = rng.random(len(answers)) < straight
        answers[alike] = np.round(answers[alike].mean(axis=1, keepdims=True))
        answers[rng.random(len(answers)) < lacking, -1] = 0
        drawn = [Moments.from_answers(month) for month in answers.reshape(months, n, 9)]
        start = perf_counter()
        charts.append(chart(drawn, rng, DRAWS))
        seconds += perf_counter() - start
    printed = [c.false_alarm.per_chart for c in charts if c.false_alarm is not None]
    found = np.mean([bool(c.outside) for c in charts])
    return Alarms(1 - len(printed) / SERIES, float(found), float(np.mean(printed)), 1000 * seconds / SERIES)


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(SEED)
    print(
        f"{SERIES} stable series each, {DRAWS} simulated for every chart; {(0.1 * 0.9 / SERIES) ** 0.5:.3f}"
    )
    print("is the standard error of a found share of .10")
    print(f"{'IKM':>4} {'n':>3} {'months':>6} {'straight':>8} {'lacking':>7} ", end="")
    print(f"{'no chart':>8} {'found':>6} {'printed':>7} {'ms':>5}")
    for cell in CELLS:
        a = measure(cell, rng)
        print(
            f"{cell[0]:4.0f} {cell[1]:3d} {cell[2]:6d} {cell[3]:8.1f} {cell[4]:7.1f} "
            f"{a.without:8.3f} {a.found:6.3f} {a.printed:7.3f} {a.milliseconds:5.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
