"""Data of staff that are missing: no import for a year, units without any, records that are not complete.

Limits: `months` after a year's end until which nobody expects its IP ASN; `complete`, the share of staff with
complete data that is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from analytics.disclosure import is_few
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.disclosure import outgoing_staff
from survey_app.services.ip_asn import overview
from survey_app.services.ip_asn.overview import IpAsnYear
from survey_app.text import Text

_SUBJECT = Text("IP ASN {year}", "IP ASN {year}")
_NO_IMPORT = Text("Belum ada data pegawai untuk tahun {year}.", "No staff data for {year} yet.")
_UNITS = Text("Unit tanpa data pegawai: {n}.", "Units without staff data: {n}.")
_INCOMPLETE = Text(
    "Data {missing} dari {staff} pegawai belum lengkap{most}.",
    "The data of {missing} out of {staff} staff are not complete{most}.",
)
_MOST = Text("; terbanyak di {agency} ({n})", "; most of them in {agency} ({n})")
_IMPORT = Text("Impor data pegawai", "Import the staff data")
_COMPLETE = Text("Lengkapi data pegawai", "Complete the staff data")


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """One alarm, of the last year that should be there; nothing where IP ASN is not measured at all."""
    imported = overview.years(seen.database)
    expected = _last_expected(seen, int(rule.limits["months"]))
    if not imported or not seen.entries or expected < imported[0]:
        return
    if expected not in imported:
        yield _alarm(seen, expected, _NO_IMPORT.format(year=expected), _IMPORT)
        return
    found = _told(seen, expected)
    without = [entry for entry, measure in found.units if entry.unit.active and not measure.rulesets]
    if without:
        yield _alarm(seen, expected, _UNITS.format(n=len(without)), _IMPORT)
    elif (said := _incomplete(seen, found, rule.limits["complete"])) is not None:
        yield _alarm(seen, expected, said, _COMPLETE)


def _last_expected(seen: Seen, months: int) -> int:
    """The last year that is over for longer than `months`."""
    return (seen.today.year * 12 + seen.today.month - 1 - months) // 12 - 1


def _told(seen: Seen, year: int) -> IpAsnYear:
    if seen.inside:
        return overview.ip_asn_year(seen.database, seen.scope, year)
    return outgoing_staff.of_year(seen.database, seen.scope, year)


def _incomplete(seen: Seen, found: IpAsnYear, enough: float) -> Text | None:
    whole = found.whole.index
    if whole is None or found.whole.hidden:
        return None
    missing = whole.headcount - whole.total.n
    if not missing or (is_few(missing) and not seen.inside) or whole.total.n >= enough * whole.headcount:
        return None
    by_agency = [
        (measure.index.headcount - measure.index.total.n, agency.name)
        for agency, measure in found.agencies
        if seen.inside and measure.index is not None
    ]
    most = max(by_agency, default=(0, ""))
    named = (
        _MOST.format(agency=most[1], n=words.whole(most[0]))
        if most[0] and len(by_agency) > 1
        else Text("", "")
    )
    return _INCOMPLETE.format(missing=words.whole(missing), staff=words.whole(whole.headcount), most=named)


def _alarm(seen: Seen, year: int, what: Text, action: Text) -> Alarm:
    unit = seen.scope.unit
    return Alarm(
        kind=Kind.STAFF_MISSING,
        subject=_SUBJECT.format(year=year),
        what=what,
        sure=Sure.RECORDED,
        responsible=words.STAFF_OFFICE,
        action=action,
        page="ip-asn",
        query={"year": str(year)} | ({} if unit is None else {"unit": unit}),
        unit=unit,
        since_text=words.name(str(year)),
    )
