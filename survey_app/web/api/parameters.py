"""What operations are asked with, as OpenAPI shows it and as it is checked."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from pydantic import StringConstraints

_CODE = r"^[A-Za-z0-9-]{1,40}$"
#: As `Period.parse` reads it.
PERIOD = r"^(19|2[01])[0-9]{2}(-(S[12]|TW[1-4]|0[1-9]|1[0-2]))?$"
_CURSOR = r"^[0-9a-z.-]{1,120}$"


def both(indonesian: str, english: str) -> str:
    """A description in both languages: the docs page shows the side that is read."""
    return f"{indonesian} / {english}"


Code = Annotated[str, StringConstraints(pattern=_CODE)]
PeriodText = Annotated[str, StringConstraints(pattern=PERIOD)]
Cursor = Annotated[str, StringConstraints(pattern=_CURSOR)]

UnitPath = Annotated[Code, Path(description=both("Kode unit layanan", "Code of the service unit"))]
AgencyPath = Annotated[Code, Path(description=both("Kode instansi", "Code of the agency"))]
_PERIOD_MEANS = both("Periode: 2026, 2026-S1, 2026-TW3, 2026-07", "Period: 2026, 2026-S1, 2026-TW3, 2026-07")
PeriodPath = Annotated[PeriodText, Path(description=_PERIOD_MEANS, examples=["2026-S1"])]
PeriodQuery = Annotated[PeriodText, Query(description=_PERIOD_MEANS, examples=["2026-S1"])]
After = Annotated[
    Cursor | None, Query(description=both("next dari halaman sebelumnya", "next of the page before"))
]
Limit = Annotated[int, Query(ge=1, le=200, description=both("Jumlah per halaman", "Number on a page"))]
USUAL_LIMIT = 50
