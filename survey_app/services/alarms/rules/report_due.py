"""A scheduled report that could not be made, or that nobody has made in time: a fact of its schedule.

Limit: `days` after the end of its period, in which the nightly run has made it where all is well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.schedules import ordered
from survey_app.services.schedules.ordered import Line
from survey_app.storage.schedules import Report, Status
from survey_app.text import Text

_FAILED = Text("Gagal dibuat: {n}. Terakhir: {period}.", "Could not be made: {n}. The last: {period}.")
_DUE = Text("Belum dibuat: {n}. Terakhir: {period}.", "Not made yet: {n}. The last: {period}.")
_BOTH = Text(
    "Gagal dibuat: {failed}; belum dibuat: {due}. Terakhir: {period}.",
    "Could not be made: {failed}; not made yet: {due}. The last: {period}.",
)
_REPORTS = Text("{n} laporan berkala", "{n} periodic reports")
_KINDS = {
    Report.SKM: Text("Laporan survei berkala", "Periodic survey report"),
    Report.IP_ASN: Text("Laporan IP ASN berkala", "Periodic IP ASN report"),
}
_MAKE = Text("Buat laporan", "Make the report")


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """One alarm for all of them."""
    late = timedelta(days=rule.limits["days"])
    waiting = [
        line
        for line in ordered.lines(seen.database, seen.now, seen.scope)
        if line.schedule.active
        and (
            line.status is Status.FAILED
            or (line.status is Status.DUE and seen.today >= line.period.end_day + late)
        )
    ]
    if not waiting:
        return
    one = waiting[0] if len(waiting) == 1 else None
    yield Alarm(
        kind=Kind.REPORT_DUE,
        subject=_REPORTS.format(n=len(waiting)) if one is None else _KINDS[one.schedule.report],
        what=_what(waiting),
        sure=Sure.RECORDED,
        responsible=words.PROVINCE_ADMIN,
        action=_MAKE,
        page="laporan",
        since=min(line.period for line in waiting),
    )


def _what(waiting: Sequence[Line]) -> Text:
    """The newest period stands first among the lines."""
    failed = sum(line.status is Status.FAILED for line in waiting)
    period, due = waiting[0].period, len(waiting) - failed
    if failed and due:
        return _BOTH.format(failed=failed, due=due, period=period)
    return (_FAILED if failed else _DUE).format(n=len(waiting), period=period)
