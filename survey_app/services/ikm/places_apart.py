"""Where answers are better or worse: by way of answering, service and group of respondents.

For who sees what stays inside. Small groups are hidden, with others that would give them away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from analytics.comparison import stand_out
from analytics.disclosure import MINIMUM
from analytics.ikm import Estimate, IntArray, Moments, score
from analytics.sampling import levelled
from survey_app import instruments
from survey_app.instruments import Instrument, ProfileField
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.answered import UNKNOWN_WAY, WAYS, Sheets, profiles_are_kept, sheets_of
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.ways import told_counts
from survey_app.storage.database import Database
from survey_app.text import Text

_SEED = 20_260_717
#: A group whose p, times the kinds of groups that are looked at, lies below it is called clear.
_LEVEL = 0.05


class Kind(StrEnum):
    """What groups are told apart by."""

    WAY = "way"
    SERVICE = "service"
    PROFILE = "profile"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Those with one option. `n` and all else None where they are few, or would give away few.

    Attributes:
        name: None for a way of answering, whose name `way` has.
        value: their index with its interval.
        mutu: the letter of it.
        below, above: clearly, all groups of all kinds allowed for, for the same service and month.
    """

    name: Text | None
    way: Channel | None = None
    n: int | None
    value: Estimate | None = None
    mutu: str | None = None
    below: bool = False
    above: bool = False


@dataclass(frozen=True)
class Family:
    """Groups that are told apart by one thing; `field` of the profile, None for ways and services."""

    kind: Kind
    field: ProfileField | None
    groups: tuple[Group, ...]


def families_of(database: Database, result: UnitResult, unsur: int | None = None) -> tuple[Family, ...]:
    """Every kind of group in which at least two may be told; none where few answered or the result is hidden.

    Args:
        unsur: place of the unsur whose values are meant; None for the index.
    """
    if narrowed.unsur_hidden(result.score) or result.score.n < MINIMUM:
        return ()
    sheets = sheets_of(database, result)
    kept = profiles_are_kept(sheets, result)
    services = () if result.service else tuple((s.id, s.name) for s in result.entry.services)
    return _families(sheets, result.instrument.ref, services, kept, unsur)


# Sheets are compared by identity, and are the same object as long as the answers are the same.
@lru_cache(maxsize=32)
def _families(
    sheets: Sheets, instrument_ref: str, services: tuple[tuple[int, str], ...], kept: bool, unsur: int | None
) -> tuple[Family, ...]:
    instrument = instruments.get(instrument_ref)
    answers = sheets.answers if unsur is None else sheets.answers[:, [unsur]]
    weights = instrument.weights if unsur is None else instrument.weights[unsur : unsur + 1]
    months = np.unique(sheets.strata, return_inverse=True)[1]
    values = levelled(answers, months, instrument.levels, weights)
    whole = levelled(answers, np.zeros_like(months), instrument.levels, weights)
    asked = [
        (kind, field, of, names) for kind, field, of, names in _kinds(sheets, instrument, services, kept)
    ]
    found = []
    for kind, field, of, names in asked:
        # Sheets of another service are no measure of a service: only there services are not levelled.
        level, strata = (whole, np.zeros_like(months)) if kind is Kind.SERVICE else (values, months)
        sheets_of_kind = _Answered(answers, level, strata, instrument, unsur)
        found.append(_family(kind, field, of, names, sheets_of_kind, len(asked)))
    return tuple(family for family in found if sum(g.n is not None for g in family.groups) > 1)


_Named = Sequence[tuple[Text | None, Channel | None]]


def _kinds(
    sheets: Sheets, instrument: Instrument, services: Sequence[tuple[int, str]], kept: bool
) -> list[tuple[Kind, ProfileField | None, IntArray, _Named]]:
    """Kinds of groups, each with the group of every sheet, -1 for none, and what the groups are called."""
    unknown = WAYS.index(UNKNOWN_WAY)
    ways = np.where(sheets.ways == unknown, -1, sheets.ways)
    asked: list[tuple[Kind, ProfileField | None, IntArray, _Named]] = [
        (Kind.WAY, None, ways, [(None, way) for way in WAYS])
    ]
    if len(services) > 1:
        numbered = {number: i for i, (number, _) in enumerate(services)}
        of = np.array([numbered.get(s, -1) for s in sheets.services.tolist()], dtype=np.int64)
        asked.append((Kind.SERVICE, None, of, [(Text(name, name), None) for _, name in services]))
    for field in instrument.profile if kept else ():
        keys = {option.key: i for i, option in enumerate(field.options)}
        of = np.array([keys.get(key, -1) for key in sheets.chosen(field.key).tolist()], dtype=np.int64)
        asked.append((Kind.PROFILE, field, of, [(option.label, None) for option in field.options]))
    return asked


@dataclass(frozen=True, eq=False)
class _Answered:
    answers: IntArray
    values: np.ndarray
    strata: IntArray
    instrument: Instrument
    unsur: int | None


def _family(
    kind: Kind, field: ProfileField | None, of: IntArray, names: _Named, sheets: _Answered, looked: int
) -> Family:
    known = (of >= 0) & (sheets.answers > 0).any(axis=1)
    rng = np.random.default_rng(_SEED)
    cells = stand_out(sheets.values[known], of[known], rng, least=MINIMUM, strata=sheets.strata[known])
    counts = np.array([np.count_nonzero(of == i) for i in range(len(names))] + [np.count_nonzero(of < 0)])
    # What is in no group stands in the table of profiles beside the others.
    used = np.flatnonzero(counts)
    told = dict(zip(used.tolist(), told_counts(counts[used]), strict=True))
    groups = []
    for i, (name, way) in enumerate(names):
        if i not in told:
            continue
        if told[i] is None:
            groups.append(Group(name=name, way=way, n=None))
            continue
        value = _value(sheets, of == i)
        cell = cells.get(i)
        clear = cell is not None and cell.p is not None and cell.p * looked < _LEVEL
        band = value.band(sheets.instrument.bands)
        groups.append(
            Group(
                name=name,
                way=way,
                n=told[i],
                value=value,
                mutu=None if band is None else band.mutu,
                below=clear and cell is not None and cell.apart < 0,
                above=clear and cell is not None and cell.apart > 0,
            )
        )
    return Family(kind, field, tuple(groups))


def _value(sheets: _Answered, chosen: np.ndarray) -> Estimate:
    instrument = sheets.instrument
    moments = Moments.from_answers(sheets.answers[chosen], instrument.levels)
    weights = instrument.weights if sheets.unsur is None else (instrument.weights[sheets.unsur],)
    return Estimate.of(score(moments, weights=weights, bands=instrument.bands))
