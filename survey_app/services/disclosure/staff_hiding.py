"""IP ASN of few staff: hidden, with enough others that it cannot be worked out from agency and province."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.disclosure import is_few
from survey_app.services.ip_asn import splits
from survey_app.services.ip_asn.splits import Hidden
from survey_app.services.publishing.recap import StaffLine, StaffYear

#: Stands for everybody else, so that only the staff of a value are looked at.
_OTHERS = 10**9


def decide(agencies: Mapping[str, Mapping[int, int]]) -> Hidden:
    """Units, agencies and the whole whose value may not be told.

    Args:
        agencies: by code the staff behind each unit's value, by the unit's id; 0 for a unit without one.
    """
    return splits.decide(
        {code: {unit: (n, _OTHERS) for unit, n in units.items()} for code, units in agencies.items()}
    )


def hidden_lines(staff: StaffYear) -> frozenset[str]:
    """Names of agencies whose line may not be told; "" for the line of all of them."""
    # By their places: two agencies may have one name, and then both lines are hidden with either.
    hidden = decide({str(place): {0: behind(line)} for place, line in enumerate(staff.agencies)})
    names = frozenset(staff.agencies[int(place)].name for place in hidden.agencies)
    return names | ({""} if hidden.province or is_few(behind(staff.whole)) else set())


def behind(line: StaffLine) -> int:
    """Staff whose mean it is; those with nothing complete where there is no mean."""
    return line.n or line.headcount
