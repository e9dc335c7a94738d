"""Publishing a period of an agency or of the province: what its report is made of, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analytics import Period
from survey_app.errors import NotFound
from survey_app.services.delivery import events
from survey_app.services.delivery.events import News
from survey_app.services.places import clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.publishing import publishable, recap_snapshot
from survey_app.services.publishing.fingerprint import check_unchanged, fingerprint
from survey_app.services.publishing.recap import Recap
from survey_app.services.publishing.soundness import dated
from survey_app.storage import recap_publications
from survey_app.storage.database import Connection, Database
from survey_app.storage.publications import StoredPublication
from survey_app.storage.recap_publications import RecapHeading
from survey_app.text import Text


@dataclass(frozen=True)
class RecapPublication:
    """A published version. `sha256` is of the snapshot's content, without version and moment."""

    version: int
    published_at: datetime
    sha256: str
    recap: Recap


@audited(Action.PUBLISH, "recap.period", place=lambda _, given: Scope(agency=_code(given["recap"]) or None))
def publish(
    database: Database, acting: Acting, recap: Recap, now: datetime, *, running: bool = False
) -> RecapPublication:
    """Publish a recap as it was read; `now` is stored in whole seconds, the moment its report carries.

    `running`: a period that is not over is meant.

    Raises: Refused `role-refused`, `scope-refused`, and what `publishable.check` raises.
    """
    acting.require_whole(_code(recap) or None, Action.PUBLISH)
    clock.check(database, now, behind=clock.ANY_DAY)
    units = recap.overview.units
    zones = {unit.entry.unit.time_zone for unit in units}
    publishable.check(recap.period, sum(unit.score.n for unit in units), zones, now, running=running)
    written = recap_snapshot.dump(recap)
    code, period, moment = _code(recap), str(recap.period), now.replace(microsecond=0)

    def job(connection: Connection) -> StoredPublication:
        stored = recap_publications.append(connection, code, period, moment, written, fingerprint(written))
        what = {"agency": code or None, "period": period, "version": stored.version}
        path = f"/api/v1/results/{f'agencies/{code}' if code else 'province'}"
        events.announce(connection, News.RECAP, Scope(code or None), {**what, "path": path}, now)
        return stored

    return _publication(database.write(job))


def fingerprint_of(recap: Recap) -> str:
    """Of what would be published: everything that the report of `recap` says."""
    return fingerprint(recap_snapshot.dump(recap))


def published(
    database: Database, agency_code: str | None, period: Period, version: int | None = None
) -> RecapPublication:
    """The newest publication of an agency's period (None: the province's), or the given version of it.

    Raises:
        NotFound: `publication-unknown`.
        StorageError: `snapshot-changed` when the stored text is not the one that was published.
    """
    with database.read() as connection:
        stored = recap_publications.versions(connection, agency_code or "", str(period))
    wanted = [s for s in stored if version in (None, s.version)]
    if not wanted:
        text = Text(
            "Rekapitulasi {period} belum dipublikasikan.",
            "The consolidated results of {period} have not been published.",
        )
        raise NotFound("publication-unknown", text.format(period=period))
    return _publication(wanted[-1])


def publications_of(database: Database, agency_code: str | None) -> list[tuple[Period, int, datetime]]:
    """Period, version and moment of everything published, the oldest first."""
    with database.read() as connection:
        found = recap_publications.all_headings(connection)
    mine = (h for h in dated(found) if h.agency == (agency_code or ""))
    return [(Period.parse(h.period), h.version, h.published_at) for h in mine]


def published_version(database: Database, heading: RecapHeading) -> RecapPublication:
    """The version that a heading names. Raises: as `published`."""
    with database.read() as connection:
        stored = recap_publications.of_heading(connection, heading)
    return _publication(stored)


def _code(recap: Recap) -> str:
    return "" if recap.agency is None else recap.agency.code


def _publication(stored: StoredPublication) -> RecapPublication:
    check_unchanged(stored)
    content = recap_snapshot.load(stored.snapshot)
    return RecapPublication(stored.version, stored.published_at, stored.sha256, content)
