"""How often do the rules of attention ring in a province where nothing happens? python -m benchmarks.alarms

Seeded. Provinces are drawn whose units are as they always were: sheets as in `benchmarks.sheets`, answered
anew in every quarter by people of the same kind, comments and flags with the same shares. By the product's
own code each rule is asked, and its quarters are counted in which it rings almost certain (or at least fairly
certain) and is wrong: a fall that is none, a letter that is not, a target that is met, answers that are as
usual. Beside it how often each finds what there is to find.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from scipy.special import ndtr

from analytics import Period
from analytics.comparison import holm
from analytics.ikm import Flag, Moments, Month, Peers, peers_of, sample, score
from benchmarks.sheets import THRESHOLDS, UNSUR, Users, true_ikm
from survey_app import instruments
from survey_app.services.alarms.alarm import Kind, Sure
from survey_app.services.alarms.limits import Rule, rules
from survey_app.services.alarms.rules import below_target, fell, flagged, grade, theme_growing
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.places import Agency, Unit

SEED, PROVINCES = 20261130, 1_000
NOW = Period.parse("2026-TW4")
#: Places of the periods that are compared: a year ago, the quarter before, this one.
BACK = (4, 1, 0)
#: Of the index: below it the letter is D; and the same for one unsur.
BORDER = 64.995
#: The numbers of sheets of a unit in a quarter.
Sizes = tuple[int, int]


@dataclass(frozen=True)
class Province:
    """Units with what is true of them: their index, and the values of their unsur on its scale."""

    units: tuple[UnitResult, ...]
    true: tuple[float, ...]
    unsur: tuple[tuple[float, ...], ...]
    peers: Peers | None


@dataclass(frozen=True)
class Rung:
    """Of how many provinces a rule was wrong: almost certain, and at least fairly certain."""

    provinces: int
    certain: int
    fairly: int


def rule(kind: Kind) -> Rule:
    """As data/reference/alarms.json has it."""
    return next(one for one in rules().rules if one.kind is kind)


def province(
    rng: Generator, means: Sequence[float], sizes: Sizes, fall: float = 0.0, months: bool = False
) -> Province:
    """Units with these true indices; the first is lower by `fall` in the last quarter.

    Args:
        months: whether the units of the year before are told as peers too, of as many sheets.
    """
    units, true, unsur, told = [], [], [], list[list[Month]]()
    for place, mean in enumerate(means):
        before, now = _users(round(10 * mean)), _users(round(10 * (mean - (fall if place == 0 else 0.0))))
        parts = [_part(rng, now if back == 0 else before, sizes, back) for back in BACK]
        units.append(_unit(place, parts))
        true.append(true_ikm(now.level))
        unsur.append(true_unsur(now))
        if months:
            found = sample(_moments(rng, before, sizes), weights=_form().weights)
            told.append([] if found is None else [Month(start=NOW.start - 1, sample=found)])
    return Province(tuple(units), tuple(true), tuple(unsur), peers_of(told, NOW.start) if months else None)


def true_unsur(users: Users) -> tuple[float, ...]:
    """25 times the true NRR of each unsur."""
    return tuple(25 * (1 + ndtr(users.level + easier - THRESHOLDS).sum()) for easier in UNSUR)


def falls(drawn: Province) -> tuple[Sure, ...]:
    """How sure each fall is that is told."""
    return tuple(rules().sure(found.wrong) for found in fell.falls(drawn.units))


def fall_of_first(drawn: Province) -> tuple[Sure, ...]:
    """How sure the fall of the first unit is, if it is told."""
    return tuple(rules().sure(f.wrong) for f in fell.falls(drawn.units) if f.unit is drawn.units[0])


def letters(drawn: Province) -> tuple[Sure, ...]:
    """How sure each lowest letter is that is told and is not true."""
    claims = grade.lowest(drawn.units, lambda _: drawn.peers, rule(Kind.GRADE).limits["may_slip"])
    told = grade.how_sure(claims, rule(Kind.GRADE), rules())
    return tuple(sure for claim, sure in told if _better(drawn, claim) and claim.periods)


def _better(drawn: Province, claim: grade.Lowest) -> bool:
    place = drawn.units.index(claim.unit)
    if claim.element is None:
        return drawn.true[place] >= BORDER
    return drawn.unsur[place][claim.unit.instrument.elements.index(claim.element)] >= BORDER


def targets(drawn: Province, target: float) -> tuple[Sure, ...]:
    """How sure each missed target is that is told and was truly reached."""
    goal = Decimal(f"{target:.2f}")
    p = [below_target.of_unit(unit.current, goal, drawn.peers)[0] for unit in drawn.units]
    reached = [true >= target - 0.005 for true in drawn.true]
    return tuple(rules().sure(w) for w, met in zip(holm(p), reached, strict=True) if met)


def unusual(rng: Generator, shares: Sequence[float], sizes: Sizes) -> tuple[Sure, ...]:
    """How sure each unit is that is told, of sheets that are unusual with these chances."""
    sheets = dict[tuple[int, int], int]()
    for place, share in enumerate(shares):
        n = int(rng.integers(*sizes))
        part = int(rng.binomial(n, share))
        sheets |= {(place, int(Flag.BURST)): part, (place, 0): n - part}
    found = flagged.unusual(sheets, rule(Kind.FLAGGED), rules())
    return tuple(rules().sure(one.wrong) for one in found)


def themes(rng: Generator, shares: Sequence[float], n: Sizes) -> tuple[Sure, ...]:
    """How sure each growing theme is that is told, of comments with the same shares of complaints."""
    counts = []
    for comments in n:
        drawn = rng.multinomial(comments, [*shares, 1 - sum(shares)])[:-1]
        counts.append({str(i): int(c) for i, c in enumerate(drawn) if c})
    found = theme_growing.growing(counts[1], n[1], counts[0], n[0], rule(Kind.THEME_GROWING), rules())
    return tuple(rules().sure(one.wrong) for one in found)


def rung(draw: Callable[[], Iterable[Sure]], provinces: int) -> Rung:
    """Ask a rule of so many provinces."""
    told = [set(draw()) for _ in range(provinces)]
    certain = sum(Sure.ALMOST_CERTAIN in found for found in told)
    return Rung(provinces, certain, sum(bool(found - {Sure.NOT_YET}) for found in told))


def cases(rng: Generator) -> dict[str, Callable[[], Iterable[Sure]]]:
    """What is drawn, by name; wrong in all but those that are called found."""

    def means(units: int, mean: float = 82, spread: float = 6) -> list[float]:
        return [float(m) for m in np.clip(rng.normal(mean, spread, units), 45, 97)]

    def mixed() -> list[float]:
        return [0.03 * float(m) for m in rng.uniform(0.5, 1.5, 60)]

    few, some, many = (10, 20), (30, 200), (100, 400)
    share = [0.03] * 60
    complaints = [0.13, 0.11, 0.05, 0.05, 0.04, 0.03, 0.02, 0.02, 0.02]
    return {
        "fell, 60 units of 10 to 20": lambda: falls(province(rng, means(60), few)),
        "fell, 60 units of 30 to 200": lambda: falls(province(rng, means(60), some)),
        "fell, 10 units of 30 to 200": lambda: falls(province(rng, means(10), some)),
        "fell, 60 units of 100 to 400": lambda: falls(province(rng, means(60), many)),
        "grade, 60 units round 82": lambda: letters(province(rng, means(60), some, months=True)),
        "grade, 60 units round 72": lambda: letters(province(rng, means(60, 72, 4), some, months=True)),
        "grade, 60 units round 65.5": lambda: letters(province(rng, means(60, 65.5, 0.5), some, months=True)),
        "grade, 60 units of 10 to 20, round 72": lambda: letters(
            province(rng, means(60, 72, 4), few, months=True)
        ),
        "grade, 60 units of 3 to 10, round 72": lambda: letters(
            province(rng, means(60, 72, 4), (3, 10), months=True)
        ),
        "below target 82, units round 82": lambda: targets(province(rng, means(60), some, months=True), 82),
        "below target 82, units all at 82": lambda: targets(
            province(rng, [82.0] * 60, some, months=True), 82
        ),
        "below target 82, units of 10 to 20": lambda: targets(province(rng, means(60), few, months=True), 82),
        "flagged, one share": lambda: unusual(rng, share, some),
        "flagged, shares from half to one and a half": lambda: unusual(rng, mixed(), some),
        "theme, 600 and 600 comments": lambda: themes(rng, complaints, (600, 600)),
        "theme, 2000 and 300 comments": lambda: themes(rng, complaints, (2000, 300)),
        "found: one of 60 fell by 4": lambda: fall_of_first(province(rng, [80.0, *means(59)], many, fall=4)),
        "found: one of 60 fell by 8": lambda: fall_of_first(province(rng, [80.0, *means(59)], some, fall=8)),
        "found: 20% unusual in one unit": lambda: unusual(rng, [0.2, *share[1:]], some),
        "found: a theme from 11% to 18%": lambda: _grown(rng, complaints),
    }


def _grown(rng: Generator, shares: Sequence[float]) -> tuple[Sure, ...]:
    before = rng.binomial(600, shares[1])
    now = rng.binomial(600, 0.18)
    steady = {str(i): round(600 * s) for i, s in enumerate(shares) if i != 1}
    found = theme_growing.growing(
        steady | {"1": now}, 600, steady | {"1": before}, 600, rule(Kind.THEME_GROWING), rules()
    )
    return tuple(rules().sure(one.wrong) for one in found if one.unsur == "1")


def _part(rng: Generator, users: Users, sizes: Sizes, back: int) -> PeriodResult:
    moments = _moments(rng, users, sizes)
    form = _form()
    return PeriodResult(
        NOW.shift(-back), moments, score(moments, weights=form.weights, bands=form.bands), False
    )


def _moments(rng: Generator, users: Users, sizes: Sizes) -> Moments:
    return Moments.from_answers(users.answer(rng, int(rng.integers(*sizes))).astype(np.int64))


def _form() -> instruments.Instrument:
    return instruments.get("skm-2017@1")


@lru_cache(maxsize=1024)
def _users(tenths: int) -> Users:
    return Users.at(tenths / 10)


def _unit(place: int, parts: Sequence[PeriodResult]) -> UnitResult:
    entry = _entry(place)
    return UnitResult(
        entry=entry, service=None, instrument=_form(), trend=tuple(parts), respondents=(), others=()
    )


@lru_cache(maxsize=1024)
def _entry(place: int) -> UnitEntry:
    name = f"unit-{place}"
    agency, unit = (
        Agency(1, "agency", "Agency"),
        Unit(place, 1, name, name, "Asia/Makassar", _form().ref, True),
    )
    return UnitEntry(agency, unit, ())


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--provinces", type=int, default=PROVINCES, help=f"{PROVINCES} unless told")
    parser.add_argument("--only", default="", help="how the names of the cases begin")
    asked = parser.parse_args(argv)
    print("share of quarters with a wrong one: almost certain, at least fairly certain")
    for number, name in enumerate(cases(np.random.default_rng(0))):
        if name.startswith(asked.only):
            draw = cases(np.random.default_rng([SEED, number]))[name]
            found = rung(draw, asked.provinces)
            certain, fairly = found.certain / found.provinces, found.fairly / found.provinces
            print(f"{name:>45} {certain:.3f} {fairly:.3f}", flush=True)


if __name__ == "__main__":
    main()
