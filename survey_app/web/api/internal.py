"""What a key with the right `results` reads: a unit's result as it is now, and its answers one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from analytics import Period
from analytics.ikm import Flag
from survey_app.services.disclosure import inside
from survey_app.services.disclosure.inside import SingleAnswer
from survey_app.services.ikm.quality import FlagTally
from survey_app.services.ikm.results import UnitResult
from survey_app.web.api import answering, problems
from survey_app.web.api.caller import ByKey, SiteHere
from survey_app.web.api.paging import Page
from survey_app.web.api.parameters import Code, Cursor, PeriodPath, PeriodQuery, UnitPath, both
from survey_app.web.api.published import UnsurValue, Value
from survey_app.web.open_data import interval_ends, of_unsur

router = APIRouter(prefix="/internal", tags=["internal"])

_MOST = 1000
_USUAL = 200
_Service = Annotated[Code | None, Query(description=both("Kode layanan", "Code of the service"))]
_UnitQuery = Annotated[Code, Query(description=both("Kode unit layanan", "Code of the service unit"))]


class FlagCount(BaseModel):
    """One check of answers: how many were found, and the index without them."""

    flag: str
    n: Annotated[
        int | None,
        Field(description=both("null: tidak dapat diperiksa", "null: could not be checked")),
    ]
    checked: int
    ikm_without: float | None
    difference: Annotated[
        float | None, Field(description=both("nilai semua dikurangi nilai tanpa", "all minus without"))
    ]
    reason: str | None


class Checks(BaseModel):
    """What the checks of answers found. A flag deletes nothing: the index is that of all answers."""

    flagged: int
    ikm_without_flagged: float | None
    flags: list[FlagCount]


class InternalResult(Value):
    """The result of a unit or a service up to the last answer: internal, not to be passed on."""

    unit: str
    service: str | None
    period: str
    first_day: date
    last_day: date
    computed_at: datetime
    instrument: str
    population: int | None
    undated: Annotated[
        int, Field(description=both("jawaban tanpa tanggal di dalamnya", "answers without a date among them"))
    ]
    other_instruments: Annotated[
        dict[str, int],
        Field(description=both("jawaban atas kuesioner lain", "answers to other questionnaires")),
    ]
    unsur: list[UnsurValue]
    checks: Checks | None


class Answer(BaseModel):
    """An answer without personal data; null is not told, because fewer than five share it."""

    month: str
    day: date | None
    service: str | None
    channel: str | None
    instrument: str
    scores: Annotated[
        dict[str, int | None],
        Field(
            description=both(
                "nilai per unsur; null: tidak diisi", "scores by service element; null: left out"
            )
        ),
    ]
    flags: list[str]


class Answers(Page[Answer]):
    """Answers, month after month, in an order that tells nothing."""


@router.get(
    "/results/units/{unit}/{period}",
    summary=both("Hasil internal sebuah unit sampai saat ini", "Internal result of a unit up to now"),
    response_model=InternalResult,
    responses=problems.responses(401, 403, 404),
)
def show_internal_result(
    request: Request,
    site: SiteHere,
    caller: ByKey,
    unit: UnitPath,
    period: PeriodPath,
    service: _Service = None,
) -> Response:
    """The index with its interval, the unsur and the checks of answers, published or not."""
    found = inside.result(site.database(), caller, unit, Period.parse(period), service)
    return answering.inside(request, _result(found, site.clock()))


@router.get(
    "/responses",
    summary=both("Jawaban tanpa data pribadi", "Answers without personal data"),
    response_model=Answers,
    responses={**problems.responses(401, 403, 404, 409), **answering.PAGED},
)
def list_responses(
    request: Request,
    site: SiteHere,
    caller: ByKey,
    unit: _UnitQuery,
    period: PeriodQuery,
    service: _Service = None,
    after: Annotated[Cursor | None, Query(description=both("next sebelumnya", "next of before"))] = None,
    limit: Annotated[
        int, Query(ge=1, le=_MOST, description=both("Jumlah per halaman", "Number on a page"))
    ] = _USUAL,
) -> Response:
    """Of days that are over; 409 where the list has changed since the first page: begin again."""
    page = inside.answers(
        site.database(),
        caller,
        unit,
        Period.parse(period),
        site.clock(),
        service_code=service,
        after=after,
        limit=limit,
    )
    return answering.inside(request, Answers(items=[_answer(a) for a in page.answers], next=page.after))


def _result(found: UnitResult, now: datetime) -> InternalResult:
    score = found.score
    why = score.reason("ikm") or score.reason("interval")
    return InternalResult(
        unit=found.entry.unit.code,
        service=None if found.service is None else found.service.code,
        period=str(found.period),
        first_day=found.period.first_day,
        last_day=found.period.last_day,
        computed_at=now,
        instrument=found.instrument.ref,
        n=score.n,
        population=score.population,
        ikm=None if score.ikm is None else float(score.ikm),
        mutu=score.mutu,
        **interval_ends(score.interval),
        reason=None if why is None else why.value,
        undated=found.undated[-1] if found.undated else 0,
        other_instruments=dict(found.others),
        unsur=list(_unsur(found)),
        checks=_checks(found),
    )


def _unsur(found: UnitResult) -> Iterator[UnsurValue]:
    for element, value in zip(found.instrument.elements, found.score.unsur, strict=True):
        yield UnsurValue(unsur=element.key, name=element.name.id, **of_unsur(value))


def _checks(found: UnitResult) -> Checks | None:
    if found.quality is None:
        return None
    effect = found.quality.effect
    return Checks(
        flagged=effect.flagged,
        ikm_without_flagged=None if effect.unflagged.ikm is None else float(effect.unflagged.ikm),
        flags=[_flag(tally) for tally in found.quality.tallies],
    )


def _flag(tally: FlagTally) -> FlagCount:
    without = None if tally.n is None else tally.without.ikm
    return FlagCount(
        flag=_name(tally.flag),
        n=tally.n,
        checked=tally.checked,
        ikm_without=None if without is None else float(without),
        difference=None if tally.difference is None else float(tally.difference),
        reason=None if tally.reason is None else tally.reason.value,
    )


def _answer(one: SingleAnswer) -> Answer:
    return Answer(
        month=str(one.month),
        day=one.day,
        service=one.service,
        channel=one.channel,
        instrument=one.instrument,
        scores=dict(one.scores),
        flags=[_name(flag) for flag in one.flags],
    )


def _name(flag: Flag) -> str:
    return str(flag.name).lower().replace("_", "-")
