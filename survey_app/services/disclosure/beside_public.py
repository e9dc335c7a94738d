"""What is public beside a report: whether its value may stand there too, and which earlier values may.

A published version says of other periods what /hasil says of them, and no more. A draft is judged as if it
were published now, its value also after the drafts that a schedule sends out of the periods inside its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics import Period, Reason
from analytics.disclosure import MINIMUM, Files, PublishedTotal, is_few, to_withhold
from survey_app.instruments import Instrument
from survey_app.services.disclosure import beside_services, people_behind, profile_hiding, unsur_hiding
from survey_app.services.disclosure.beside_services import BesideServices
from survey_app.services.disclosure.foretelling import would_be_withheld
from survey_app.services.disclosure.profile_hiding import Version
from survey_app.services.disclosure.unsur_hiding import Answered
from survey_app.services.disclosure.withholding import withheld as withheld_of
from survey_app.services.ikm import answer_files, narrowed, results
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import unit_publishing
from survey_app.services.publishing.recap_numbers import unit_key
from survey_app.services.publishing.unit_publishing import Publication
from survey_app.services.schedules import ordered
from survey_app.storage import publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.schedules import Report


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What may be told of a report's own period, and what is public of the others.

    Attributes:
        why: why the value is hidden; None when it may be shown.
        unsur: the values per unsur may not be shown beside the others.
        fields: profile fields no count of which may be shown.
        public: versions of the unit that are shown, the oldest first.
        files: those of the draft, None for a publication.
        measured, answered: what a draft's earlier periods are judged beside; None for a publication, which
            tells of no period that is not public.
    """

    database: Database
    why: Reason | None
    unsur: bool
    fields: frozenset[str]
    public: Sequence[Heading]
    measured: Sequence[PublishedTotal] | None = None
    answered: Sequence[Answered] = ()
    files: Files | None = None

    def own(self, result: PeriodResult) -> PeriodResult:
        """The report's period as it may be told."""
        return narrowed.period(result, self.why, unsur=self.unsur)

    def earlier(self, result: PeriodResult, instrument: Instrument) -> PeriodResult:
        """Another period of the unit as it may be told beside the own one."""
        if not result.score.n:
            return result
        public = self._published(result.period, instrument)
        if public is not None:
            return public
        if is_few(result.score.n):
            return narrowed.period(result, Reason.FEW_PEOPLE)
        if self.measured is None:
            return narrowed.period(result, Reason.NOT_PUBLISHED)
        files = answer_files.inside(self.files, result.period)
        total = PublishedTotal(result.period, result.score.n, files)
        leaves_few = to_withhold([*self.measured, total], MINIMUM)[-1]
        unsur = unsur_hiding.tells(Answered.of(result, self.files), self.answered)
        return narrowed.period(result, Reason.SINGLED_OUT if leaves_few else None, unsur=unsur)

    def _published(self, period: Period, instrument: Instrument) -> PeriodResult | None:
        """The period as /hasil has it."""
        for place, heading in reversed([*enumerate(self.public)]):
            if heading.period != str(period):
                continue
            result = unit_publishing.published_period(self.database, heading)
            if result.instrument.series == instrument.series:
                unsur = unsur_hiding.hides(self.database, heading, self.public[:place])
                return narrowed.period(result.current, unsur=unsur)
        return None


def of_publication(database: Database, publication: Publication) -> Shown:
    """Beside a published version: what was public before it, which no later publication changes."""
    code, period = publication.snapshot.result.entry.unit.code, str(publication.period)
    with database.read() as connection:
        headings = publications.headings(connection, code)
    hidden = withheld_of(database, headings)
    own = next(h for h in headings if (h.period, h.version) == (period, publication.version))
    before = [h for h in headings[: headings.index(own)] if h not in hidden]
    why = Reason.SINGLED_OUT if own in hidden else None
    fields = profile_hiding.hidden_fields(database, own, before) if why is None else frozenset[str]()
    return Shown(
        database=database,
        why=why,
        unsur=unsur_hiding.hides(database, own, before),
        fields=fields,
        public=before,
    )


def of_draft(database: Database, result: UnitResult) -> Shown:
    """Beside what is public now, and beside scheduled drafts of the periods inside the own one."""
    code = result.entry.unit.code
    with database.read() as connection:
        headings = publications.headings(connection, code)
    hidden = withheld_of(database, headings)
    # A service is no publication: it is judged beside the other services of its unit.
    public = [h for h in headings if h not in hidden] if result.service is None else []
    parts = [part for part in _parts(database, result) if part.score.n >= MINIMUM]
    known = [*_totals(database, public, result), *(people_behind.total_of(part) for part in parts)]
    own = people_behind.total_of(result)
    why = Reason.SINGLED_OUT if to_withhold([*known, own], MINIMUM)[-1] else None
    services = beside_services.judge(database, result) if result.service is not None else BesideServices()
    if services.why or (result.service is None and would_be_withheld(database, result)):
        why = Reason.SINGLED_OUT
    fields = services.fields | (_fields(database, result, public) if why is None else frozenset())
    before = unsur_hiding.answered(database, public, unit_key(code, result.instrument))
    before += [Answered.of(part.current, part.files) for part in parts]
    new = Answered.of(result.current, result.files)
    unsur = services.unsur or unsur_hiding.tells(new, before)
    return Shown(
        database=database,
        why=why,
        unsur=unsur,
        fields=fields,
        public=public,
        measured=[*known, own],
        answered=[*before, new],
        files=result.files,
    )


def _totals(database: Database, public: Sequence[Heading], result: UnitResult) -> Iterator[PublishedTotal]:
    """Of the versions whose sums can be subtracted from the result's."""
    own = unit_key(result.entry.unit.code, result.instrument)
    people = people_behind.of_units(database, public)
    return (total.total for _, total in people.counted if total.unit == own)


def _parts(database: Database, result: UnitResult) -> Iterator[UnitResult]:
    """The unit in the periods inside the own one of which a schedule sends out drafts, the shortest first."""
    code = result.entry.unit.code
    kinds = {s.kind for s in ordered.every(database, PROVINCE) if s.unit == code and s.report is Report.SKM}
    if result.service is not None or not kinds:
        return
    for period in sorted(_inside(result.period), key=lambda p: (p.months, p.start)):
        if period.kind not in kinds:
            continue
        unit = results.unit_result(database, code, period, length=1, within=PROVINCE)
        if unit.instrument.series == result.instrument.series:
            yield unit


def _inside(period: Period) -> Iterator[Period]:
    for part in period.parts:
        yield part
        yield from _inside(part)


def _fields(database: Database, result: UnitResult, public: Sequence[Heading]) -> frozenset[str]:
    """Profile fields that, with what is public, would tell of a few people."""
    told = [(h, unit_publishing.published_period(database, h)) for h in public]
    versions = [
        Version.of(r.period, r.respondents, people_behind.files_of(database, h))
        for h, r in told
        if r.instrument.series == result.instrument.series and r.score.n >= MINIMUM
    ]
    new = Version.of(result.period, result.respondents, result.files)
    near = profile_hiding.touching(new, versions, lambda version: version.period)
    return frozenset(field for field in new.counts if profile_hiding.tells(field, new, near))
