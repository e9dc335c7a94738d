"""Published results, for anybody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from survey_app.services.disclosure import public_results
from survey_app.services.disclosure.public_results import PublicResult
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE
from survey_app.web import open_data
from survey_app.web.api import problems
from survey_app.web.api.caller import SiteHere

router = APIRouter(prefix="/results", tags=["results"])


class UnitResult(BaseModel):
    """What a service unit has published of one period."""

    unit: str
    period: str
    first_day: date
    last_day: date
    version: int
    published_at: datetime
    sha256: str
    n: int | None
    ikm: Annotated[float | None, Field(ge=25, le=100)]
    mutu: str | None
    ci_low: float | None = None
    ci_high: float | None = None
    reason: str | None


@router.get("/units/{unit}", responses=problems.responses(404))
def list_results_of_unit(site: SiteHere, unit: Annotated[str, Path(max_length=40)]) -> list[UnitResult]:
    """Every period a unit has published."""
    entry = catalogue.find_unit(site.database(), unit, PROVINCE)
    return [_shown(found) for found in public_results.of_unit(site.database(), entry.unit.code)]


def _shown(result: PublicResult) -> UnitResult:
    value = {k: v for k, v in open_data.whole(result).items() if k in UnitResult.model_fields}
    return UnitResult.model_validate({"unit": result.unit_code, **open_data.edition(result), **value})
