"""Which published versions are withheld, because with the others they would single out a few people.

In go the published versions of units and of recaps, in the order of publishing, each with its people
(`people_behind`). Out come those whose values are not shown. "A few" are 1 to MINIMUM - 1 people. What was
shown cannot be taken back, so it is the later version that is withheld. There are three rules:

1. Beside its unit's own versions. A unit publishes January with 20 people, February with 15, and then the
   quarter with 38: the quarter less the two months is March with 3 people, so the quarter is withheld. Its
   next version has 40, of whom 5 are of March: it is shown.

2. Beside recaps. A recap is the mean of its units' values. Units a and b publish a half-year with 20 people
   each; then 3 answers of a come late, and the agency publishes its recap of a with 23 and b with 20. Twice
   the recap less b is a with 23 people, and less the published a it is the 3 late ones: the recap is
   withheld. Where the recap came first, with 20 of each, and b, it is a's version with 23 that is withheld.

3. After damage. Of a version that cannot be read any more nobody knows how many people somebody has seen.
   What was published after it about the same months, and could be subtracted from it, is withheld.

A version of few people by itself is hidden too, but not by these rules and not called withheld: `narrowed`
hides it whole, so nobody can subtract it. Whether something would be withheld is asked in `foretelling`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics import Period
from analytics.disclosure import MINIMUM, PublishedTotal, RecapTotal, Unit, UnitTotal, is_few
from analytics.disclosure import recaps_to_withhold as to_withhold_of_all
from analytics.disclosure import to_withhold as to_withhold_of_unit
from survey_app.services.disclosure import people_behind
from survey_app.services.publishing.soundness import behind, dated, order
from survey_app.storage import publications, recap_publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading


@dataclass(frozen=True)
class Withheld:
    """Versions of units and of recaps whose values are not to be shown."""

    units: frozenset[Heading] = frozenset()
    recaps: frozenset[RecapHeading] = frozenset()

    @classmethod
    def of(cls, versions: Iterable[Heading | RecapHeading]) -> Withheld:
        """These versions, units' and recaps' apart."""
        found = list(versions)
        return cls(
            units=frozenset(v for v in found if isinstance(v, Heading)),
            recaps=frozenset(v for v in found if isinstance(v, RecapHeading)),
        )


@dataclass(frozen=True)
class PublicOrder:
    """What can be subtracted from each other where recaps are public, the oldest first.

    Attributes:
        counted: versions with their people: every recap, and what the units show by the first rule.
        damaged: versions whose people are not known any more.
    """

    counted: Sequence[tuple[Heading | RecapHeading, UnitTotal | RecapTotal]]
    damaged: Sequence[Heading | RecapHeading]

    @property
    def totals(self) -> list[UnitTotal | RecapTotal]:
        """The people alone."""
        return [total for _, total in self.counted]


def withheld(database: Database, versions: Iterable[Heading]) -> set[Heading]:
    """Those of `versions`, all of some units, the oldest first, whose values are not to be shown."""
    return _beside_own_versions(database, list(versions)) | beside_recaps(database).units


def beside_recaps(database: Database) -> Withheld:
    """What is withheld because of the recaps that are shown, and recaps because of what else is."""
    with database.read() as connection:
        state = recap_publications.state(connection)
    _, recaps = state
    # Without a recap nothing has to be read.
    return _beside_recaps(database, state) if recaps else Withheld()


# Publications are appended and never altered, so the last of them stand for all.
@lru_cache(maxsize=8)
def _beside_recaps(database: Database, state: tuple[int, int]) -> Withheld:
    public = public_order(database)
    few_left = to_withhold_of_all(public.totals, MINIMUM)
    leaving_few = [version for (version, _), hide in zip(public.counted, few_left, strict=True) if hide]
    return Withheld.of([*leaving_few, *_after_damage(public)])


def _after_damage(public: PublicOrder) -> list[Heading | RecapHeading]:
    """A recap after anything damaged about its months, a unit's version after a damaged recap.

    A unit's version after a damaged one of its own is withheld beside its own versions already, and one of
    another unit cannot be subtracted from it.
    """
    units = [version for version, _ in public.counted if isinstance(version, Heading)]
    recaps = [version for version, _ in public.counted if isinstance(version, RecapHeading)]
    damaged_recaps = [version for version in public.damaged if isinstance(version, RecapHeading)]
    return [*behind(damaged_recaps, units), *behind(public.damaged, recaps)]


def public_order(database: Database, *more: Period) -> PublicOrder:
    """Every recap, and what the units show of the years that recaps are about, by their own versions.

    Args:
        more: periods whose years are wanted as well. No period reaches beyond its year.
    """
    with database.read() as connection:
        recap_versions = dated(recap_publications.all_headings(connection))
        unit_versions = dated(publications.headings(connection))
    years = {_year(recap) for recap in recap_versions} | {period.first_day.year for period in more}
    hidden = _beside_own_versions(database, unit_versions)
    units = people_behind.of_units(database, [v for v in unit_versions if _year(v) in years])
    recaps = people_behind.of_recaps(database, recap_versions)
    # What is few by itself is hidden whole, so nobody can subtract it.
    shown = [(v, total) for v, total in units.counted if v not in hidden and not is_few(total.total.n)]
    counted: list[tuple[Heading | RecapHeading, UnitTotal | RecapTotal]] = [*shown, *recaps.counted]
    return PublicOrder(
        counted=sorted(counted, key=lambda each: order(each[0])), damaged=[*units.damaged, *recaps.damaged]
    )


def _year(version: Heading | RecapHeading) -> int:
    return Period.parse(version.period).first_day.year


def _beside_own_versions(database: Database, versions: Sequence[Heading]) -> set[Heading]:
    """What units must not show beside their own versions: leaving a few, or after a damaged one."""
    by_unit: dict[Unit, list[tuple[Heading, PublishedTotal]]] = defaultdict(list)
    people = people_behind.of_units(database, versions)
    for version, of_unit in people.counted:
        by_unit[of_unit.unit].append((version, of_unit.total))
    hidden = {version for counted in by_unit.values() for version in _leaving_few(tuple(counted))}
    for damaged in people.damaged:
        hidden |= behind([damaged], [version for version in versions if version.unit == damaged.unit])
    return hidden


@lru_cache(maxsize=4096)
def _leaving_few(versions: tuple[tuple[Heading, PublishedTotal], ...]) -> tuple[Heading, ...]:
    """Those of one unit's versions, each with its people, that with earlier ones would leave a few."""
    few_left = to_withhold_of_unit([total for _, total in versions], MINIMUM)
    # What is few by itself is hidden whole anyway, and says so.
    return tuple(
        version
        for (version, total), hide in zip(versions, few_left, strict=True)
        if hide and not is_few(total.n)
    )
