"""An instrument in memory: frozen, and in the order in which its scores are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from analytics.ikm import Band
from survey_app.text import Text


@dataclass(frozen=True)
class Element:
    """One unsur: stored by `key`, shown as `number`; `labels` are the words for 1..levels."""

    key: str
    number: str
    name: Text
    question: Text
    labels: tuple[Text, ...]


@dataclass(frozen=True)
class Option:
    """One answer to a profile question. A number from `low` to `high` (an age) falls under it."""

    key: str
    label: Text
    low: int | None
    high: int | None

    def holds(self, number: int) -> bool:
        """True when `number` lies in the option's range; an option without any range holds none."""
        if self.low is None and self.high is None:
            return False
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


@dataclass(frozen=True)
class ProfileField:
    """A profile question, never compulsory."""

    key: str
    name: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A published questionnaire. `ref` names exactly one version.

    `gives_ikm`: its result is an IKM and counts in that of an agency and the province; other questionnaires
    (SPAK) measure something else on the same scale.
    """

    id: str
    version: int
    title: Text
    source: str
    levels: int
    elements: tuple[Element, ...]
    weights: tuple[Fraction, ...]
    bands: tuple[Band, ...]
    kinerja: Mapping[str, Text]
    profile: tuple[ProfileField, ...]
    comment_prompt: Text
    comment_max: int
    gives_ikm: bool

    @property
    def ref(self) -> str:
        return f"{self.id}@{self.version}"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(e.key for e in self.elements)

    @property
    def measures(self) -> tuple[object, ...]:
        """What must be equal for respondents to be pooled: how the value is graded does not matter."""
        return self.keys, self.levels, self.weights

    @property
    def series(self) -> tuple[object, ...]:
        """What must be equal for two versions' answers to be added: wording may differ, codes may not."""
        return self.keys, self.levels, self.weights, self.bands, self.gives_ikm
