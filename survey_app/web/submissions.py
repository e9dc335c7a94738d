"""From a form to a `Submission`, and what JSON (`api/submitted`) has in common with it.

Types and shape here, meaning in intake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from survey_app.errors import Problem
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import OLDEST_LIVE_ANSWER, Channel, Rejection, Submission

#: How a form names the field of an unsur and of a profile question.
ANSWER, PROFILE = "a.", "p."
#: How every page names the version of the consent text that it shows.
CONSENT = "consent"
#: The longest short text.
MAX_TEXT = 200


def from_form(
    fields: Mapping[str, str], unit: str, service: str | None, now: datetime
) -> Submission | Rejection:
    """The submission of the light form sent without its script. `service`: the one in the address, if any.

    A form without an id (an old copy from a cache) gets one here: better twice asked than lost.
    """
    response_id = uuid_of(fields["id"]) if fields.get("id") else uuid7(now)
    if response_id is None:
        return Rejection((bad_id(),))
    return Submission(
        id=response_id,
        unit=unit,
        answers={key: _score(value) for key, value in _under(fields, ANSWER).items() if value},
        channel=Channel.WEB,
        service=service or fields.get("service") or None,
        instrument=fields.get("instrument") or None,
        profile=_under(fields, PROFILE),
        comment=fields.get("comment"),
        consent_version=version_of(fields.get(CONSENT)),
        code=fields.get("code"),
    )


def id_of(data: Mapping[str, object]) -> UUID | None:
    """The id that was sent, whatever the rest is worth; None without one."""
    found = data.get("id")
    return uuid_of(found) if isinstance(found, str) else None


def is_plain(text: str) -> bool:
    """Short and printable: no NUL, no control characters, nothing that no database or encoding takes."""
    return len(text) <= MAX_TEXT and text.isprintable()


def _under(fields: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): value for key, value in fields.items() if key.startswith(prefix)}


def _score(value: str) -> int:
    """The number chosen; anything else becomes one that intake refuses with its own words."""
    return int(value) if re.fullmatch(r"[0-9]{1,3}", value) else 0


def version_of(shown: object) -> int | None:
    """A whole number, also as a form writes it. Of anything else None, not a problem: `consent.recorded`."""
    if isinstance(shown, str) and re.fullmatch(r"[0-9]{1,3}", shown):
        return int(shown)
    return shown if isinstance(shown, int) and not isinstance(shown, bool) else None


def uuid_of(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def bad_id() -> Problem:
    return Problem.of(
        "id-not-uuid7", "id", "Nomor jawaban harus UUID versi 7.", "The response id must be a UUIDv7."
    )


def answered(age_ms: int | None, now: datetime) -> datetime | None:
    """When it was answered by our clock, from its age by the client's; None where that age makes no sense."""
    if age_ms is None or not 0 <= age_ms <= OLDEST_LIVE_ANSWER // timedelta(milliseconds=1):
        return None
    return now - timedelta(milliseconds=age_ms)
