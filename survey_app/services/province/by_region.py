"""The kabupaten and kota of the province: the index of the units that serve each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics import Reason
from analytics.comparison import Aggregate, Method
from analytics.disclosure import is_few
from analytics.ikm import Estimate
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.region_tiles import Tile, short_names, tiles
from survey_app.services.places.regions import Province, Region
from survey_app.services.places.unit_region import province_of
from survey_app.services.province.indices import Part, index_of, parts


@dataclass(frozen=True, kw_only=True)
class RegionIndex:
    """A region of the map.

    Attributes:
        name: the short one, which is enough within its province.
        units: how many serve it and count in the period.
        index: the mean of those that have a value, with its interval; None without any unit.
    """

    region: Region
    name: str
    tile: Tile
    units: int
    index: Aggregate | None


@dataclass(frozen=True, kw_only=True)
class ByRegion:
    """All regions of one province.

    Attributes:
        regions: in the order of their codes.
        others: units that serve no single one of them: the whole province, or a region elsewhere.
    """

    province: Province
    regions: tuple[RegionIndex, ...]
    others: int

    @property
    def measured(self) -> tuple[RegionIndex, ...]:
        """Those with a value, the lowest first."""
        valued = [
            (value, r)
            for r in self.regions
            if r.index is not None and (value := r.index.estimate.exact) is not None
        ]
        return tuple(r for _, r in sorted(valued, key=lambda pair: pair[0]))


def by_region(units: Sequence[UnitResult]) -> ByRegion | None:
    """The regions of the units' province in the shown period; None where no unit is said to serve one.

    The index of a region is the mean of its units' (`Method.MEAN_OF_UNITS`), its interval that of their
    samples. Units of a questionnaire without IKM are left out. Behind a value stand at least
    `disclosure.MINIMUM` people; who does not see what stays inside hands in `on_screen.without_few`.
    """
    ours = [u for u in units if u.instrument.gives_ikm]
    province = province_of(u.entry for u in ours)
    if province is None:
        return None
    of_region = {u.entry.unit.code: u.entry.unit.region for u in ours}
    return regions_of(province, [(of_region[part[0]], part) for part in parts(ours, -1)])


def regions_of(province: Province, placed: Sequence[tuple[str | None, Part]]) -> ByRegion:
    """The same of any results, each with the code of its region."""
    members: defaultdict[str | None, list[Part]] = defaultdict(list)
    for region, part in placed:
        members[region].append(part)
    names, where = short_names(province), tiles(province)
    found = tuple(
        RegionIndex(
            region=region,
            name=names[region.code],
            tile=where[region.code],
            units=len(members[region.code]),
            index=_index(tuple(members[region.code])),
        )
        for region in province.regions
    )
    return ByRegion(province=province, regions=found, others=len(placed) - sum(r.units for r in found))


def _index(of: tuple[Part, ...]) -> Aggregate | None:
    if not of:
        return None
    found = index_of(of, Method.MEAN_OF_UNITS, None)
    if is_few(found.n):
        return replace(found, estimate=Estimate.undefined(Reason.FEW_PEOPLE), band=None, n=0)
    return found
