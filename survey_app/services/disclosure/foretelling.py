"""Whether a value would be withheld if it were shown now: asked before publishing, and before a report tells.

The rules are those of `withholding`, with what is asked about put behind everything that is public, as if it
were published last. A unit has shown a half-year of 20 people. Asked about 22, the answer is that it would be
withheld, for the 2 who came since; asked about 25 it is that it would be shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from analytics import Period
from analytics.disclosure import MINIMUM, Files, PublishedTotal, RecapTotal, Unit, UnitTotal
from analytics.disclosure import recaps_to_withhold as to_withhold_of_all
from analytics.disclosure import to_withhold as to_withhold_of_unit
from survey_app.services.disclosure import people_behind
from survey_app.services.disclosure.people_behind import any_about
from survey_app.services.disclosure.withholding import PublicOrder, public_order
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.scope import Scope
from survey_app.services.province.overview import overview
from survey_app.services.publishing import recap_numbers
from survey_app.services.publishing.recap_numbers import unit_key
from survey_app.services.publishing.soundness import dated
from survey_app.storage import publications, recap_publications
from survey_app.storage.database import Database
from survey_app.storage.recap_publications import RecapHeading

#: The people of a recap by agency and unit, as something that can be compared.
_People = tuple[tuple[str, tuple[tuple[Unit, int], ...]], ...]
#: And the files they came with.
_FilesOfUnits = tuple[tuple[Unit, Files | None], ...]


def would_be_withheld(database: Database, result: UnitResult) -> bool:
    """Whether a unit's period, published now, would give away a few answers together with what is shown."""
    code = result.entry.unit.code
    new = UnitTotal(unit_key(code, result.instrument), people_behind.total_of(result))
    with database.read() as connection:
        versions = dated(publications.headings(connection, code))
        _, recaps = recap_publications.state(connection)
    own = people_behind.of_units(database, versions)
    alike = [total.total for _, total in own.counted if total.unit == new.unit]
    if any_about(own.damaged, result.period) or to_withhold_of_unit([*alike, new.total], MINIMUM)[-1]:
        return True
    if not recaps:
        return False
    public = public_order(database)
    damaged = [version for version in public.damaged if isinstance(version, RecapHeading)]
    return any_about(damaged, result.period) or _leaves_few(public, new)


def recap_would_be_withheld(database: Database, scope: Scope, period: Period) -> bool:
    """The same of the recap of an agency, or of the province."""
    new = recap_numbers.total(period, overview(database, scope, period, back=0).units)
    with database.read() as connection:
        state = recap_publications.state(connection)
    people = tuple((agency, tuple(units.items())) for agency, units in new.people.items())
    return _recap_withheld(database, state, period, people, tuple(new.files.items()))


# A page asks at every click: kept under the last publications and the people themselves.
@lru_cache(maxsize=64)
def _recap_withheld(
    database: Database, state: tuple[int, int], period: Period, people: _People, files: _FilesOfUnits
) -> bool:
    new = RecapTotal(period, {agency: dict(units) for agency, units in people}, dict(files))
    public = public_order(database, period)
    return any_about(public.damaged, period) or _leaves_few(public, new)


def _leaves_few(public: PublicOrder, new: UnitTotal | RecapTotal) -> bool:
    return to_withhold_of_all([*public.totals, new], MINIMUM)[-1]


def beside_shown(
    database: Database,
    period: Period,
    told: Sequence[UnitTotal | RecapTotal],
    recap: tuple[str | None, int | None] = (None, None),
) -> tuple[bool, ...]:
    """Which of `told`, one after another after all that is shown, would leave a few people.

    Args:
        recap: agency (None for the province) and version of the published recap of `period` that `told` is
            of: only what was shown before it counts. Without a version everything that is shown now does.
    """
    public = public_order(database, period, period.shift(-1))
    if any_about(public.damaged, period):
        return (True,) * len(told)
    known = _before(public, period, recap)
    fitting = _fitting(known, told)
    few_left = to_withhold_of_all([*known, *(told[place] for place in fitting)], MINIMUM)[len(known) :]
    shown = {place for place, hide in zip(fitting, few_left, strict=True) if not hide}
    return tuple(place not in shown for place in range(len(told)))


def _before(
    public: PublicOrder, period: Period, recap: tuple[str | None, int | None]
) -> list[UnitTotal | RecapTotal]:
    """What was public before a version of a recap; everything, without one."""
    agency, version = recap
    own = (agency or "", str(period), version)
    for place, (heading, _) in enumerate(public.counted):
        if isinstance(heading, RecapHeading) and (heading.agency, heading.period, heading.version) == own:
            return public.totals[:place]
    return public.totals


def _fitting(known: Sequence[UnitTotal | RecapTotal], told: Sequence[UnitTotal | RecapTotal]) -> list[int]:
    """Places of those of `told` that leave nobody alone beside totals of the same unit; every recap."""
    of_unit: dict[Unit, list[PublishedTotal]] = defaultdict(list)
    for each in known:
        if isinstance(each, UnitTotal):
            of_unit[each.unit].append(each.total)
    places = []
    for place, each in enumerate(told):
        if isinstance(each, UnitTotal):
            together = [*of_unit[each.unit], each.total]
            if to_withhold_of_unit(together, MINIMUM)[-1]:
                continue
            # It is told, so the following ones stand beside it.
            of_unit[each.unit] = together
        places.append(place)
    return places
