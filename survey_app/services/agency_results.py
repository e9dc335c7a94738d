"""The result of an agency (OPD) in a period, by every method its units' questionnaires allow."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.aggregate import Aggregate, Method
from analytics.period import Period
from survey_app.errors import NotFound
from survey_app.services import catalogue
from survey_app.services.scope import Scope
from survey_app.services.summary import Summary, pooling_possible, summary
from survey_app.storage.catalog import Agency
from survey_app.storage.database import Database
from survey_app.text import Text


@dataclass(frozen=True)
class AgencyResult:
    """An agency in a period.

    Attributes:
        summary: by the mean of the units' values, which is the practice of provincial reports.
        aggregates: the index of that summary first, then the other methods that are possible.
    """

    agency: Agency
    summary: Summary
    aggregates: tuple[Aggregate, ...]

    @property
    def period(self) -> Period:
        return self.summary.period


def agency_result(database: Database, agency_code: str, period: Period) -> AgencyResult:
    """Compute the result of an agency: what its page shows, and its number by the other methods.

    Raises:
        NotFound: `agency-unknown`.
    """
    agency = next((a for a in catalogue.list_agencies(database) if a.code == agency_code), None)
    if agency is None:
        text = Text("Instansi {code} tidak dikenal", "There is no agency {code}")
        raise NotFound("agency-unknown", text.format(code=agency_code))
    scope = Scope(agency=agency_code)
    methods = [Method.MEAN_OF_UNITS]
    if pooling_possible(database, scope):
        methods += [Method.POOLED, Method.BY_VOLUME]
    found = [summary(database, scope, period, method, back=1) for method in methods]
    return AgencyResult(agency, found[0], tuple(s.index for s in found))
