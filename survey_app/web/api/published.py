"""What is published, as models: the same figures as /hasil.json and /hasil/<unit>.json."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from survey_app.services.disclosure.public_recaps import PublicRecap
from survey_app.services.disclosure.public_results import PublicResult
from survey_app.text import Text
from survey_app.web import open_data, open_index
from survey_app.web.api.paging import Page
from survey_app.web.api.parameters import both


def _means(text: Text) -> str:
    return both(text.id, text.en)


def _field(name: str) -> object:
    """A field that means what the column of the open data means."""
    return Field(description=_means({**open_index.FIELDS, **open_data.FIELDS}[name]))


class AgencyName(BaseModel):
    """An agency."""

    code: str
    name: str


class Edition(BaseModel):
    """Which version of which period."""

    period: Annotated[str, _field("period")]
    first_day: Annotated[date, _field("first_day")]
    last_day: Annotated[date, _field("last_day")]
    version: Annotated[int, _field("version")]
    published_at: Annotated[datetime, _field("published_at")]
    sha256: Annotated[str, _field("sha256")]


class Value(BaseModel):
    """An index with its interval, or why there is none."""

    n: Annotated[int | None, _field("n")]
    ikm: Annotated[float | None, Field(ge=0, le=100, description=_means(open_data.FIELDS["ikm"]))]
    mutu: Annotated[str | None, _field("mutu")]
    ci_low: Annotated[float | None, _field("ci_low")]
    ci_high: Annotated[float | None, _field("ci_high")]
    reason: Annotated[str | None, _field("reason")]


class Result(Edition, Value):
    """A published result of the province, an agency, or a service unit."""

    kind: Annotated[Literal["province", "agency", "unit"], _field("kind")]
    agency: Annotated[
        AgencyName | None,
        Field(description=both("instansi; kosong untuk provinsi", "agency; empty for the province")),
    ]
    unit: Annotated[str | None, Field(description=_means(open_index.FIELDS["unit"]))]
    name: Annotated[str | None, Field(description=_means(open_index.FIELDS["name"]))]
    method: Annotated[str | None, _field("method")]
    units_reporting: Annotated[int | None, _field("units_reporting")]
    units_total: Annotated[int | None, _field("units_total")]


class UnitPeriod(Edition, Value):
    """A published period of a service unit."""

    unit: str
    instrument: Annotated[str, _field("instrument")]
    population: Annotated[int | None, _field("population")]


class UnsurValue(BaseModel):
    """The value of a service element (unsur)."""

    unsur: Annotated[str, Field(description=both("kode unsur", "code of the service element"))]
    name: Annotated[str, _field("name")]
    n: Annotated[int | None, _field("n")]
    nrr: Annotated[float | None, _field("nrr")]
    ikm: Annotated[float | None, Field(ge=0, le=100, description=_means(open_data.FIELDS["ikm"]))]
    mutu: Annotated[str | None, _field("mutu")]
    reason: Annotated[str | None, _field("reason")]


class Respondents(BaseModel):
    """Who answered, by one field of the profile."""

    field: str
    counts: Annotated[
        dict[str, int | None],
        Field(
            description=both(
                "jumlah per pilihan; null disembunyikan, kunci kosong tidak diisi",
                "counts by option; null is hidden, the empty key is not stated",
            )
        ),
    ]


class UnitPeriodWhole(UnitPeriod):
    """A published period of a service unit, with its unsur and respondents."""

    unsur: list[UnsurValue]
    respondents: list[Respondents]


class Results(Page[Result]):
    """Published results."""


class UnitPeriods(Page[UnitPeriod]):
    """Published periods of a unit, in the order of their ends."""


def of_recap(recap: PublicRecap) -> Result:
    """A recap as /hasil.json has it, its agency with its code."""
    agency = None if recap.agency is None else AgencyName(code=recap.agency.code, name=recap.agency.name)
    return _result({**open_index.of_recap(recap), "agency": agency})


def of_latest(unit: PublicResult) -> Result:
    """The same of the last period of a unit."""
    agency = AgencyName(code=unit.agency_code, name=unit.agency)
    return _result({**open_index.of_unit(unit), "agency": agency})


def of_period(result: PublicResult) -> UnitPeriod:
    """A period as /hasil/<unit>.json has it."""
    return UnitPeriod.model_validate(_whole(result, UnitPeriod))


def of_whole_period(result: PublicResult) -> UnitPeriodWhole:
    """The same with unsur and respondents."""
    return UnitPeriodWhole.model_validate(_whole(result, UnitPeriodWhole))


def _result(row: dict[str, object]) -> Result:
    return Result.model_validate({name: row.get(name) for name in Result.model_fields})


def _whole(result: PublicResult, model: type[BaseModel]) -> dict[str, object]:
    row = {**open_data.of_period(result), "unit": result.unit_code}
    return {name: row.get(name) for name in model.model_fields}
