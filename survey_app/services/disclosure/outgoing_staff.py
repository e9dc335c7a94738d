"""What may leave the office of IP ASN: no value of a few staff, nor what would give one away.

Units add up to agencies and agencies to the province, so beside a hidden value others are hidden until
enough staff are among the hidden ones (`staff_hiding`). The internal edition says everything.
"""

from __future__ import annotations

from dataclasses import replace

from analytics.disclosure import is_few
from survey_app.services.disclosure import staff_hiding
from survey_app.services.ip_asn import splits
from survey_app.services.ip_asn.measurement import IpAsnResult
from survey_app.services.ip_asn.overview import IpAsnYear, YearPoint, ip_asn_series, ip_asn_year
from survey_app.services.ip_asn.splits import Hidden
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database


def of_year(database: Database, scope: Scope, year: int, inside: Acting | None = None) -> IpAsnYear:
    """A year of `scope` as an edition may tell it.

    Args:
        inside: who works inside and asks for the internal edition; None for the public one.

    Raises:
        Refused: `role-refused`, `scope-refused` for an internal edition.
    """
    ip_asn = ip_asn_year(database, scope, year)
    if inside is not None:
        _permit(database, scope, inside)
        return ip_asn
    gone = _hidden(database, year)
    return replace(
        ip_asn,
        whole=_told(ip_asn.whole, _is_hidden(gone, database, scope)),
        agencies=tuple((agency, _told(m, agency.code in gone.agencies)) for agency, m in ip_asn.agencies),
        units=tuple((entry, _told(m, entry.unit.id in gone.units)) for entry, m in ip_asn.units),
    )


def of_series(database: Database, scope: Scope, inside: Acting | None = None) -> tuple[YearPoint, ...]:
    """Every year of `scope`. Args, Raises: as `of_year`."""
    series = ip_asn_series(database, scope)
    if inside is not None:
        _permit(database, scope, inside)
        return series
    return tuple(_point(database, scope, point) for point in series)


def of_result(
    database: Database, result: IpAsnResult, inside: Acting | None = None
) -> tuple[IpAsnResult, bool]:
    """The result as a command may print it, and whether its value is hidden. Args, Raises: as `of_year`."""
    scope = PROVINCE if result.entry is None else Scope(unit=result.entry.unit.code)
    if inside is not None:
        _permit(database, scope, inside)
        return result, False
    if result.index is None:
        return result, False
    measure = of_year(database, scope, result.year).whole
    if measure.hidden:
        return replace(result, index=None), True
    index = result.index
    for split in measure.hidden_splits:
        index = splits.without(index, split)
    return replace(result, index=index), False


def _permit(database: Database, scope: Scope, inside: Acting) -> None:
    if scope.unit is None:
        inside.require_whole(scope.agency, Action.SEE_INSIDE)
    else:
        inside.require(catalogue.find_unit(database, scope.unit, PROVINCE), Action.SEE_INSIDE)


def _point(database: Database, scope: Scope, point: YearPoint) -> YearPoint:
    hidden = _is_hidden(_hidden(database, point.year), database, scope)
    return replace(point, measure=_told(point.measure, hidden))


def _hidden(database: Database, year: int) -> Hidden:
    agencies: dict[str, dict[int, int]] = {}
    for entry, measure in ip_asn_year(database, PROVINCE, year).units:
        agencies.setdefault(entry.agency.code, {})[entry.unit.id] = _behind(measure)
    return staff_hiding.decide(agencies)


def _is_hidden(gone: Hidden, database: Database, scope: Scope) -> bool:
    if scope.unit is not None:
        return catalogue.find_unit(database, scope.unit, PROVINCE).unit.id in gone.units
    return gone.province if scope.agency is None else scope.agency in gone.agencies


def _behind(measure: Measure) -> int:
    """Staff whose mean it is; those with nothing complete where there is no mean."""
    return 0 if measure.index is None else measure.index.total.n or measure.index.headcount


def _told(measure: Measure, hidden: bool) -> Measure:
    if hidden or is_few(_behind(measure)):
        return Measure(measure.rulesets, hidden=True)
    return replace(measure, missing=tuple(m for m in measure.missing if not is_few(m.staff)))
