"""What may leave the office of a unit's result: the one rule of /hasil, which every door asks.

A door (a PDF, a workbook, a poster, a file of data, a command) is given a `UnitPaper` and prints it. What
must not be told is not in it: no raw count of a profile, no sheet in the order of arrival, no value of fewer
than MINIMUM people or that would leave so few together with what is public. The internal edition, for who
works inside, says everything and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics import Reason
from analytics.disclosure import MINIMUM, is_few
from analytics.ikm import IntArray
from survey_app.services.disclosure import beside_public
from survey_app.services.disclosure.beside_public import Shown
from survey_app.services.follow_up import effect
from survey_app.services.follow_up.effect import Finding, FollowUp
from survey_app.services.ikm import narrowed, respondents
from survey_app.services.ikm import profiles as profile_rule
from survey_app.services.ikm.profiles import ShownProfile
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.publishing.unit_publishing import Publication
from survey_app.services.voices import comment_groups
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.services.voices.quoting import Quotes, every_comment, quotes
from survey_app.storage.database import Database


@dataclass(frozen=True, eq=False, kw_only=True)
class UnitPaper:
    """A unit's result as one edition may tell it.

    Attributes:
        internal: for who works inside only; every page of it says so.
        result: without raw profiles; in the public edition what is hidden is not in it (`narrowed`).
        profiles: who answered, small groups hidden; none where fewer than MINIMUM people answered.
        sheets: (n, k) scores in an order that tells nothing; None when they are withheld.
        quotes: comments; None when they are not part of the report.
        follow_up: what the register says, earlier values only as they may be told.
    """

    internal: bool
    result: UnitResult
    profiles: tuple[ShownProfile, ...]
    sheets: IntArray | None
    quotes: Quotes | None
    follow_up: FollowUp

    @property
    def hidden(self) -> Reason | None:
        """Why the value is not shown; None when it is, or when there is none."""
        return narrowed.hidden(self.result.score)


def of_publication(database: Database, publication: Publication, inside: Acting | None = None) -> UnitPaper:
    """What a published version may tell: the same whenever and wherever it is asked for.

    Args:
        inside: who works inside and asks for the internal edition; None for the public one.

    Raises:
        Refused: `role-refused`, `scope-refused` for an internal edition.
    """
    kept = publication.snapshot
    paper = _everything(kept.result, kept.sheets, kept.comments, kept.follow_up)
    if inside is not None:
        return _internal(paper, inside)
    return _public(paper, kept.result, beside_public.of_publication(database, publication))


def of_draft(database: Database, result: UnitResult, inside: Acting | None = None) -> UnitPaper:
    """What the report of `result` may tell if it left the office now. Args, Raises: as `of_publication`."""
    comments = comment_groups.unit_comments(database, result)
    told = effect.of_report(database, result)
    paper = _everything(result, respondents.answer_sheets(database, result), comments, told)
    if inside is not None:
        return _internal(paper, inside)
    return _public(paper, result, beside_public.of_draft(database, result))


def of_result(database: Database, result: UnitResult, inside: Acting | None = None) -> UnitResult:
    """The numbers of `of_draft` alone, for commands that print no sheet and no word of anybody."""
    if inside is not None:
        inside.require(result.entry, Action.SEE_INSIDE)
        return replace(result, respondents=())
    return _narrowed(result, beside_public.of_draft(database, result))


def _everything(
    result: UnitResult, sheets: IntArray, comments: Sequence[CommentGroup] | None, told: FollowUp
) -> UnitPaper:
    profiles = () if is_few(result.score.n) else map(profile_rule.whole, result.respondents)
    said = None if comments is None else every_comment(comments)
    bare = replace(result, respondents=())
    return UnitPaper(
        internal=True,
        result=bare,
        profiles=tuple(profiles),
        sheets=_in_no_order(sheets),
        quotes=said,
        follow_up=told,
    )


def _internal(paper: UnitPaper, inside: Acting) -> UnitPaper:
    inside.require(paper.result.entry, Action.SEE_INSIDE)
    return paper


def _public(paper: UnitPaper, result: UnitResult, shown: Shown) -> UnitPaper:
    seen = _narrowed(result, shown)
    hidden = narrowed.hidden(seen.score) is not None
    profiles = () if hidden else _profiles(result, shown)
    sheets = None if narrowed.unsur_hidden(seen.score) else paper.sheets
    said = None if paper.quotes is None else quotes(paper.quotes.groups, withheld=hidden)
    return UnitPaper(
        internal=False,
        result=seen,
        profiles=profiles,
        sheets=sheets,
        quotes=said,
        follow_up=_follow_up(paper.follow_up, shown),
    )


def _narrowed(result: UnitResult, shown: Shown) -> UnitResult:
    """Earlier periods as they are public; the flags of single answers and raw counts stay inside."""
    earlier = tuple(shown.earlier(p, result.instrument) for p in result.trend[:-1])
    trend = (*earlier, shown.own(result.current))
    undated = [n if p.score.n else 0 for p, n in zip(trend, result.undated, strict=False)]
    return replace(
        result,
        trend=trend,
        respondents=(),
        elsewhere=tuple(replace(o, result=shown.earlier(o.result, o.instrument)) for o in result.elsewhere),
        services=(),
        quality=None,
        undated=tuple(undated),
    )


def _profiles(result: UnitResult, shown: Shown) -> tuple[ShownProfile, ...]:
    if result.score.n < MINIMUM:
        return ()
    return tuple(
        profile_rule.hidden(counted) if counted.field.key in shown.fields else profile_rule.shown(counted)
        for counted in result.respondents
    )


def _follow_up(told: FollowUp, shown: Shown) -> FollowUp:
    earlier = (Finding(f.instrument, shown.earlier(f.measured, f.instrument)) for f in told.findings)
    return replace(told, findings=tuple(earlier))


def _in_no_order(sheets: IntArray) -> IntArray:
    """By their scores, which the table shows anyway: whose came first cannot be told."""
    return sheets[np.lexsort(sheets.T[::-1])] if len(sheets) else sheets
