"""What went wrong, for programs: `application/problem+json` (RFC 9457) with our stable codes and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from survey_app.errors import AppError, Conflict, NotFound, Problem, Refused, Unavailable
from survey_app.text import Text

MEDIA_TYPE = "application/problem+json"


class Words(BaseModel):
    """The same sentence in both languages."""

    id: Annotated[str, Field(description="Bahasa Indonesia")]
    en: Annotated[str, Field(description="English")]

    @classmethod
    def of(cls, text: Text) -> Words:
        return cls(id=text.id, en=text.en)


class OneProblem(BaseModel):
    """One thing that is wrong with what was sent."""

    code: Annotated[str, Field(description="Stable; for programs.")]
    path: Annotated[str, Field(description="Which member or parameter; empty for the whole.")]
    text: Words

    @classmethod
    def of(cls, problem: Problem) -> OneProblem:
        return cls(code=problem.code, path=problem.path, text=Words.of(problem.text))


class ProblemDetails(BaseModel):
    """Why a request was refused."""

    type: Annotated[str, Field(description="Always about:blank: `code` tells kinds apart.")] = "about:blank"
    title: Annotated[str, Field(description="The name of the status.")]
    status: int
    code: Annotated[str, Field(description="Stable; for programs.")]
    detail: Annotated[str, Field(description="`text` in Bahasa Indonesia.")]
    text: Words
    problems: Annotated[list[OneProblem], Field(description="Each thing that is wrong with what was sent.")]


#: Statuses of what our own code refuses because of who asks; other refusals are of what was sent.
_FORBIDDEN = ("role-refused", "scope-refused", "key-refused", "role-not-given")
_BY_STATUS: Mapping[int, tuple[str, Text]] = {
    400: ("bad-request", Text("Permintaan tidak dapat dibaca.", "The request cannot be read.")),
    401: (
        "key-missing",
        Text(
            "Perlu kunci API yang berlaku: Authorization: Bearer survei_...",
            "A valid API key is needed: Authorization: Bearer survei_...",
        ),
    ),
    403: ("forbidden", Text("Tidak diizinkan.", "Not allowed.")),
    404: ("not-found", Text("Tidak ditemukan.", "Not found.")),
    405: ("method-not-allowed", Text("Metode ini tidak dilayani.", "This method is not served here.")),
    408: ("too-slow", Text("Permintaan terlalu lama datang.", "The request took too long to come.")),
    413: ("too-large", Text("Permintaan terlalu besar.", "The request is too large.")),
    415: ("media-type", Text("Jenis isi ini tidak diterima.", "This media type is not accepted.")),
    429: (
        "too-many",
        Text("Terlalu banyak permintaan; tunggu.", "Too many requests; wait."),
    ),
    503: ("unavailable", Text("Data sedang tidak tersedia.", "The data are not available now.")),
}
_FAULT = ("server-error", Text("Terjadi kesalahan di pihak kami.", "Something failed on our side."))
INPUT = Text("Data yang dikirim belum benar.", "What was sent is not correct yet.")


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: that these statuses answer with a problem."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


async def of_status(_: Request, error: Exception) -> Response:
    """A refusal by its status alone."""
    assert isinstance(error, HTTPException)
    code, text = _BY_STATUS.get(error.status_code, _FAULT)
    return answer(error.status_code, code, text, headers=error.headers)


async def of_app(_: Request, error: Exception) -> Response:
    """What a service refuses, in its own words."""
    assert isinstance(error, AppError)
    status = _status(error)
    headers = {"Retry-After": "5"} if status == 503 else None
    if status >= 500:  # what the driver says is for who runs the server
        code, text = _BY_STATUS.get(status, _FAULT)
        return answer(status, code, text, headers=headers)
    return answer(status, error.code, error.text, error.problems, headers)


async def of_validation(_: Request, error: Exception) -> Response:
    """What does not have the shape that OpenAPI shows."""
    assert isinstance(error, RequestValidationError)
    return answer(422, "input-refused", INPUT, [_of_pydantic(found) for found in error.errors()])


async def of_fault(_: Request, __: Exception) -> Response:
    """A fault of ours: its words stay in the server's log."""
    return answer(500, *_FAULT)


def _status(error: AppError) -> int:
    if isinstance(error, Unavailable):
        return 503
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Conflict):
        return 409
    if isinstance(error, Refused):
        return 403 if error.code in _FORBIDDEN else 422
    return 500


def _of_pydantic(found: Mapping[str, Any]) -> Problem:
    place = ".".join(str(part) for part in found["loc"] if part not in ("body", "query", "path", "header"))
    if found["type"] == "missing":
        return Problem.of("field-missing", place, "{path} wajib ada.", "{path} is required.", path=place)
    return Problem.of(
        "field-type",
        place,
        "{path} tidak sesuai: {why}",
        "{path} does not fit: {why}",
        path=place,
        why=found["msg"],
    )


def answer(
    status: int,
    code: str,
    text: Text,
    problems: Sequence[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A refusal as the body that OpenAPI shows."""
    body = ProblemDetails(
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=text.id,
        text=Words.of(text),
        problems=list(map(OneProblem.of, problems)),
    )
    return JSONResponse(body.model_dump(), status, headers, MEDIA_TYPE)
