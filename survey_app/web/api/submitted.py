"""A submission as programs send it: the model that OpenAPI shows is the one that reads it.

Types and shape here, meaning in intake. What does not fit has our own codes and words, every problem at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from survey_app.errors import Problem
from survey_app.services.answers.intake import Channel, Rejection, Submission, TimeSource
from survey_app.text import Text
from survey_app.web.submissions import MAX_TEXT, answered, bad_id, is_plain, uuid_of, version_of

#: More than any instrument asks; what is longer is refused without listing each entry.
_MAX_ENTRIES = 60
_UNUSABLE, _NO_TEXT = "text-unusable", "string_type"
#: What pydantic calls a value of another type, and what was expected in its place.
_EXPECTED: Mapping[str, Text] = {
    _NO_TEXT: Text("teks", "text"),
    "literal_error": Text("teks", "text"),
    "int_type": Text("bilangan bulat", "a whole number"),
    "dict_type": Text("pasangan kunci dan nilai", "an object"),
}
_MISSING = Text("{path} wajib ada.", "{path} is required.")
_TYPE = Text("{path} harus {kind}.", "{path} must be {kind}.")
_UNUSABLE_TEXT = Text("{path} memuat teks yang tidak dapat dipakai.", "{path} holds unusable text.")
_MANY = Text("{path} terlalu banyak.", "There are too many {path}.")
_CHANNEL = Text("Saluran harus web, kiosk, atau api.", "The channel is web, kiosk or api.")


def _printable(text: str) -> str:
    if not is_plain(text):
        raise PydanticCustomError(_UNUSABLE, "unusable text")
    return text


def _text(value: object) -> object:
    """Any text at all: a phone may cut a letter of two halves in two, and intake leaves such a half out."""
    if value is not None and not isinstance(value, str):
        raise PydanticCustomError(_NO_TEXT, "no text")
    return value


def _unless_empty(value: object) -> object:
    return None if value == "" else value


#: Short and printable.
Plain = Annotated[str, AfterValidator(_printable), Field(json_schema_extra={"maxLength": MAX_TEXT})]
_OrNothing = {"anyOf": [{"type": "string"}, {"type": "null"}]}


class SentSubmission(BaseModel):
    """One person's answers. Members that are not named here are ignored, so that old and new clients mix."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: Annotated[
        Plain, Field(description="UUIDv7, made where the answer is given: sent again, it counts once.")
    ]
    unit: Annotated[Plain, Field(description="Code of the service unit.")]
    channel: Annotated[Literal["web", "kiosk", "api"] | None, BeforeValidator(_unless_empty)] = None
    answers: Annotated[
        dict[Plain, int | None] | None,
        Field(
            description="Scores by the keys of the unsur.", json_schema_extra={"maxProperties": _MAX_ENTRIES}
        ),
    ] = None
    service: Annotated[Plain | None, Field(description="Code; by default the unit's first service.")] = None
    instrument: Annotated[
        Plain | None, Field(description="The questionnaire shown; by default the unit's.")
    ] = None
    profile: Annotated[
        dict[Plain, Plain | None] | None,
        Field(
            description="Options by the keys of the profile questions.",
            json_schema_extra={"maxProperties": _MAX_ENTRIES},
        ),
    ] = None
    comment: Annotated[Any, AfterValidator(_text), WithJsonSchema(_OrNothing)] = None
    client_id: Annotated[Plain | None, Field(description="Code of the device.")] = None
    age_ms: Annotated[int | None, Field(description="Milliseconds since it was answered.")] = None
    duration_ms: Annotated[int | None, Field(description="Milliseconds that answering took.")] = None
    code: Annotated[Plain | None, Field(description="One-time code of a queue slip.")] = None
    consent: Annotated[Any, Field(description="Version of the consent text shown.")] = None


def from_json(data: Mapping[str, object], now: datetime) -> Submission | Rejection:
    """The submission in a JSON object, or every problem of its shape."""
    many = [key for key in ("answers", "profile") if _is_many(data.get(key))]
    try:
        sent = SentSubmission.model_validate({**data, **dict.fromkeys(many)} if many else data)
    except ValidationError as error:
        return Rejection((*map(_too_many, many), *_problems(error)))
    if many:
        return Rejection(tuple(map(_too_many, many)))
    response_id = uuid_of(sent.id)
    if response_id is None:
        return Rejection((bad_id(),))
    return Submission(
        id=response_id,
        unit=sent.unit,
        answers=sent.answers or {},
        channel=Channel(sent.channel or Channel.API),
        service=sent.service,
        instrument=sent.instrument,
        profile={key: value or "" for key, value in (sent.profile or {}).items()},
        comment=sent.comment,
        client_id=sent.client_id,
        consent_version=version_of(sent.consent),
        client_time=answered(sent.age_ms, now),
        time_source=TimeSource.CLIENT,
        duration_ms=sent.duration_ms,
        code=sent.code,
    )


def _is_many(entries: object) -> bool:
    return isinstance(entries, dict) and len(entries) > _MAX_ENTRIES


def _too_many(key: str) -> Problem:
    return Problem("too-many-entries", key, _MANY.format(path=key))


def _problems(error: ValidationError) -> Iterator[Problem]:
    found = error.errors(include_url=False, include_context=False)
    keys = {each["loc"][:-1] for each in found if each["loc"][-1] == "[key]"}
    # Of a key that cannot be used nobody is told what stands beside it.
    return (_problem(each) for each in found if each["loc"] not in keys)


def _problem(found: ErrorDetails) -> Problem:
    """What pydantic found, in our words."""
    top, *rest = map(str, found["loc"])
    kind, value = found["type"], found["input"]
    if kind == "missing" or (value is None and not rest):
        return Problem("field-missing", top, _MISSING.format(path=top))
    chosen = value if kind == "literal_error" and isinstance(value, str) else None
    if kind in (_UNUSABLE, "string_unicode") or not is_plain(chosen or ""):
        return Problem("text-unusable", top, _UNUSABLE_TEXT.format(path=top))
    if chosen is not None:
        return Problem("channel", top, _CHANNEL)
    path = ".".join([top, *rest])
    return Problem("field-type", path, _TYPE.format(path=path, kind=_EXPECTED[kind]))
