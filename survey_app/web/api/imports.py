"""Files of answers: taken in, listed, taken back, with a key."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from analytics import Period
from survey_app.services.files.uploads import as_file
from survey_app.services.imports import importing, withdrawing
from survey_app.services.imports.columns import Order
from survey_app.services.imports.dates import Dates
from survey_app.services.imports.file import Said
from survey_app.services.imports.importing import ImportReport
from survey_app.services.imports.known import Equal
from survey_app.services.imports.labels import Unnumbered
from survey_app.services.places.acting import Acting
from survey_app.web.api import problems
from survey_app.web.api.caller import ByKey, SiteHere
from survey_app.web.api.heavy import HeavyHere
from survey_app.web.api.parameters import Code, PeriodText, both
from survey_app.web.api.problems import OneProblem
from survey_app.web.api.written import Lines, RowNumber, Written
from survey_app.web.same_origin import is_cross_site
from survey_app.web.site import Site

router = APIRouter(prefix="/imports", tags=["imports"])

#: As much as a page takes in (.streamlit/config.toml), and the rest of the form.
MOST = 20 * 1024 * 1024 + 64 * 1024
#: Seconds in which a file must have come.
_PATIENCE = 180.0
_FORM = "multipart/form-data"


class ImportTerms(BaseModel):
    """What is said beside the file; what is left out is asked where the file leaves it open."""

    model_config = ConfigDict(extra="forbid")

    unit: Annotated[Code, Field(description="Code of the unit.")]
    period: PeriodText
    order: Annotated[Order | None, Field(description="What U8 and U9 hold.")] = None
    dates: Annotated[Dates | None, Field(description="What stands first in 3/4/2024.")] = None
    scale: Annotated[Written | None, Field(description="Of the scores: 1-4, 0-3 or 25-100.")] = None
    unnumbered: Annotated[Unnumbered | None, Field(description="What rows without a number are.")] = None
    equal: Annotated[Equal | None, Field(description="What sheets are that equal those of another file.")] = (
        None
    )
    sheet: Annotated[Written | None, Field(description="Of a workbook that has several.")] = None
    accept_valid: Annotated[bool, Field(description="Store the good rows although others are bad.")] = False
    add: Annotated[bool, Field(description="The file holds sheets beside those of other files.")] = False


class RefusedRow(BaseModel):
    """A line that was not taken, and why."""

    line: int
    problems: list[OneProblem]


class ImportDone(BaseModel):
    """What became of a file."""

    rows: Annotated[int, Field(description="Read.")]
    stored: Annotated[int, Field(description="New, and counting from now on.")]
    known: Annotated[int, Field(description="In already, from an earlier import.")]
    refused: list[RefusedRow]
    ignored_columns: list[str]
    remarks: Annotated[
        list[OneProblem], Field(description="What was read in another way than it stands there.")
    ]


class ImportShown(BaseModel):
    """A file that was imported; its rows count while `state` is `counted`."""

    id: int
    state: str
    rows: int
    made_at: datetime
    withdrawn_at: datetime | None
    reason: str | None


class Reason(BaseModel):
    """Why a file is taken back."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[Lines, Field(max_length=withdrawing.REASON_MAX)]


def _body() -> dict[str, Any]:
    schema = ImportTerms.model_json_schema()
    schema["properties"]["file"] = {"type": "string", "format": "binary", "description": "CSV or XLSX."}
    schema["required"] = [*schema["required"], "file"]
    return {"required": True, "content": {_FORM: {"schema": schema}}}


@router.post(
    "",
    status_code=201,
    response_model=ImportDone,
    max_body_size=MOST,
    openapi_extra={"requestBody": _body()},
    summary=both("Kirim berkas jawaban", "Send a file of answers"),
    responses={
        200: {"model": ImportDone, "description": "Nothing in it was new"},
        **problems.responses(400, 401, 403, 404, 408, 413, 415, 422, 429, 503),
    },
)
async def import_file(request: Request, site: SiteHere, acting: ByKey, heavy: HeavyHere) -> Response:
    """Import a file of answers, whole or not at all; the same file again counts once."""
    # The body is read here: nothing is taken in for who has no key.
    async with heavy.place():
        form = await _form(request)
        try:
            terms, upload = _terms(form)
            report = await heavy.run(partial(_import, site, acting, terms, upload))
        finally:
            await form.close()
    return JSONResponse(_done(report).model_dump(mode="json"), 201 if report.stored else 200)


@router.get(
    "",
    responses=problems.responses(401, 403, 404, 422, 429, 503),
    summary=both("Berkas jawaban sebuah unit", "Files of answers of a unit"),
)
def list_imports(site: SiteHere, acting: ByKey, unit: Code) -> list[ImportShown]:
    """The files that were imported for a unit, the newest first."""
    found = withdrawing.listed(site.database(), acting, unit)
    return [ImportShown.model_validate({**vars(one), "state": one.state.value}) for one in found]


@router.post(
    "/{number}/withdraw",
    status_code=204,
    responses=problems.responses(401, 403, 404, 409, 413, 422, 429, 503),
    summary=both("Tarik kembali berkas jawaban", "Withdraw a file of answers"),
)
async def withdraw_import(
    site: SiteHere, acting: ByKey, heavy: HeavyHere, number: RowNumber, why: Reason
) -> None:
    """Let the rows of a file count no more; what was published stays as it was."""
    change = partial(withdrawing.withdraw, site.database(), acting, number, why.reason, site.clock())
    async with heavy.place():
        await heavy.run(change)


async def _form(request: Request) -> FormData:
    """The fields and the file, which has no name on this machine and is gone when it is closed."""
    if is_cross_site(request.headers):
        raise HTTPException(403)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415)
    try:
        async with asyncio.timeout(_PATIENCE):
            return await request.form(max_files=1, max_fields=30, max_part_size=4096)
    except (ClientDisconnect, UnicodeError):  # a charset that is none: Starlette asks for any that Python has
        raise HTTPException(400) from None
    except TimeoutError:
        raise HTTPException(408, headers={"Connection": "close"}) from None


def _terms(form: FormData) -> tuple[ImportTerms, UploadFile]:
    """Raises: RequestValidationError."""
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    errors: list[Any] = []
    try:
        terms = ImportTerms.model_validate(said)
    except ValidationError as error:
        errors += error.errors(include_url=False, include_context=False)
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        errors.append({"type": "missing", "loc": ("file",), "msg": "Field required", "input": None})
        raise RequestValidationError(errors)
    if errors:
        raise RequestValidationError(errors)
    return terms, upload


def _import(site: Site, acting: Acting, terms: ImportTerms, upload: UploadFile) -> ImportReport:
    said = Said(**terms.model_dump(exclude={"unit", "period"}))
    with as_file(_name(upload), upload.file.read()) as path:
        return importing.import_responses(
            site.database(), acting, path, terms.unit, Period.parse(terms.period), site.clock(), said
        )


def _name(upload: UploadFile) -> str:
    """Said in messages; only the end, which tells a workbook, of what no file could be called."""
    name = upload.filename or ""
    return name if name.isprintable() and len(name.encode(errors="replace")) < 200 else Path(name).suffix[-5:]


def _done(report: ImportReport) -> ImportDone:
    return ImportDone(
        rows=report.rows,
        stored=report.stored,
        known=report.known,
        refused=[
            RefusedRow(line=row.line, problems=list(map(OneProblem.of, row.problems))) for row in report.bad
        ],
        ignored_columns=list(report.ignored_columns),
        remarks=list(map(OneProblem.of, report.remarks)),
    )
