"""Which kabupaten or kota a unit serves, and which province that makes this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.regions import Province, Region, known_region, regions
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import places
from survey_app.storage.database import Database


@audited(
    Action.MANAGE_UNIT,
    "region",
    before=lambda database, given: catalogue.find_unit(database, given["unit_code"], PROVINCE).unit.region,
)
def set_region(database: Database, acting: Acting, unit_code: str, region: str | None) -> None:
    """Say which kabupaten or kota the unit serves; None: the whole province.

    Raises: NotFound `unit-unknown`, `region-unknown`; Refused `role-refused`, `scope-refused`.
    """
    unit = catalogue.required(database, acting, unit_code, Action.MANAGE_UNIT).unit
    served = known_region(region)
    database.write(lambda connection: places.set_unit(connection, unit.id, region=served))


def province_of(entries: Iterable[UnitEntry]) -> Province | None:
    """The province of most units that serve one region; None where none does. Of two alike the lower code."""
    counts = Counter(e.unit.region.partition(".")[0] for e in entries if e.unit.region)
    if not counts:
        return None
    return regions().province(min(counts, key=lambda code: (-counts[code], code)))


def offered(entries: Iterable[UnitEntry]) -> Sequence[Region]:
    """The regions a unit may serve: those of this province, where it is known, before all others."""
    ours, every = province_of(entries), regions().provinces
    first = () if ours is None else ours.regions
    return [*first, *(r for p in every if ours is None or p.code != ours.code for r in p.regions)]
