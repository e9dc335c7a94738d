"""Results without what would point at a few people: what is hidden is not in them, only the reason is.

A hidden score has no numbers at all, not even n, so that who forgets to ask prints nothing of anybody.
"""

from __future__ import annotations

from dataclasses import replace

from analytics import Reason
from analytics.disclosure import is_few
from analytics.ikm import IkmResult, Moments
from survey_app.services.ikm.results import PeriodResult

#: Why a number is not shown although there is one.
HIDING = frozenset({Reason.FEW_PEOPLE, Reason.SINGLED_OUT, Reason.NOT_PUBLISHED})
#: The field under which `reasons` says that the values per unsur are hidden, the index is not.
_UNSUR = "unsur"


def hidden(score: IkmResult) -> Reason | None:
    """Why the score is hidden; None when it is shown, or when there is none."""
    why = score.reason("ikm")
    return why if why in HIDING else None


def unsur_hidden(score: IkmResult) -> bool:
    """Whether the values per unsur are hidden."""
    return hidden(score) is not None or score.reason(_UNSUR) is not None


def people(score: IkmResult) -> int | None:
    """Respondents; None where their number is hidden."""
    return None if hidden(score) else score.n


def period(result: PeriodResult, why: Reason | None = None, *, unsur: bool = False) -> PeriodResult:
    """`result` as it may be shown: hidden for `why` or because few answered, or only its unsur.

    One unsur hidden alone could be worked out from the index and the others, so all of them are.

    Args:
        unsur: beside what else is shown, the values per unsur would tell those of a few (`unsur_hiding`).
    """
    score = result.score
    if hidden(score):
        return result
    if is_few(score.n):
        why = Reason.FEW_PEOPLE
    if why is not None:
        return _without(result, _hide(score, why))
    if unsur or any(is_few(n) for n in score.answered):
        return _without(result, _hide_unsur(score))
    return result


def _without(result: PeriodResult, score: IkmResult) -> PeriodResult:
    """The sums tell all that the score hides."""
    ignored = result.population_ignored and not hidden(score)
    moments = Moments.zero(result.moments.k, result.moments.levels)
    return PeriodResult(result.period, moments, score, ignored)


def _hide_unsur(score: IkmResult) -> IkmResult:
    nothing = (0,) * len(score.answered)
    reasons = (*score.reasons, (_UNSUR, Reason.FEW_PEOPLE))
    return replace(score, answered=nothing, totals=nothing, reasons=reasons)


def _hide(score: IkmResult, why: Reason) -> IkmResult:
    return replace(
        _hide_unsur(score),
        n=0,
        population=None,
        exact=None,
        ikm=None,
        band=None,
        se=None,
        interval=None,
        sample=None,
        interval_t=None,
        reasons=(("ikm", why), ("interval", why), (_UNSUR, why)),
    )
