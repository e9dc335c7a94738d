"""The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Settings:
    """What an operator can set. See docs/settings.md.

    Attributes:
        database_url: SQLAlchemy URL; SQLite in var/ unless set.
        default_time_zone: IANA zone for units created without one.
        refresh_seconds: how often the server folds new responses into the roll-up.
        limit_factor: widens (or narrows) how fast one device and one address may send answers.
        pseudonym_key: secret that turns a NIP into a pseudonym; None keeps one in `pseudonym_key_file`.
    """

    database_url: str
    default_time_zone: str
    refresh_seconds: float
    limit_factor: float
    pseudonym_key: str | None
    pseudonym_key_file: Path


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; docs/settings.md lists the names."""
    return Settings(
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'survey.db'}",
        default_time_zone=environ.get("SURVEY_TIME_ZONE", "Asia/Makassar"),
        refresh_seconds=float(environ.get("SURVEY_REFRESH_SECONDS", "5")),
        limit_factor=float(environ.get("SURVEY_LIMIT_FACTOR", "1")),
        pseudonym_key=environ.get("SURVEY_PSEUDONYM_KEY"),
        pseudonym_key_file=ROOT / "var" / "pseudonym.key",
    )
