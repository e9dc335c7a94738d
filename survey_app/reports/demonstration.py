"""The whole demonstration: an invented province, its kiosks, what was published, and what is ordered."""

from __future__ import annotations

from datetime import datetime

from analytics import Period
from survey_app.reports.unit import drafting
from survey_app.services.demo import kiosks, province
from survey_app.services.demo.province import Progress
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.overview import overview
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database

#: Quarters that the units of the first agency have published before the last one.
_EARLIER = 3
_PUBLISHING = 0.85


def load(
    database: Database,
    acting: Acting,
    now: datetime,
    progress: Progress,
    *,
    seed: int = 2026,
    total: int = province.RESPONSES,
) -> int:
    """Fill an empty database so that every page has something to show; the number of responses.

    Raises: as `services.demo.province.load`.
    """
    written = province.load(
        database, acting, now, lambda share, what: progress(share * _PUBLISHING, what), seed=seed, total=total
    )
    entries = catalogue.list_units(database, PROVINCE)
    kiosks.load(database, acting, entries, now)
    last = ordered.current(database, PROVINCE, "quarter", now).shift(-1)
    _publish(database, acting, last, now, progress)
    for scope in (PROVINCE, Scope(agency=entries[0].agency.code)):
        ordered.add(database, acting, scope, "id", last)
    progress(1.0, f"{written:,} jawaban".replace(",", "."))
    return written


def _publish(database: Database, acting: Acting, last: Period, now: datetime, progress: Progress) -> None:
    """The last quarter that is over: of every unit that has answers, of the agencies and the province."""
    all_units = overview(database, PROVINCE, last, back=_EARLIER)
    first = all_units.units[0].entry.agency
    for done, unit in enumerate(all_units.units):
        progress(_PUBLISHING + (1 - _PUBLISHING) * done / len(all_units.units), "Publikasi")
        for part in unit.trend if unit.entry.agency == first else unit.trend[-1:]:
            if part.moments.n:
                drafting.publish(database, acting, unit.entry.unit.code, part.period, now)
    for agency in (*(a.code for a in catalogue.list_agencies(database)), None):
        content = recap(database, agency, last)
        if any(unit.score.n for unit in content.overview.units):
            recap_publishing.publish(database, acting, content, now)
