"""Complaints about one unsur that are a clearly larger part of what is written than in the period before.

Limit: `fewest` complaints that are worth a card.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics import Period
from analytics.comparison import Counted, ShareBeside, shares_beside
from analytics.disclosure import is_few
from analytics.text import Kind as CommentKind
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind
from survey_app.services.alarms.limits import Rule, Rules
from survey_app.services.alarms.seen import Seen
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.voices import reading
from survey_app.services.voices.reading import Comment
from survey_app.storage import responses
from survey_app.storage.database import Database
from survey_app.text import Text

_GROWING = Text(
    "Keluhan naik dari {before} menjadi {now}: dari {old} menjadi {new} dari semua masukan.",
    "Complaints rose from {before} to {now}: from {old} to {new} of all comments.",
)
_MOST = Text(" Terbanyak di {unit} ({n}).", " Most of them at {unit} ({n}).")
_READ = Text("Baca keluhan", "Read the complaints")


@dataclass(frozen=True)
class Growing:
    """Complaints about an unsur now beside those of before; `wrong` is as in `fell.Fall`."""

    unsur: str
    counted: Counted
    wrong: float


def growing(
    now: Mapping[str, int], n: int, before: Mapping[str, int], n_before: int, rule: Rule, rules: Rules
) -> list[Growing]:
    """Of complaints by unsur among `n` comments now and `n_before` before, those that grew.

    The clearest first. All unsur that are complained of in either are looked at together.
    """
    keys = sorted({*now, *before})
    if not n or not n_before:
        return []
    counted = [Counted(now.get(key, 0), n, before.get(key, 0), n_before) for key in keys]
    found = [
        Growing(key, count, beside.adjusted)
        for key, count, beside in zip(keys, counted, _beside(tuple(counted)), strict=True)
        if beside.more and beside.adjusted <= rules.likely and count.part >= rule.limits["fewest"]
    ]
    return sorted(found, key=lambda one: (one.wrong, -one.counted.part))


# A hundred tables take longer than to know them again.
@lru_cache(maxsize=64)
def _beside(counted: tuple[Counted, ...]) -> tuple[ShareBeside, ...]:
    return shares_beside(counted)


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm for each of the clearest; of comments that who asks may read."""
    before, now = _read(seen)
    told = growing(now.by_unsur, now.comments, before.by_unsur, before.comments, rule, seen.all_rules)
    for one in told[: rule.cards]:
        if seen.inside or not is_few(one.counted.others_part):
            yield _alarm(seen, one, now)


@dataclass(frozen=True)
class _Complaints:
    """The complaints among some comments by (unsur, unit id), and how many comments those are."""

    counts: Mapping[tuple[str, int], int]
    comments: int

    @property
    def by_unsur(self) -> Mapping[str, int]:
        found = Counter[str]()
        for (unsur, _), n in self.counts.items():
            found[unsur] += n
        return found


def _read(seen: Seen) -> tuple[_Complaints, _Complaints]:
    """Of the period before and of this one."""
    ids = None if seen.scope == PROVINCE else sorted(seen.entries)
    months = seen.period.shift(-1).month_range[0], seen.period.month_range[1]
    with seen.database.look() as connection:
        version = responses.comment_version(connection, ids, months)
    return _grouped(seen.database, seen.scope, seen.period, seen.inside, version)


# Reading and grouping thousands of comments takes longer than the rest of a page. Under the version of the
# comments: one that was redacted since is counted as it was, which no count of this rule shows.
@lru_cache(maxsize=64)
def _grouped(
    database: Database, scope: Scope, period: Period, inside: bool, version: tuple[tuple[int, int, int], ...]
) -> tuple[_Complaints, _Complaints]:
    """Of the newest of both periods: of more than anybody reads, their shares are those of all."""
    if not version:
        return _Complaints({}, 0), _Complaints({}, 0)
    heard = (reading.newest(database, scope, period.shift(step)) for step in (-1, 0))
    before, now = ((one if inside else reading.of_enough(one)).voices for one in heard)
    return _complaints(before), _complaints(now)


def _complaints(voices: Sequence[Comment]) -> _Complaints:
    found = Counter(
        (unsur, voice.entry.unit.id)
        for voice in voices
        if voice.kind is CommentKind.COMPLAINT
        for unsur in voice.unsur
    )
    return _Complaints(found, len(voices))


def _alarm(seen: Seen, one: Growing, now: _Complaints) -> Alarm:
    counted = one.counted
    said = _GROWING.format(
        before=words.whole(counted.others_part),
        now=words.whole(counted.part),
        old=words.percent(counted.others_part / counted.others),
        new=words.percent(counted.part / counted.n),
    )
    names = {e.key: e.name for unit in seen.units.units for e in unit.instrument.elements}
    by_unit = {i: n for (unsur, i), n in now.counts.items() if unsur == one.unsur and i in seen.entries}
    most = max(by_unit, key=lambda i: (by_unit[i], -i))
    entry, alone = seen.entries[most], len(by_unit) == 1
    if not alone and not is_few(by_unit[most]):
        said = words.joined(said, _MOST.format(unit=entry.unit.name, n=words.whole(by_unit[most])))
    return Alarm(
        kind=Kind.THEME_GROWING,
        subject=names.get(one.unsur, words.name(one.unsur)),
        what=said,
        sure=seen.all_rules.sure(one.wrong),
        responsible=words.head_of(entry.unit.name) if alone else words.EACH_HEAD,
        action=_READ,
        page="suara",
        query={**seen.place, "unsur": one.unsur},
        since=seen.period,
    )
