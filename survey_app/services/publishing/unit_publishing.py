"""Publishing locks a unit's period: a snapshot of everything its report is made of, as the next version.

Answers may still arrive, be imported or come in by import: what was published stays what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analytics import Period
from analytics.ikm import IntArray, Moments
from survey_app.errors import Conflict, NotFound
from survey_app.services.delivery import events
from survey_app.services.delivery.events import News
from survey_app.services.follow_up import effect
from survey_app.services.ikm import respondents, targets
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue, clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import publishable, snapshot
from survey_app.services.publishing.fingerprint import check_unchanged, fingerprint
from survey_app.services.publishing.snapshot import Passages, Rewritten, Snapshot
from survey_app.services.publishing.soundness import dated
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.storage import publications
from survey_app.storage.database import Connection, Database
from survey_app.storage.publications import Heading, StoredPublication
from survey_app.text import Text

#: Nothing is published that nobody has seen.
OUTDATED = Text(
    "Data berubah sejak angkanya ditampilkan: ada jawaban baru, atau jumlah pengguna layanan diperbaiki. "
    "Lihat lagi angkanya, lalu publikasikan.",
    "The data have changed since the numbers were shown: answers came in, or the number of service users "
    "was corrected. Look at the numbers again, then publish.",
)


@dataclass(frozen=True, eq=False)
class Publication:
    """A published version. `sha256` is of the snapshot's content, without version and moment."""

    period: Period
    version: int
    published_at: datetime
    sha256: str
    snapshot: Snapshot


@audited(Action.PUBLISH, "result.period")
def publish(
    database: Database,
    acting: Acting,
    result: UnitResult,
    text: Passages,
    comments: Sequence[CommentGroup] | None,
    now: datetime,
    rewritten: Rewritten | None = None,
    *,
    running: bool = False,
) -> Publication:
    """Publish the result of a whole unit as it is shown, with the passages in both languages.

    `now` is stored in whole seconds: it is the moment the report carries. `rewritten` names the passages
    that are the unit's own words. The register of follow-up and the target are read now and locked too.
    `running`: a period that is not over is meant.

    Raises:
        ValueError: for the result of a single service, which is part of its unit's report.
        Refused: `role-refused`, `scope-refused`, and what `publishable.check` raises.
        Conflict: `publish-outdated` when answers came in since `result` was computed.
    """
    acting.require(result.entry, Action.PUBLISH)
    clock.check(database, now, behind=clock.ANY_DAY)
    if result.service is not None:
        raise ValueError(f"publish-service: got {result.service.code!r}, expected the result of a whole unit")
    zone = result.entry.unit.time_zone
    publishable.check(result.period, result.score.n, {zone}, now, running=running)
    sheets, files = respondents.sheets_and_files(database, result)
    _check_current(result, sheets)
    grouped = None if comments is None else tuple(comments)
    told = effect.of_report(database, result)
    goal = targets.goal_of(database, result)
    written = snapshot.dump(
        Snapshot(
            result=replace(result, files=files),
            sheets=sheets,
            text=text,
            comments=grouped,
            follow_up=told,
            rewritten=rewritten or {},
            goal=goal,
        )
    )
    unit, period, moment = result.entry.unit, str(result.period), now.replace(microsecond=0)

    def job(connection: Connection) -> StoredPublication:
        stored = publications.append(connection, unit.id, period, moment, written, fingerprint(written))
        what = {"unit": unit.code, "period": period, "version": stored.version}
        path = f"/api/v1/results/units/{unit.code}/{period}"
        where = Scope(result.entry.agency.code, unit.code)
        events.announce(connection, News.RESULT, where, {**what, "path": path}, now)
        return stored

    return _publication(database.write(job))


def published(
    database: Database,
    unit_code: str,
    period: Period,
    version: int | None = None,
    *,
    within: Scope,
) -> Publication:
    """The newest publication of a unit's period, or the given version of it, with all that is locked in it.

    Raises:
        NotFound: `unit-unknown`, `publication-unknown`.
        StorageError: `snapshot-changed` when the stored text is not the one that was published.
    """
    entry = catalogue.find_unit(database, unit_code, within)
    with database.read() as connection:
        stored = publications.versions(connection, entry.unit.id, str(period))
    wanted = [s for s in stored if version in (None, s.version)]
    if not wanted:
        text = Text("{unit} belum memublikasikan hasil {period}.", "{unit} has not published {period}.")
        raise NotFound("publication-unknown", text.format(unit=entry.unit.name, period=period))
    return _publication(wanted[-1])


def published_period(database: Database, heading: Heading) -> UnitResult:
    """The result of a published period without its trend and follow-up, its official numbers computed again.

    Raises:
        StorageError: `snapshot-changed`, and what `snapshot.load_period` raises.
    """
    with database.read() as connection:
        stored = publications.of_heading(connection, heading)
    check_unchanged(stored)
    return snapshot.load_period(stored.snapshot)


def publications_of(database: Database, unit_code: str) -> list[tuple[Period, int, datetime]]:
    """Period, version and moment of everything a unit has published, the oldest first."""
    entry = catalogue.find_unit(database, unit_code, PROVINCE)
    with database.read() as connection:
        found = publications.headings(connection, entry.unit.code)
    return [(Period.parse(h.period), h.version, h.published_at) for h in dated(found)]


def _check_current(result: UnitResult, sheets: IntArray) -> None:
    moments = result.current.moments
    read = Moments.from_answers(sheets, moments.levels) if len(sheets) else Moments.zero(moments.k)
    if read.to_bytes() != moments.to_bytes():
        raise Conflict("publish-outdated", OUTDATED)


def _publication(stored: StoredPublication) -> Publication:
    check_unchanged(stored)
    content = snapshot.load(stored.snapshot)
    return Publication(
        Period.parse(stored.period), stored.version, stored.published_at, stored.sha256, content
    )
