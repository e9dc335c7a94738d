"""A unit's report as it stands now, with everything the unit has written, and publishing exactly that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from analytics import Period
from survey_app.errors import AppError, Conflict, Unavailable
from survey_app.reports.statements import passages
from survey_app.reports.unit.report import UnitReport, all_passages
from survey_app.services.disclosure import outgoing
from survey_app.services.ikm import results, targets
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import report_texts, unit_publishing
from survey_app.services.publishing.unit_publishing import Publication
from survey_app.services.voices import comment_groups
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.wording.voice import Voice


def draft(
    database: Database,
    result: UnitResult,
    made_at: datetime,
    language: Language = "id",
    inside: Acting | None = None,
) -> UnitReport:
    """The report of `result` with comments, register, and the unit's own words where they are current.

    `inside`: who asks for the internal edition; None for the public one.

    Raises:
        Refused: `role-refused`, `scope-refused` for an internal edition.
    """
    own = report_texts.usable(report_texts.drafts(database, result))[language]
    paper = outgoing.of_draft(database, result, inside)
    text = own if paper.internal else passages.public(own, own, paper.result, result, Voice(language))
    goal = targets.goal_of(database, result)
    return UnitReport(
        paper=paper, made_at=made_at, language=language, text=text, rewritten=tuple(own), goal=goal
    )


def publish(
    database: Database,
    acting: Acting,
    unit_code: str,
    period: Period,
    now: datetime,
    *,
    running: bool = False,
    seen: str | None = None,
) -> Publication:
    """Publish a unit's period with the text as it stands in both languages.

    Args:
        running: a period that is not over is meant.
        seen: `report_texts.fingerprint` of the result that somebody looked at before saying yes; None for
            whatever the data give now.

    Raises:
        Conflict: `text-outdated` when the data have changed since a passage was edited, `publish-outdated`
            when they have since the result was `seen`.
        NotFound: `unit-unknown`.
        Refused: `role-refused`, `scope-refused`, and what `publishable.check` raises.
    """
    result = results.unit_result(database, unit_code, period, within=PROVINCE)
    if seen not in (None, report_texts.fingerprint(result)):
        raise Conflict("publish-outdated", unit_publishing.OUTDATED)
    found = report_texts.drafts(database, result)
    report_texts.check_current(found)
    own = report_texts.usable(found)
    comments = comment_groups.unit_comments(database, result)
    rewritten = {language: tuple(passages) for language, passages in own.items()}
    text = all_passages(result, own)
    return unit_publishing.publish(database, acting, result, text, comments, now, rewritten, running=running)


@dataclass(frozen=True)
class Outcome:
    """What became of a unit when many were published: its new version, or why there is none."""

    unit_code: str
    version: int | None
    refused: Text | None


def publish_many(
    database: Database,
    acting: Acting,
    period: Period,
    seen: Mapping[str, str],
    now: datetime,
    told: Callable[[int], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Publish a period of many units, one after another, each as `publish` does.

    Each publication is whole by itself: what is refused for one unit says why and holds up no other, and
    whatever interrupts the work leaves what was published until then.

    Args:
        seen: by the code of a unit, the fingerprint that somebody looked at before saying yes.
        told: is given, after each unit, how many are finished.

    Raises:
        Unavailable: the database is away; what was published before stands.
    """
    outcomes: list[Outcome] = []
    for code, fingerprint in seen.items():
        try:
            version = publish(database, acting, code, period, now, seen=fingerprint).version
            outcomes.append(Outcome(code, version, None))
        except Unavailable:
            raise
        except AppError as error:
            outcomes.append(Outcome(code, None, error.text))
        told(len(outcomes))
    return tuple(outcomes)
