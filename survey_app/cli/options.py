"""What several commands share: periods and codes as arguments, and a database that is closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from analytics import AnalyticsError, Period
from survey_app import settings
from survey_app.services.places import catalogue
from survey_app.services.process import reachable
from survey_app.storage.database import Database, open_database
from survey_app.text import visible


class PeriodType(click.ParamType[Period]):
    """2024, 2024-S1, 2024-TW3 or 2024-07."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return Period.parse(str(value))
        except AnalyticsError:
            self.fail(f"“{visible(str(value))}”: tulis 2024, 2024-S1, 2024-TW3, atau 2024-07.", param, ctx)


class CodeType(click.ParamType[str]):
    """The code of a unit or service, in capitals too."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return catalogue.as_code(str(value))


def agency_meant(database: Database, typed: str | None) -> str | None:
    """The code of the agency that `typed` names, in capitals too. Raises: NotFound `agency-unknown`."""
    return None if typed is None else catalogue.find_agency(database, typed).code


def warn_of_address(base_url: str) -> None:
    """Say on standard error that nobody can open what is about to be printed."""
    text = reachable.warning(base_url, settings.load().public_url)
    if text is not None:
        click.echo(f"Perhatian: {text.id}", err=True)


@contextmanager
def opened() -> Iterator[Database]:
    """The database of the settings, for the length of one command."""
    database = open_database(settings.load().database_url)
    try:
        yield database
    finally:
        database.close()
