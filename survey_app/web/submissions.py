"""From what came over the wire to a `Submission`: types and shape here, meaning in intake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from survey_app.errors import Problem
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import OLDEST_LIVE_ANSWER, Channel, Rejection, Submission, TimeSource

T = TypeVar("T")

#: How a form names the field of an unsur and of a profile question.
ANSWER, PROFILE = "a.", "p."
#: How every page names the version of the consent text that it shows.
CONSENT = "consent"
#: More than any instrument asks; what is longer is refused without listing each entry.
_MAX_ENTRIES = 60
_MAX_TEXT = 200
#: What may be sent over the wire; a kiosk proves itself with its token.
_LIVE = (Channel.WEB, Channel.KIOSK, Channel.API)
_KINDS = {
    str: ("teks", "text"),
    int: ("bilangan bulat", "a whole number"),
    dict: ("pasangan kunci dan nilai", "an object"),
}


def from_form(
    fields: Mapping[str, str], unit: str, service: str | None, now: datetime
) -> Submission | Rejection:
    """The submission of the light form sent without its script. `service`: the one in the address, if any.

    A form without an id (an old copy from a cache) gets one here: better twice asked than lost.
    """
    response_id = _uuid(fields["id"]) if fields.get("id") else uuid7(now)
    if response_id is None:
        return Rejection((_bad_id(),))
    return Submission(
        id=response_id,
        unit=unit,
        answers={key: _score(value) for key, value in _under(fields, ANSWER).items() if value},
        channel=Channel.WEB,
        service=service or fields.get("service") or None,
        instrument=fields.get("instrument") or None,
        profile=_under(fields, PROFILE),
        comment=fields.get("comment"),
        consent_version=_version(fields.get(CONSENT)),
        code=fields.get("code"),
    )


def from_json(data: Mapping[str, object], now: datetime) -> Submission | Rejection:
    """The submission in a JSON object; unknown members are ignored, so that old and new clients mix."""
    read = _Reader(data)
    response_id, unit = _uuid(read.required("id", str)), read.required("unit", str)
    channel = read.optional("channel", str) or Channel.API
    if channel not in _LIVE:
        read.refuse(
            "channel", "channel", "Saluran harus web, kiosk, atau api.", "The channel is web, kiosk or api."
        )
    submission = Submission(
        id=response_id or UUID(int=0),
        unit=unit or "",
        answers={key: read.entry("answers", key, value, int) for key, value in read.entries("answers")},
        channel=Channel(channel) if channel in _LIVE else Channel.API,
        service=read.optional("service", str),
        instrument=read.optional("instrument", str),
        profile={key: read.entry("profile", key, value, str) or "" for key, value in read.entries("profile")},
        comment=read.optional("comment", str, printable=False),
        client_id=read.optional("client_id", str),
        consent_version=_version(data.get(CONSENT)),
        client_time=_answered(read.optional("age_ms", int), now),
        time_source=TimeSource.CLIENT,
        duration_ms=read.optional("duration_ms", int),
        code=read.optional("code", str),
    )
    if response_id is None and not read.problems:
        return Rejection((_bad_id(),))
    return Rejection(tuple(read.problems)) if read.problems else submission


def id_of(data: Mapping[str, object]) -> UUID | None:
    """The id that was sent, whatever the rest is worth; None without one."""
    found = data.get("id")
    return _uuid(found) if isinstance(found, str) else None


class _Reader:
    """Takes members of the expected type out of an object and lists what does not fit."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data
        self.problems: list[Problem] = []

    def required(self, key: str, kind: type[T]) -> T | None:
        if self._data.get(key) is None:
            self.refuse("field-missing", key, "{path} wajib ada.", "{path} is required.")
        return self.optional(key, kind)

    def optional(self, key: str, kind: type[T], *, printable: bool = True) -> T | None:
        value = self._data.get(key)
        return None if value is None else self._checked(key, value, kind, printable)

    def entries(self, key: str) -> list[tuple[str, object]]:
        found: dict[str, object] = self.optional(key, dict) or {}
        if len(found) > _MAX_ENTRIES:
            self.refuse("too-many-entries", key, "{path} terlalu banyak.", "There are too many {path}.")
            return []
        return [item for item in found.items() if self._checked(key, item[0], str, True) is not None]

    def entry(self, path: str, key: str, value: object, kind: type[T]) -> T | None:
        return None if value is None else self._checked(f"{path}.{key}", value, kind, True)

    def refuse(self, code: str, path: str, id_text: str, en_text: str, **values: object) -> None:
        self.problems.append(Problem.of(code, path, id_text, en_text, path=path, **values))

    def _checked(self, path: str, value: object, kind: type[T], printable: bool) -> T | None:
        if not isinstance(value, kind) or isinstance(value, bool):
            expected = _KINDS[kind]
            self.problems.append(
                Problem.of(
                    "field-type",
                    path,
                    f"{{path}} harus {expected[0]}.",
                    f"{{path}} must be {expected[1]}.",
                    path=path,
                )
            )
            return None
        if printable and isinstance(value, str) and not is_plain(value):
            self.refuse(
                "text-unusable",
                path.partition(".")[0],
                "{path} memuat teks yang tidak dapat dipakai.",
                "{path} holds unusable text.",
            )
            return None
        return value


def is_plain(text: str) -> bool:
    """Short and printable: no NUL, no control characters, nothing that no database or encoding takes."""
    return len(text) <= _MAX_TEXT and text.isprintable()


def _under(fields: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): value for key, value in fields.items() if key.startswith(prefix)}


def _score(value: str) -> int:
    """The number chosen; anything else becomes one that intake refuses with its own words."""
    return int(value) if re.fullmatch(r"[0-9]{1,3}", value) else 0


def _version(shown: object) -> int | None:
    """A whole number, also as a form writes it. Of anything else None, not a problem: `consent.recorded`."""
    if isinstance(shown, str) and re.fullmatch(r"[0-9]{1,3}", shown):
        return int(shown)
    return shown if isinstance(shown, int) and not isinstance(shown, bool) else None


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _bad_id() -> Problem:
    return Problem.of(
        "id-not-uuid7", "id", "Nomor jawaban harus UUID versi 7.", "The response id must be a UUIDv7."
    )


def _answered(age_ms: int | None, now: datetime) -> datetime | None:
    """When it was answered by our clock, from its age by the client's; None where that age makes no sense."""
    if age_ms is None or not 0 <= age_ms <= OLDEST_LIVE_ANSWER // timedelta(milliseconds=1):
        return None
    return now - timedelta(milliseconds=age_ms)
