"""What anyone may see of the recaps of agencies and of the province: published values, never live ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from analytics import Period
from analytics.comparison import Aggregate
from survey_app.services.disclosure import withholding
from survey_app.services.disclosure.public_results import by_end
from survey_app.services.publishing import recap_numbers
from survey_app.services.publishing.soundness import dated, if_sound
from survey_app.storage import recap_publications
from survey_app.storage.database import Database
from survey_app.storage.places import Agency
from survey_app.storage.recap_publications import RecapHeading
from survey_app.text import Text


@dataclass(frozen=True, kw_only=True)
class PublicRecap:
    """The newest version of a published recap, as it may be shown.

    Attributes:
        agency: None for the province.
        index: None when, with what else is public, it would single out fewer than MINIMUM people.
        words: kinerja by letter, for naming the grade.
        time_zone: of its first unit, for the day of publishing.
    """

    agency: Agency | None
    period: Period
    version: int
    published_at: datetime
    sha256: str
    index: Aggregate | None
    words: Mapping[str, Text]
    time_zone: str

    @property
    def valued(self) -> bool:
        """Whether there is a value, shown or hidden."""
        return self.index is None or self.index.estimate.exact is not None


def published(database: Database) -> tuple[PublicRecap, ...]:
    """Every published period in the order of their ends, each in its newest version to be shown."""
    hidden = withholding.beside_recaps(database).recaps
    with database.read() as connection:
        headings = dated(recap_publications.all_headings(connection))
    newest = {(h.agency, h.period): h for h in headings}
    # One that is withheld stands only where there is no other.
    newest |= {(h.agency, h.period): h for h in headings if h not in hidden}
    read = [if_sound(h, partial(_shown, database, h, h in hidden)) for h in newest.values()]
    recaps = [recap for recap in read if recap is not None]
    return tuple(sorted(recaps, key=lambda recap: by_end(recap.period)))


def latest_of(recaps: Sequence[PublicRecap]) -> tuple[PublicRecap, ...]:
    """Of those that `published` found the last period of the province, and of each agency by name; as of a
    unit, one with a value before a later one without.
    """
    # Those without a value first, so that they stand only where nothing else does.
    found = sorted(recaps, key=lambda recap: recap.valued)
    last = {recap.agency and recap.agency.code: recap for recap in found}
    return tuple(sorted(last.values(), key=lambda r: "" if r.agency is None else r.agency.name.casefold()))


def _shown(database: Database, heading: RecapHeading, withheld: bool) -> PublicRecap:
    numbers = recap_numbers.numbers(database, heading)
    return PublicRecap(
        agency=numbers.agency,
        period=numbers.total.period,
        version=heading.version,
        published_at=heading.published_at,
        sha256=heading.sha256,
        index=None if withheld else numbers.index,
        words=numbers.words,
        time_zone=numbers.time_zone,
    )
