"""Everything that stands on the first page of a scope, asked for once.

The page and its sheet of paper show this and nothing else, so that no two figures of them differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from analytics import Period
from analytics.comparison import Method
from survey_app.services.alarms import finding, seen
from survey_app.services.alarms.alarm import Alarm
from survey_app.services.disclosure import outgoing_staff
from survey_app.services.disclosure.on_screen import without_few
from survey_app.services.follow_up import practice
from survey_app.services.follow_up.practice import Done
from survey_app.services.ikm.targets import Index, Target, target_for
from survey_app.services.ip_asn import overview as ip_asn
from survey_app.services.ip_asn.overview import YearPoint
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.places import clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.province.by_region import ByRegion, by_region
from survey_app.services.province.course import course
from survey_app.services.province.overview import overview
from survey_app.services.province.summary import Against, Change, Summary, summarise
from survey_app.services.voices import themes
from survey_app.storage.database import Database

#: Periods of the course, the shown one included.
_COURSE = 12
#: Units whose rise is shown with what they did.
_BEST = 3


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """What stands there.

    Attributes:
        inside: whether it tells what stays inside; else nothing of few people is in it, and nobody's actions.
        today: the day at the office on which it was asked for.
        method: how units are put together.
        years: the IP ASN of every measured year up to the last that is shown, which is `staff`.
        agencies: its IP ASN of that year by the code of each agency; what may not be told is not in it.
        regions: the units of each kabupaten and kota; of the whole province, where units have a region.
        said: what citizens said in the last month of the period that has begun.
        best: the largest clear rises since then, and what was done there meanwhile; None for who may not
            know.
    """

    scope: Scope
    inside: bool
    today: date
    method: Method
    summary: Summary
    alarms: tuple[Alarm, ...]
    years: tuple[YearPoint, ...]
    agencies: Mapping[str, Measure]
    ikm_target: Target | None
    ip_asn_target: Target | None
    regions: ByRegion | None
    said: themes.Month
    best: Sequence[tuple[Change, Sequence[Done] | None]]

    @property
    def since(self) -> Against:
        """What the first sentence compares with: a year ago; of years, and where nothing of a year ago may be
        compared, the period before."""
        return course(self.summary).since

    @property
    def staff(self) -> YearPoint | None:
        return self.years[-1] if self.years else None


@asked(Action.SEE_RESULTS)
def brief(
    database: Database,
    acting: Acting,
    scope: Scope,
    period: Period,
    method: Method,
    first: Period,
    now: datetime,
) -> Briefing:
    """Everything of what lies in `scope` and in that of who asks, in `period`.

    Of few people nobody hears who does not see what stays inside, as on every page (`on_screen`).

    Args:
        first: the first month with answers, where the course begins.
        now: aware.

    Raises:
        Refused: `role-refused`.
    """
    acting.require_action(Action.SEE_RESULTS)
    within, today = scope.narrowed(acting.scope), clock.told_by(now).date()
    reached = (period.start - first.start) // period.months + 1
    back = max(seen.reach(period), min(_COURSE - 1, reached))
    inside = acting.may(Action.SEE_INSIDE)
    units = overview(database, within, period, back=back)
    if not inside:
        units = without_few(units)
    summary = summarise(units, method, back=back)
    years = _years(database, within, period.first_day.year, inside=inside)
    last = Period.parse(str(years[-1].year if years else period.first_day.year))
    return Briefing(
        scope=within,
        inside=inside,
        today=today,
        method=method,
        summary=summary,
        alarms=finding.find(database, acting, within, period, now, units),
        years=years,
        agencies=_agencies(database, within, last, inside=inside) if years else {},
        ikm_target=target_for(database, within, Index.IKM, period) if units.units else None,
        ip_asn_target=target_for(database, within, Index.IP_ASN, last) if units.units else None,
        regions=by_region(units.units) if within == Scope() else None,
        said=themes.of_month(database, within, _month(period, today), inside=inside),
        best=_best(database, acting, summary),
    )


def _years(database: Database, scope: Scope, until: int, *, inside: bool) -> tuple[YearPoint, ...]:
    found = ip_asn.ip_asn_series(database, scope) if inside else outgoing_staff.of_series(database, scope)
    return tuple(point for point in found if point.year <= until)


def _agencies(database: Database, scope: Scope, year: Period, *, inside: bool) -> Mapping[str, Measure]:
    if scope != Scope():
        return {}
    told = ip_asn.ip_asn_year if inside else outgoing_staff.of_year
    found = told(database, scope, year.first_day.year).agencies
    return {agency.code: measure for agency, measure in found if measure.index is not None}


def _month(period: Period, today: date) -> Period:
    """The last month of a period; of one that is running, the month it has come to."""
    last = Period(period.start + period.months - 1, 1)
    return min(last, Period.containing(max(today, period.first_day), "month"))


def _best(database: Database, acting: Acting, summary: Summary) -> list[tuple[Change, Sequence[Done] | None]]:
    earlier = course(summary).since
    risen = [c for c in reversed(earlier.clear) if (c.difference.value or 0) > 0][:_BEST]
    asks = acting.may(Action.SEE_FOLLOW_UP)
    return [
        (c, practice.done_since(database, acting, c.result, earlier.period) if asks else None) for c in risen
    ]
