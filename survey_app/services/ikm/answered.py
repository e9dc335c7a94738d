"""The sheets behind a unit's result with who gave them and how, read once and remembered."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.ikm import IntArray
from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.storage import answered
from survey_app.storage.answered import Answered
from survey_app.storage.database import Database

TextArray = NDArray[np.str_]
#: Files of answers do not say how the people in them answered.
UNKNOWN_WAY = Channel.IMPORT
#: The order in which the ways of answering stand where nothing else decides.
WAYS = tuple(Channel)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheets:
    """One entry for each sheet that counts.

    Attributes:
        answers: (n, k) scores; 0 is not answered.
        units, services: numbers.
        strata: a number for those of each unit, service and month: people who could have answered alike.
        ways: places in `WAYS`.
        profile: numbers of the rows of `profiles`.
        profiles: the options chosen by field; one entry for all where profiles were not asked for.
    """

    answers: IntArray
    units: IntArray
    services: IntArray
    strata: IntArray
    ways: IntArray
    profile: IntArray
    profiles: tuple[Mapping[str, str], ...]

    def chosen(self, field: str) -> TextArray:
        """The option of each sheet in a field of the profile; empty where none was chosen."""
        options = np.array([profile.get(field, "") for profile in self.profiles], dtype=np.str_)
        return options[self.profile]

    def where(self, kept: NDArray[np.bool_]) -> Sheets:
        """Those that are meant."""
        return Sheets(
            answers=self.answers[kept],
            units=self.units[kept],
            services=self.services[kept],
            strata=self.strata[kept],
            ways=self.ways[kept],
            profile=self.profile[kept],
            profiles=self.profiles,
        )


def sheets_of(database: Database, result: UnitResult) -> Sheets:
    """The sheets of `result`, of its service where it is of one."""
    unit_id = result.entry.unit.id
    with database.look() as connection:
        files = answered.standing_of_files(connection, [unit_id])
        emptied = answered.emptied(connection, unit_id, result.current.period.month_range)
    service_id = None if result.service is None else result.service.id
    refs = tuple(refs_like(result.instrument))
    return _of_unit(database, unit_id, service_id, refs, result.current, files, emptied)


def profiles_are_kept(sheets: Sheets, result: UnitResult) -> bool:
    """Whether the sheets still have the profiles that the result counts: old ones may have been emptied."""
    for counted in result.respondents:
        told = Counter(sheets.chosen(counted.field.key).tolist())
        if any(told[option.key] != n for option, n in counted.counts):
            return False
    return True


def refs_like(instrument: Instrument) -> list[str]:
    """The questionnaires whose answers are added to those of this one."""
    return [ref for ref, i in instruments.published().items() if i.series == instrument.series]


# Remembered by the period's result, which is another object as soon as an answer came in; equal sums of
# other answers there can only be after a file was withdrawn, which `files` tells. Emptied profiles change no
# sum, and what they said is told of no more.
@lru_cache(maxsize=16)
def _of_unit(
    database: Database,
    unit_id: int,
    service_id: int | None,
    refs: tuple[str, ...],
    current: PeriodResult,
    files: tuple[tuple[int, str], ...],
    emptied: tuple[str, ...],
) -> Sheets:
    with database.look() as connection:
        groups = answered.read(connection, [unit_id], current.period.month_range, refs, profiles=True)
    k = len(instruments.get(refs[0]).elements)
    return sheets_in([g for g in groups if service_id in (None, g.service_id)], k)


def sheets_in(groups: Sequence[Answered], k: int) -> Sheets:
    """The sheets of groups that all have k unsur."""
    digits = np.frombuffer("".join(g.scores for g in groups).encode("ascii"), dtype=np.uint8)
    sizes = np.array([len(g.scores) // k for g in groups], dtype=np.int64)
    profiles = sorted({g.profile for g in groups})
    numbered = {profile: number for number, profile in enumerate(profiles)}
    ways = {channel.value: number for number, channel in enumerate(WAYS)}

    places = dict.fromkeys((g.unit_id, g.service_id, g.month) for g in groups)
    strata = {place: number for number, place in enumerate(places)}

    def every(values: list[int]) -> IntArray:
        return np.repeat(np.array(values, dtype=np.int64), sizes)

    return Sheets(
        answers=(digits.reshape(-1, k) - ord("0")).astype(np.int64),
        units=every([g.unit_id for g in groups]),
        services=every([g.service_id for g in groups]),
        strata=every([strata[(g.unit_id, g.service_id, g.month)] for g in groups]),
        ways=every([ways[g.channel] for g in groups]),
        profile=every([numbered[g.profile] for g in groups]),
        profiles=tuple(json.loads(profile) if profile else {} for profile in profiles),
    )
