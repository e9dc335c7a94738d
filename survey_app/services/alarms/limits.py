"""The rules as data/reference/alarms.json has them: which there are, in which order, from when each rings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema

from survey_app.instruments import DATA
from survey_app.services.alarms.alarm import Kind, Sure


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        cards: so many of what it finds have a card each; more are told on one together.
        limits: numbers of its own, by the names that its module explains.
    """

    kind: Kind
    cards: int
    limits: Mapping[str, float]


@dataclass(frozen=True)
class Rules:
    """All of them, in the order of their cards.

    Attributes:
        certain, likely: the chance that what is called almost (fairly) certain is none, for all that a rule
            looks at in a period together.
    """

    certain: float
    likely: float
    rules: tuple[Rule, ...]

    def sure(self, wrong: float) -> Sure:
        """The step of what is wrong with this chance, all that was looked at in mind."""
        if wrong <= self.certain:
            return Sure.ALMOST_CERTAIN
        return Sure.FAIRLY if wrong <= self.likely else Sure.NOT_YET

    def together(self, wrong: Sequence[float]) -> list[Sure]:
        """How sure each of several statements is, which are wrong with these chances, ascending.

        They are almost certain as long as their chances add up to `certain` at most: so that it bounds the
        chance that any of them is wrong. Fairly certain is each by itself.
        """
        found, total = list[Sure](), 0.0
        for chance in wrong:
            total += chance
            alone = self.sure(chance)
            spent = alone is Sure.ALMOST_CERTAIN and total > self.certain
            found.append(Sure.FAIRLY if spent else alone)
        return found

    def order(self, kind: Kind) -> int:
        """The place of the rule among all."""
        return next(place for place, rule in enumerate(self.rules) if rule.kind is kind)


@cache
def rules() -> Rules:
    """Those of the file."""
    return read(json.loads((DATA / "reference/alarms.json").read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Rules:
    """The rules that `data` holds.

    Raises: jsonschema.ValidationError, and ValueError for a kind that is none.
    """
    schema = json.loads((DATA / "schemas/alarms.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    found = (Rule(Kind(rule["kind"]), rule["cards"], rule["limits"]) for rule in data["rules"])
    return Rules(data["certain"], data["likely"], tuple(found))
