"""What is wrong with what somebody enters for an agency, a unit or a service."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from survey_app.errors import Problem
from survey_app.storage.places import as_code
from survey_app.text import Text

NAME_RULE = Text("Nama harus 1 sampai {limit} karakter.", "A name must have 1 to {limit} characters.")
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def code_problems(path: str, code: str) -> list[Problem]:
    if _CODE.fullmatch(as_code(code)):
        return []
    text = Text(
        "Kode “{code}” hanya boleh berisi huruf, angka, dan tanda hubung, paling banyak 40 karakter.",
        "The code “{code}” may contain only letters, digits and hyphens, at most 40 characters.",
    )
    return [Problem("code-format", path, text.format(code=code))]


def name_problems(name: str) -> list[Problem]:
    if 0 < len(name.strip()) <= 200:
        return []
    return [
        Problem("name-length", "name", Text("Nama harus 1 sampai 200 huruf.", "A name has 1 to 200 letters."))
    ]


def shown_name_problems(name: str, limit: int, rule: Text = NAME_RULE) -> list[Problem]:
    """Of what somebody calls a person, a device or a program: on one line, without space around it."""
    if 0 < len(name) <= limit and name.isprintable():
        return []
    return [Problem("name-length", "name", rule.format(limit=limit))]


def zone_problems(time_zone: str) -> list[Problem]:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        text = Text("Zona waktu {zone} tidak dikenal.", "There is no time zone {zone}.")
        return [Problem("time-zone-unknown", "time_zone", text.format(zone=time_zone))]
    return []
