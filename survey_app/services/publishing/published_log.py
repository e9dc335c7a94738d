"""What was published when: every version of every unit's period and recap of a scope. Only what is public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from analytics import Period
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.publishing.soundness import dated
from survey_app.storage import publications, recap_publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published version.

    Attributes:
        entry: the unit; None for a recap.
        agency: the name of its agency; empty for the recap of the province.
        current: no later version of the same replaces it.
        sha256: the fingerprint of what was published, in hexadecimal.
    """

    entry: UnitEntry | None
    agency: str
    period: Period
    version: int
    current: bool
    published_at: datetime
    sha256: str


@asked(Action.SEE_RESULTS)
def published_in(database: Database, acting: Acting, scope: Scope) -> tuple[Published, ...]:
    """Everything published of what lies in `scope` and in that of who asks, the newest first.

    A recap of an agency lies in it, that of the province in the province alone.

    Raises: Refused `role-refused`.
    """
    acting.require_action(Action.SEE_RESULTS)
    within = scope.narrowed(acting.scope)
    entries = {entry.unit.code: entry for entry in catalogue.list_units(database, within)}
    with database.read() as connection:
        units = dated(publications.headings(connection))
        recaps = dated(recap_publications.all_headings(connection))
    agencies = {} if within.unit else {entry.agency.code: entry.agency.name for entry in entries.values()}
    if within == Scope():
        agencies[""] = ""
    found = [*_of_units(units, entries), *_of_recaps(recaps, agencies)]
    return tuple(sorted(found, key=lambda one: (one.published_at, one.version), reverse=True))


def _of_units(headings: list[Heading], entries: Mapping[str, UnitEntry]) -> Iterator[Published]:
    last = {(h.unit, h.period): h.version for h in headings}
    for h in headings:
        if (entry := entries.get(h.unit)) is not None:
            yield Published(
                entry=entry,
                agency=entry.agency.name,
                period=Period.parse(h.period),
                version=h.version,
                current=h.version == last[h.unit, h.period],
                published_at=h.published_at,
                sha256=h.sha256,
            )


def _of_recaps(headings: list[RecapHeading], agencies: Mapping[str, str]) -> Iterator[Published]:
    last = {(h.agency, h.period): h.version for h in headings}
    for h in headings:
        if h.agency in agencies:
            yield Published(
                entry=None,
                agency=agencies[h.agency],
                period=Period.parse(h.period),
                version=h.version,
                current=h.version == last[h.agency, h.period],
                published_at=h.published_at,
                sha256=h.sha256,
            )
