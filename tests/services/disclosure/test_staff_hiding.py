"""Which lines of a recap's IP ASN may be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from survey_app.services.disclosure.staff_hiding import hidden_lines
from survey_app.services.publishing.recap import StaffLine, StaffYear


def line(name: str, n: int) -> StaffLine:
    return StaffLine(
        name=name,
        headcount=n,
        n=n,
        value=Decimal("80.00"),
        category="Sedang",
        in_gap=False,
        recorded=(n,) * 4,
    )


@pytest.mark.parametrize("order", [(2, 40, 60), (40, 2, 60), (60, 40, 2)])
def test_of_two_agencies_of_one_name_the_small_one_is_not_shown_with_the_large(
    order: tuple[int, int, int],
) -> None:
    """Two staff of "Dinas Kesehatan" in the province, beside forty of a "Dinas Kesehatan" elsewhere."""
    names = {2: "Dinas Kesehatan", 40: "Dinas Kesehatan", 60: "Dinas Sosial"}
    agencies = tuple(line(names[n], n) for n in order)
    staff = StaffYear(year=2026, rulesets=("ip-asn-2023",), whole=line("", 102), agencies=agencies)
    assert "Dinas Kesehatan" in hidden_lines(staff)
