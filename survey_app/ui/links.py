"""Addresses inside the product, in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def light_form(unit_code: str) -> str:
    """The form for phones; a plain page, no JavaScript needed."""
    return f"/s/{quote(unit_code)}"


def survey(unit_code: str, service_code: str | None = None) -> str:
    """The survey page for counters and tablets."""
    query = {"unit": unit_code} | ({"service": service_code} if service_code else {})
    return f"/survei?{urlencode(query)}"


def result(unit_code: str) -> str:
    """The result page of a unit."""
    return f"/unit?{urlencode({'unit': unit_code})}"
