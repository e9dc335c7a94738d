"""Which published versions anyone may see: those that do not, with the others, single out a few people.

Versions are taken in the order in which they were published. What has been shown cannot be taken back, so the
later one is withheld: a version that adds three late answers, or the year that would give away the three
answers of the one month that was not published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics.disclosure import MINIMUM
from analytics.narrowing import PublishedTotal, to_withhold
from analytics.period import Period
from analytics.recap_narrowing import RecapTotal, Unit, UnitTotal
from analytics.recap_narrowing import to_withhold as to_withhold_of_all
from survey_app import instruments
from survey_app.services import recap_numbers
from survey_app.services.overview import overview
from survey_app.services.recap_numbers import unit_key
from survey_app.services.results import UnitResult
from survey_app.services.scope import Scope
from survey_app.services.source import Source
from survey_app.storage import publications, recap_publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading


@dataclass(frozen=True)
class Withheld:
    """Versions of units and of recaps whose values are not to be shown."""

    units: frozenset[Heading]
    recaps: frozenset[RecapHeading]


_NOTHING = Withheld(frozenset(), frozenset())


def withheld(database: Database, headings: Iterable[Heading]) -> set[Heading]:
    """Those of `headings`, all versions of some units, the oldest first, whose values are not to be shown."""
    return _alone(database, headings) | of_recaps(database).units


def of_recaps(database: Database) -> Withheld:
    """What is not to be shown because of the recaps that are shown, or the other way round."""
    with database.read() as connection:
        state = recap_publications.state(connection)
    # Without a recap nothing has to be read.
    return _of_recaps(database, state) if state[1] else _NOTHING


# Publications are appended and never altered, so the last of them stand for all.
@lru_cache(maxsize=8)
def _of_recaps(database: Database, state: tuple[int, int]) -> Withheld:
    order = _in_order(database)
    few = to_withhold_of_all([_published(database, heading) for heading in order], MINIMUM)
    hidden = [heading for heading, hide in zip(order, few, strict=True) if hide]
    return Withheld(
        frozenset(h for h in hidden if isinstance(h, Heading)),
        frozenset(h for h in hidden if isinstance(h, RecapHeading)),
    )


def would_be_withheld(database: Database, result: UnitResult) -> bool:
    """Whether a unit's period, published now, would give away a few answers together with what is shown."""
    unit = unit_key(result.entry.unit.code, result.instrument)
    new = PublishedTotal(result.period, result.score.n)
    with database.read() as connection:
        headings = publications.headings(connection, result.entry.unit.code)
        recaps = recap_publications.state(connection)[1]
    read = [(h, *_people(Source(database, h))) for h in headings]
    mine = [
        PublishedTotal(Period.parse(h.period), n)
        for h, ref, n in read
        if unit_key(h.unit, instruments.get(ref)) == unit
    ]
    if to_withhold([*mine, new], MINIMUM)[-1]:
        return True
    if not recaps:
        return False
    published = [_published(database, heading) for heading in _in_order(database)]
    return to_withhold_of_all([*published, UnitTotal(unit, new)], MINIMUM)[-1]


def recap_would_be_withheld(database: Database, scope: Scope, period: Period) -> bool:
    """The same of the recap of an agency, or of the province."""
    new = recap_numbers.total(period, overview(database, scope, period, back=0).units)
    with database.read() as connection:
        state = recap_publications.state(connection)
    people = tuple((agency, tuple(units.items())) for agency, units in new.people.items())
    return _recap_withheld(database, state, period, people)


# A page asks at every click: kept under the last publications and the people themselves.
@lru_cache(maxsize=64)
def _recap_withheld(
    database: Database,
    state: tuple[int, int],
    period: Period,
    people: tuple[tuple[str, tuple[tuple[Unit, int], ...]], ...],
) -> bool:
    new = RecapTotal(period, {agency: dict(units) for agency, units in people})
    order = _in_order(database, period)
    return to_withhold_of_all([*(_published(database, h) for h in order), new], MINIMUM)[-1]


def beside_shown(
    database: Database,
    period: Period,
    told: Sequence[UnitTotal | RecapTotal],
    recap: tuple[str | None, int | None] = (None, None),
) -> tuple[bool, ...]:
    """Which of `told`, one after another after all that is shown, would leave a few people.

    Args:
        recap: agency (None for the province) and version of the published recap of `period` that tells it:
            only what was shown before it counts. Without a version everything that is shown now does.
    """
    order = _in_order(database, period, period.shift(-1))
    own = [i for i, h in enumerate(order) if isinstance(h, RecapHeading) and _is(h, period, recap)]
    known = [_published(database, heading) for heading in (order[: own[0]] if own else order)]
    alone: dict[Unit, list[PublishedTotal]] = defaultdict(list)
    for item in known:
        if isinstance(item, UnitTotal):
            alone[item.unit].append(item.total)
    kept = [item for item in told if isinstance(item, RecapTotal) or _fits(alone, item)]
    few = to_withhold_of_all([*known, *kept], MINIMUM)[len(known) :]
    shown = {id(item) for item, hide in zip(kept, few, strict=True) if not hide}
    return tuple(id(item) not in shown for item in told)


def _is(heading: RecapHeading, period: Period, recap: tuple[str | None, int | None]) -> bool:
    return (heading.agency, heading.period, heading.version) == (recap[0] or "", str(period), recap[1])


def _fits(alone: dict[Unit, list[PublishedTotal]], item: UnitTotal) -> bool:
    """Whether a unit's total leaves nobody alone beside its others; it then counts as one of them."""
    together = [*alone[item.unit], item.total]
    if to_withhold(together, MINIMUM)[-1]:
        return False
    alone[item.unit] = together
    return True


def _in_order(database: Database, *more: Period) -> list[Heading | RecapHeading]:
    """Every recap, and the units' publications of the same years that are shown as far as they alone go.

    Those of the years of `more` as well.
    """
    with database.read() as connection:
        recaps = recap_publications.all_headings(connection)
        headings = publications.headings(connection)
    alone = _alone(database, headings)
    years = {_year(recap.period) for recap in recaps} | {period.first_day.year for period in more}
    units = [h for h in headings if h not in alone and _year(h.period) in years and not _small(database, h)]
    # Of the same second the units first: a recap is published with them in sight.
    return sorted([*units, *recaps], key=lambda h: h.published_at)


def _year(period: str) -> int:
    return Period.parse(period).first_day.year


def _small(database: Database, heading: Heading) -> bool:
    """Hidden whole, and says so."""
    return 0 < _people(Source(database, heading))[1] < MINIMUM


def _published(database: Database, heading: Heading | RecapHeading) -> UnitTotal | RecapTotal:
    if isinstance(heading, RecapHeading):
        return recap_numbers.numbers(database, heading).total
    ref, n = _people(Source(database, heading))
    key = unit_key(heading.unit, instruments.get(ref))
    return UnitTotal(key, PublishedTotal(Period.parse(heading.period), n))


def _alone(database: Database, headings: Iterable[Heading]) -> set[Heading]:
    """What a unit's own publications would give away, and what is too small by itself is not among it."""
    by_unit: dict[Unit, list[tuple[Heading, int]]] = defaultdict(list)
    for heading in headings:
        # Sums of different questionnaires cannot be subtracted from each other.
        ref, n = _people(Source(database, heading))
        by_unit[unit_key(heading.unit, instruments.get(ref))].append((heading, n))
    return {hidden for versions in by_unit.values() for hidden in _withheld_of(tuple(versions))}


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=16384)
def _people(source: Source[Heading]) -> tuple[str, int]:
    with source.database.read() as connection:
        return publications.people(connection, source.heading)


@lru_cache(maxsize=4096)
def _withheld_of(versions: tuple[tuple[Heading, int], ...]) -> tuple[Heading, ...]:
    totals = [PublishedTotal(Period.parse(heading.period), n) for heading, n in versions]
    # One that is small by itself is hidden whole anyway, and says so.
    few = to_withhold(totals, MINIMUM)
    return tuple(h for (h, n), hide in zip(versions, few, strict=True) if hide and not 0 < n < MINIMUM)
