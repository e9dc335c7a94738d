"""A unit with all that belongs to it: what scopes cover, and what nearly every service is about."""

from __future__ import annotations

from dataclasses import dataclass

from survey_app.storage.places import Agency, Service, Unit


@dataclass(frozen=True)
class UnitEntry:
    """A unit with its agency and services, the default service first."""

    agency: Agency
    unit: Unit
    services: tuple[Service, ...]
