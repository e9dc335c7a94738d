"""What somebody says who brings a file of staff: what it was measured by, how to read it, what to accept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from survey_app.services.places.scope import Scope


@dataclass(frozen=True, kw_only=True)
class ImportTerms:
    """On what terms a file of staff is looked at and imported; its path stands beside them.

    Attributes:
        year: measured; a later import of the same year replaces staff of the same unit and status.
        ruleset: the id of the rules they are scored by.
        scope: whose units the file may be about; rows of others are refused as unknown.
        status: PNS or PPPK, for rows that do not say.
        measured_on: the day windows count back from; None for the last of the year.
        sheet: the worksheet of a workbook that has several.
        accept_valid: store the rows without problems although others have some; there must be one.
        replace: store them although a unit would have fewer staff of a status than now.
    """

    year: int
    ruleset: str
    scope: Scope
    status: str = "PNS"
    measured_on: date | None = None
    sheet: str | None = None
    accept_valid: bool = False
    replace: bool = False

    @property
    def day(self) -> date:
        """The day windows count back from."""
        return self.measured_on or date(self.year, 12, 31)
