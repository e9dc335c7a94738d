"""A result as canonical JSON, and back: the same report on any machine, database or year.

The inputs are stored, not the drawing: sums of the answer sheets as bytes, counts of profiles, the sheets,
the instrument by name and fingerprint, the text. The official numbers are stored with them, and reading fails
when they cannot be computed again from the inputs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np

from analytics import AnalyticsError, Period
from analytics.ikm import Flag, IntArray, Moments
from survey_app import instruments
from survey_app.errors import NotFound
from survey_app.instruments import Instrument
from survey_app.services.follow_up import actions
from survey_app.services.follow_up.effect import NOTHING, Finding, FollowUp
from survey_app.services.ikm import answer_files, quality
from survey_app.services.ikm.profiles import ProfileCount
from survey_app.services.ikm.quality import FlagGroup
from survey_app.services.ikm.results import OtherPeriod, UnitResult
from survey_app.services.ikm.targets import Goal
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.publishing.stored_period import (
    instrument_data,
    peers_data,
    period_data,
    period_result,
    stored_instrument,
    stored_peers,
    unreadable,
)
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.storage.places import Agency, Unit
from survey_app.storage.responses import decode
from survey_app.text import Language

#: What is written. Format 1 had neither follow-up nor rewritten passages, format 2 no target; both are read.
FORMAT = 3

Passages = Mapping[Language, Mapping[str, str]]
#: Keys of the passages that the unit wrote itself, by language.
Rewritten = Mapping[Language, Sequence[str]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Snapshot:
    """What a published report is made of.

    Attributes:
        result: of the whole unit, with its trend.
        sheets: (n, k) scores, 0 for not answered.
        text: passages by language and key.
        comments: grouped, as they may leave the office; None when they are not part of the report.
        follow_up: what the register said.
        rewritten: which passages are the unit's own words.
        goal: the target of the IKM as it stood.
    """

    result: UnitResult
    sheets: IntArray
    text: Passages
    comments: tuple[CommentGroup, ...] | None
    follow_up: FollowUp = NOTHING
    rewritten: Rewritten = field(default_factory=dict)
    goal: Goal | None = None


def dump(snapshot: Snapshot) -> str:
    """`snapshot` as canonical JSON: equal content is equal text, whatever the database numbered it."""
    result = snapshot.result
    content = {
        "format": FORMAT,
        "agency": {"code": result.entry.agency.code, "name": result.entry.agency.name},
        "unit": {
            name: getattr(result.entry.unit, name) for name in ("code", "name", "time_zone", "instrument")
        },
        "instrument": instrument_data(result.instrument),
        "trend": [period_data(period) for period in result.trend],
        "elsewhere": [
            period_data(other.result) | {"instrument": other.instrument.ref} for other in result.elsewhere
        ],
        "respondents": {r.field.key: {o.key: n for o, n in r.counts} for r in result.respondents},
        "others": [list(pair) for pair in result.others],
        "quality": None if result.quality is None else [_group_data(g) for g in result.quality.groups],
        "sheets": ["".join(map(str, sheet)) for sheet in snapshot.sheets.tolist()],
        "text": {language: dict(passages) for language, passages in snapshot.text.items()},
        "comments": None if snapshot.comments is None else [_comments_data(c) for c in snapshot.comments],
        "follow_up": _follow_up_data(snapshot.follow_up),
        "rewritten": {language: sorted(keys) for language, keys in snapshot.rewritten.items() if keys},
        "goal": None if snapshot.goal is None else _goal_data(snapshot.goal),
        **peers_data(result.peers),
        # Left out where every answer has a date, and before they were counted.
        **({"undated": list(result.undated)} if result.undated else {}),
        # Left out where the unit has no files, and before files could be withdrawn.
        **answer_files.as_data(result.files, result.period),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@contextmanager
def raising_unreadable() -> Iterator[None]:
    """Raise StorageError `snapshot-unreadable` for whatever is missing or is not what it should be."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AnalyticsError, NotFound, InvalidOperation) as error:
        raise unreadable("snapshot-unreadable", str(error)[:100]) from error


@raising_unreadable()
def load(text: str) -> Snapshot:
    """The snapshot that `dump` wrote.

    Raises:
        StorageError: `snapshot-unreadable`, `snapshot-format`, `snapshot-instrument` when the instrument is
            not the published one, `snapshot-result` when an official number cannot be computed again.
    """
    data = _read(text)
    instrument = stored_instrument(data["instrument"])
    trend = tuple(period_result(period, instrument) for period in data["trend"])
    respondents = _respondents(data["respondents"], instrument, trend[-1].moments.n)
    others = tuple((str(ref), int(n)) for ref, n in data["others"])
    elsewhere = tuple(_other_period(other) for other in data.get("elsewhere", ()))
    # What was published before answers were flagged has none.
    groups = [_group(group) for group in data.get("quality") or ()]
    flagged = quality.assess(groups, instrument, trend[-1].score)
    result = UnitResult(
        entry=_entry(data),
        service=None,
        instrument=instrument,
        trend=trend,
        respondents=respondents,
        others=others,
        elsewhere=elsewhere,
        quality=flagged,
        undated=tuple(data.get("undated", ())),
        files=answer_files.from_data(data),
        peers=stored_peers(data),
    )
    comments = None if data["comments"] is None else tuple(_comment_group(c) for c in data["comments"])
    sheets = _sheets(data["sheets"], len(instrument.elements))
    follow_up = _follow_up(data["follow_up"]) if "follow_up" in data else NOTHING
    return Snapshot(
        result=result,
        sheets=sheets,
        text=data["text"],
        comments=comments,
        follow_up=follow_up,
        rewritten=data.get("rewritten", {}),
        goal=_goal(data),
    )


@raising_unreadable()
def load_period(text: str) -> UnitResult:
    """The published period alone; the trend and what else the report says are not read.

    Raises:
        StorageError: as `load`, for this period.
    """
    data = _read(text)
    instrument = stored_instrument(data["instrument"])
    current = period_result(data["trend"][-1], instrument)
    respondents = _respondents(data["respondents"], instrument, current.moments.n)
    return UnitResult(
        entry=_entry(data),
        service=None,
        instrument=instrument,
        trend=(current,),
        respondents=respondents,
        others=(),
        files=answer_files.from_data(data),
    )


def _read(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    if data["format"] not in (1, 2, FORMAT):
        raise unreadable("snapshot-format", f"format {data['format']}")
    return data


def _other_period(data: Mapping[str, Any]) -> OtherPeriod:
    instrument = instruments.get(data["instrument"])
    return OtherPeriod(instrument, period_result(data, instrument))


def _group_data(group: FlagGroup) -> list[Any]:
    known = group.timed, group.identified, group.scheduled
    return [int(group.flags), group.moments.to_bytes().hex(), *known]


def _group(data: Sequence[Any]) -> FlagGroup:
    # What was published before hours of service were recorded was not held against any.
    flags, moments, timed, identified, scheduled = data if len(data) == 5 else [*data, 0]
    return FlagGroup(Flag(flags), Moments.from_bytes(bytes.fromhex(moments)), timed, identified, scheduled)


def _respondents(
    counts: Mapping[str, Mapping[str, int]], instrument: Instrument, n: int
) -> tuple[ProfileCount, ...]:
    found = []
    for asked in instrument.profile:
        pairs = tuple((option, counts[asked.key][option.key]) for option in asked.options)
        found.append(ProfileCount(asked, pairs, n - sum(times for _, times in pairs)))
    return tuple(found)


def _entry(data: Mapping[str, Any]) -> UnitEntry:
    """The unit as it was named then; a snapshot has no row numbers."""
    unit = Unit(id=0, agency_id=0, active=True, **data["unit"])
    return UnitEntry(Agency(0, data["agency"]["code"], data["agency"]["name"]), unit, ())


def _sheets(rows: Sequence[str], k: int) -> IntArray:
    return decode(rows) if rows else np.zeros((0, k), dtype=np.int64)


def _comments_data(group: CommentGroup) -> dict[str, Any]:
    kinds = [list(pair) for pair in group.kinds]
    return {"unsur": group.unsur, "kinds": kinds, "examples": list(group.examples)}


def _comment_group(data: Mapping[str, Any]) -> CommentGroup:
    kinds = tuple((str(kind), int(n)) for kind, n in data["kinds"])
    return CommentGroup(data["unsur"], kinds, tuple(data["examples"]))


def _goal_data(goal: Goal) -> dict[str, str]:
    return {"period": str(goal.period), "value": str(goal.value)}


def _goal(data: Mapping[str, Any]) -> Goal | None:
    found = data.get("goal")
    return None if found is None else Goal(Period.parse(found["period"]), Decimal(found["value"]))


def _follow_up_data(told: FollowUp) -> dict[str, Any]:
    findings = [
        {**period_data(f.measured), "instrument": instrument_data(f.instrument)} for f in told.findings
    ]
    return {
        "planned": [actions.as_data(a) for a in told.planned],
        "previous": [actions.as_data(a) for a in told.previous],
        "findings": findings,
    }


def _follow_up(data: Mapping[str, Any]) -> FollowUp:
    return FollowUp(
        tuple(actions.from_data(a) for a in data["planned"]),
        tuple(actions.from_data(a) for a in data["previous"]),
        tuple(_finding(f) for f in data["findings"]),
    )


def _finding(data: Mapping[str, Any]) -> Finding:
    instrument = stored_instrument(data["instrument"])
    return Finding(instrument, period_result(data, instrument))
