"""Which periods can be published: begun, over unless a running one is meant, and with answers.

A publication stands in public for good, so the services ask, whatever page or command it comes from.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics import Period
from survey_app.errors import Refused
from survey_app.text import Text


def check(period: Period, answers: int, zones: Collection[str], now: datetime, *, running: bool) -> None:
    """`zones`: of the units; the first of them to see a day begins it, the last ends it.

    Raises:
        Refused: `period-not-begun`, `period-running` unless `running`, `nothing-to-publish`.
    """
    days = [now.astimezone(ZoneInfo(zone)).date() for zone in zones or {"UTC"}]
    if max(days) < period.first_day:
        raise Refused("period-not-begun", _not_begun(period))
    if min(days) < period.end_day and not running:
        raise Refused("period-running", _running(period))
    if not answers:
        text = Text(
            "Tidak ada jawaban pada {period}, sehingga tidak ada yang dapat dipublikasikan. Pilih "
            "periode yang ada jawabannya. Konsep laporan untuk {period} tetap dapat dibuat.",
            "There are no answers in {period}, so there is nothing to publish. Choose a period with "
            "answers. A draft report for {period} can still be made.",
        )
        raise Refused("nothing-to-publish", text.format(period=period))


def _not_begun(period: Period) -> Text:
    text = Text(
        "{period} baru mulai {day}. Pilih periode yang sudah berjalan atau sudah berakhir.",
        "{period} does not begin until {day}. Choose a period that is running or over.",
    )
    return text.format(period=period, day=period.first_day)


def _running(period: Period) -> Text:
    text = Text(
        "{period} masih berjalan sampai {day}. Publikasikan setelah hari itu.",
        "{period} is still running until {day}. Publish it after that day.",
    )
    return text.format(period=period, day=period.last_day)
