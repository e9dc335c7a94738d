"""Units in use without an index in the period: a fact of the register.

Limit: `days` of the period that must be over before it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from analytics import Period
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text

_NONE = Text("Belum ada jawaban pada periode ini.", "No answers in this period yet.")
_SEVERAL = Text("Belum ada nilai IKM pada periode ini: {names}.", "No IKM in this period yet: {names}.")
_START = Text("Mulai survei", "Begin the survey")


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """One alarm for all of them."""
    if seen.today < seen.period.first_day + timedelta(days=rule.limits["days"]):
        return
    missing = [unit for unit in seen.units.units if _is_missing(unit)]
    if not missing:
        return
    (only,) = missing if len(missing) == 1 else (None,)
    code = None if only is None else only.entry.unit.code
    names = [unit.entry.unit.name for unit in missing]
    yield Alarm(
        kind=Kind.NOT_MEASURED,
        subject=words.several(len(missing)) if only is None else words.name(names[0]),
        what=_NONE if only is not None else _SEVERAL.format(names=words.listed(names)),
        sure=Sure.RECORDED,
        responsible=words.EACH_HEAD if only is None else words.head_of(names[0]),
        action=_START,
        page="formulir",
        query={} if code is None else {"unit": code},
        unit=code,
        since=_since(missing),
    )


def _is_missing(unit: UnitResult) -> bool:
    """In use, and without a value that is not merely hidden."""
    score = unit.score
    return unit.entry.unit.active and score.ikm is None and narrowed.hidden(score) is None


def _since(missing: Sequence[UnitResult]) -> Period:
    """The first period, of those that were read, since which none of them has been measured."""
    since = missing[0].period
    for step in range(1, min(len(unit.trend) for unit in missing) + 1):
        if any(unit.trend[-step].score.exact is not None for unit in missing):
            break
        since = missing[0].trend[-step].period
    return since
