"""What respondents leave open: which unsur, by profile; and the profile itself, by way of answering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.comparison import Counted, ShareBeside, shares_beside
from analytics.disclosure import MINIMUM
from survey_app import instruments
from survey_app.instruments import Element, Instrument, Option, ProfileField
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.answered import WAYS, Sheets, profiles_are_kept, sheets_of
from survey_app.services.ikm.results import UnitResult
from survey_app.storage.database import Database

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class OpenUnsur:
    """An unsur that those with one option of a field leave open more often than the others; or less often,
    where no option stands out by more."""

    element: Element
    field: ProfileField
    option: Option
    found: ShareBeside


@dataclass(frozen=True)
class OpenProfile:
    """A way of answering in which the whole profile stays open more often than in the others; or less often,
    where none stands out by more."""

    way: Channel
    found: ShareBeside


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """What stands out, the clearest first.

    Attributes:
        unsur: by profile; None where nobody could leave an unsur open, as no form on a screen lets them.
        profile: by way of answering; None where all answered in one way.
    """

    unsur: tuple[OpenUnsur, ...] | None
    profile: tuple[OpenProfile, ...] | None


def gaps(database: Database, result: UnitResult) -> Gaps | None:
    """None where a few answered, the result is hidden, or profiles have been emptied."""
    if narrowed.unsur_hidden(result.score) or result.score.n < MINIMUM:
        return None
    sheets = sheets_of(database, result)
    if not profiles_are_kept(sheets, result):
        return None
    return _of(sheets, result.instrument.ref)


# Sheets are compared by identity, and are the same object as long as the answers are the same. As many are
# remembered as of the sheets themselves, which this keeps as well.
@lru_cache(maxsize=16)
def _of(sheets: Sheets, instrument_ref: str) -> Gaps:
    return Gaps(unsur=_unsur(sheets, instruments.get(instrument_ref)), profile=_profile(sheets))


def _unsur(sheets: Sheets, instrument: Instrument) -> tuple[OpenUnsur, ...] | None:
    """Only of ways that allow gaps: else those who use a screen would seem to be the thorough ones."""
    on_paper = [number for number, way in enumerate(WAYS) if way.may_leave_unanswered]
    paper = sheets.where(np.isin(sheets.ways, on_paper))
    if not len(paper.answers):
        return None
    names, counted = [], []
    for field in instrument.profile:
        chosen = paper.chosen(field.key)
        for option in field.options:
            group = chosen == option.key
            for place, element in enumerate(instrument.elements):
                for c in _counted(paper.answers[:, place] == 0, group, chosen != ""):
                    names.append((element, field, option))
                    counted.append(c)
    found = zip(names, shares_beside(counted), strict=True)
    clear = [OpenUnsur(*name, share) for name, share in found if share.clear]
    # That men leave it open less often says no more than that women do so more often.
    told = {(gap.element.key, gap.field.key) for gap in clear if gap.found.more}
    kept = [gap for gap in clear if gap.found.more or (gap.element.key, gap.field.key) not in told]
    return tuple(sorted(kept, key=lambda gap: gap.found.p))


def _profile(sheets: Sheets) -> tuple[OpenProfile, ...] | None:
    empty = np.array([not profile for profile in sheets.profiles])[sheets.profile]
    used = np.unique(sheets.ways).tolist()
    if len(used) < 2:
        return None
    names, counted = [], []
    for way in used:
        for c in _counted(empty, sheets.ways == way, np.ones(len(empty), dtype=np.bool_)):
            names.append(WAYS[way])
            counted.append(c)
    found = zip(names, shares_beside(counted), strict=True)
    clear = [OpenProfile(name, share) for name, share in found if share.clear]
    more = [gap for gap in clear if gap.found.more]
    return tuple(sorted(more or clear, key=lambda gap: gap.found.p))


def _counted(is_open: BoolArray, group: BoolArray, asked: BoolArray) -> Iterator[Counted]:
    """The group against the others who were asked; nothing where either are a few, or nobody left it open."""
    others = asked & ~group
    n, rest = int(group.sum()), int(others.sum())
    part, others_part = int(is_open[group].sum()), int(is_open[others].sum())
    if min(n, rest) >= MINIMUM and part + others_part:
        yield Counted(part, n, others_part, rest)
