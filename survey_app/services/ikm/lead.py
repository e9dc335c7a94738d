"""What a unit's result asks of who runs it: what to lift first, or what to keep, by rules that are data.

The lowest letter comes first, and of one letter the lowest value: importance that is derived from the answers
never overrules it. The rules are data/reference/unit-sentences.json, the first that holds decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from analytics.ikm import Step, steps_up
from survey_app.instruments import DATA, Element
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult


class Advice(StrEnum):
    """What is said first."""

    MORE_RESPONDENTS = "more-respondents"
    ALL_ALIKE = "all-alike"
    MEND = "mend"
    KEEP = "keep"


@dataclass(frozen=True)
class Rule:
    """Holds where all that it names does; None is not asked for.

    Attributes:
        respondents_below: fewer people answered.
        all_alike: no unsur is lower than another.
        letters: the lowest unsur has one of them.
    """

    advice: Advice
    respondents_below: int | None = None
    all_alike: bool | None = None
    letters: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """An unsur with a value.

    Attributes:
        place: in the questionnaire, from 0.
        nrr, value: exact mean answer, and the same in points of the index.
        mutu: its letter, of the rounded value.
        counts: answers from 1 to the highest.
        steps: to every better letter, the nearest first.
    """

    element: Element
    place: int
    n: int
    nrr: Fraction
    value: Fraction
    mutu: str
    counts: tuple[int, ...]
    steps: tuple[Step, ...]

    @property
    def low(self) -> Fraction:
        """The share of answers in the lower half of the scale: 1 and 2 of four."""
        return Fraction(sum(self.counts[: len(self.counts) // 2]), sum(self.counts))


@dataclass(frozen=True, kw_only=True)
class Lead:
    """What a unit's page begins with.

    Attributes:
        lowest: the unsur that is meant; None while fewer people answered than the rules ask for.
        of_its_letter: how many unsur have its letter, itself among them.
        nearest: of the other unsur the one that lacks least for its next letter; None where none lacks any.
        unit: steps of the unit's own letter, in points of a mean answer of all unsur.
    """

    advice: Advice
    lowest: Ranked | None
    of_its_letter: int
    nearest: Ranked | None
    unit: tuple[Step, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of data/reference, in their order."""
    return tuple(_rule(row) for row in _data()["rules"])


@cache
def most_named() -> tuple[int, tuple[str, ...]]:
    """From how many comments on, of which kinds together, an unsur may be called the one most named."""
    row = _data()["most_named"]
    return int(row["least"]), tuple(row["kinds"])


def ranked(result: UnitResult) -> tuple[Ranked, ...]:
    """The answered unsur from the lowest to the highest; equal ones in the questionnaire's order. None where
    they are hidden."""
    if narrowed.unsur_hidden(result.score):
        return ()
    found = [_ranked(result, place) for place in range(len(result.instrument.elements))]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.nrr))


def lead_of(result: UnitResult) -> Lead | None:
    """None without a value of any unsur, or where they are hidden."""
    order = ranked(result)
    if not order or result.score.exact is None:
        return None
    lowest, alike = order[0], order[0].nrr == order[-1].nrr
    rule = next(rule for rule in rules() if _holds(rule, result.score.n, lowest.mutu, alike=alike))
    asked = rule.advice is not Advice.MORE_RESPONDENTS
    scale, levels = result.score.scale, result.instrument.levels
    others = [one for one in order[1:] if one.steps]
    return Lead(
        advice=rule.advice,
        lowest=lowest if asked else None,
        of_its_letter=sum(one.mutu == lowest.mutu for one in order),
        nearest=min(others, key=lambda one: one.steps[0].rise, default=None),
        unit=steps_up(result.score.exact / scale, result.score.n, levels, result.instrument.bands),
    )


def most_often(counts: Mapping[tuple[str | None, str], int]) -> str | None:
    """The unsur that most comments complain of or ask for, alone and often enough; None without one.

    Args:
        counts: comments by (key of the unsur, kind); None of those that name none.
    """
    least, kinds = most_named()
    named: dict[str, int] = {}
    for (key, kind), n in counts.items():
        if key is not None and kind in kinds:
            named[key] = named.get(key, 0) + n
    most = max(named.values(), default=0)
    first = [key for key, n in named.items() if n == most]
    return first[0] if len(first) == 1 and most >= least else None


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / "reference/unit-sentences.json").read_text(encoding="utf-8"))
    return data


def _rule(row: Mapping[str, Any]) -> Rule:
    given = dict(row) | {"advice": Advice(row["advice"])}
    if "letters" in given:
        given["letters"] = tuple(given["letters"])
    return Rule(**given)


def _holds(rule: Rule, n: int, mutu: str, *, alike: bool) -> bool:
    return (
        (rule.respondents_below is None or n < rule.respondents_below)
        and (rule.all_alike is None or alike is rule.all_alike)
        and (rule.letters is None or mutu in rule.letters)
    )


def _ranked(result: UnitResult, place: int) -> Ranked | None:
    unsur, instrument = result.score.unsur[place], result.instrument
    if unsur.exact is None or unsur.mutu is None:
        return None
    _, *counts = result.current.moments.counts[place].tolist()
    return Ranked(
        element=instrument.elements[place],
        place=place,
        n=unsur.n,
        nrr=unsur.exact,
        value=unsur.exact * result.score.scale,
        mutu=unsur.mutu,
        counts=tuple(counts),
        steps=steps_up(unsur.exact, unsur.n, instrument.levels, instrument.bands),
    )
