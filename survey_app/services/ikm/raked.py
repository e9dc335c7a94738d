"""The index as if users had answered in proportion to who they are: services and profile at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from analytics import Reason
from analytics.disclosure import MINIMUM
from analytics.ikm import Estimate
from analytics.sampling import Margin, rake
from survey_app import instruments
from survey_app.instruments import ProfileField
from survey_app.services.ikm import narrowed, profiles
from survey_app.services.ikm.answered import Sheets, TextArray, profiles_are_kept, sheets_of
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import users_by_profile
from survey_app.storage.database import Database
from survey_app.storage.users_by_profile import Sizes

#: A field that more of the sheets leave open is not weighted by: too few would speak for everybody.
MOST_OPEN = 0.25


class Unused(StrEnum):
    """Why a field with known sizes is not weighted by."""

    #: More than `MOST_OPEN` of the sheets leave it open.
    LEFT_OPEN = "left-open"
    #: Somebody answered with an option of which nobody was served.
    NOBODY_SERVED = "nobody-served"
    #: Fewer than `MINIMUM` answered with all options but one, whose index the weights would tell.
    FEW = "few"


@dataclass(frozen=True, kw_only=True)
class RakedIndex:
    """The weighted index beside the official one, which it never changes.

    Attributes:
        index: weighted; undefined, with the reason, where the weights do not meet all sizes, or where no
            field can be used.
        n: sheets that it stands on: those that fill in every field used.
        left_open: sheets that do not; they count in the official index.
        by_service: whether the users of the services are among what is weighted to.
        fields: those of the profile that are.
        unused: fields with known sizes that are not, and why.
        together: options that count as one, as fewer than `MINIMUM` answered with some of them.
        empty: names of services and options with users and without sheets, for whom nobody speaks.
        design_effect: Kish's; `n / design_effect` sheets of equal weights tell as much.
        counts_hidden: whether n, those left open and the design effect would tell a number that is hidden
            where respondents are counted by profile.
    """

    index: Estimate
    n: int
    left_open: int
    by_service: bool
    fields: tuple[ProfileField, ...]
    unused: tuple[tuple[ProfileField, Unused], ...]
    together: tuple[tuple[ProfileOption, ...], ...]
    empty: tuple[str | ProfileOption, ...]
    design_effect: float
    counts_hidden: bool

    @property
    def effective_n(self) -> float:
        """How many sheets of equal weights would tell as much."""
        return self.n / self.design_effect


@dataclass(frozen=True)
class ProfileOption:
    """An option by the places of its field and of itself in the questionnaire's profile."""

    field: ProfileField
    key: str


def raked_index(database: Database, result: UnitResult) -> RakedIndex | None:
    """Weighted to the services' users and to every field of the profile whose sizes are recorded.

    None where no sizes are recorded, for one service of a unit, where a few answered, the result is hidden,
    or profiles have been emptied. Services count where two or more have recorded their users, all of them,
    and none fewer than it has answers.

    A sheet that leaves a used field open has no category there. It is left out, and how many are is said: to
    keep such sheets with the weight of the others would keep the same part of the bias that the weights are
    to take away. Left out they do no harm where who leaves a field open answers as others of the same kind.

    The official index and the weighted one together would tell the index of three men among a hundred women.
    So options that a few answered with count as one, together with the next larger where they still are few.
    """
    hidden = narrowed.unsur_hidden(result.score) or result.score.n < MINIMUM
    if hidden or result.service is not None or not result.instrument.profile:
        return None
    sizes = users_by_profile.holding(database, result.entry.unit.id, result.period)
    if not sizes:
        return None
    sheets = sheets_of(database, result)
    if not profiles_are_kept(sheets, result):
        return None
    services = tuple((s.service.id, s.service.name, s.n, s.users) for s in result.services)
    known = tuple((field, tuple(sorted(options.items()))) for field, options in sorted(sizes.items()))
    hides = frozenset(c.field.key for c in result.respondents if profiles.shown(c).hides)
    return _of(sheets, result.instrument.ref, services, known, hides)


_Services = tuple[tuple[int, str, int, int | None], ...]


# Sheets are compared by identity, and are the same object as long as the answers are the same. As many are
# remembered as of the sheets themselves, which this keeps as well.
@lru_cache(maxsize=16)
def _of(
    sheets: Sheets,
    instrument_ref: str,
    services: _Services,
    known: tuple[tuple[str, tuple[tuple[str, int], ...]], ...],
    hides: frozenset[str],
) -> RakedIndex | None:
    instrument = instruments.get(instrument_ref)
    sizes: Sizes = {field: dict(options) for field, options in known}
    asked = [field for field in instrument.profile if field.key in sizes]
    if not asked:
        return None
    why = {field.key: _unused(sheets, field, sizes[field.key]) for field in asked}
    while True:
        fields = tuple(field for field in asked if why[field.key] is None)
        filled = np.logical_and.reduce([sheets.chosen(field.key) != "" for field in fields])
        kept = sheets.where(filled) if fields else sheets
        together = {field.key: few_together(kept.chosen(field.key)) for field in fields}
        alone = [field.key for field in fields if _few_else(kept.chosen(field.key))]
        if not alone:
            break
        # Without one field others stay who had left it open, and the rest may be usable.
        why[alone[-1]] = Unused.FEW
    unused = tuple((field, reason) for field in asked if (reason := why[field.key]) is not None)
    if not fields or not len(kept.answers):
        return RakedIndex(
            index=Estimate.undefined(Reason.NO_ANSWERS),
            n=0,
            left_open=0,
            by_service=False,
            fields=(),
            unused=unused,
            together=(),
            empty=(),
            design_effect=1.0,
            counts_hidden=False,
        )
    margins, by_service = list(_margins(kept, services, fields, sizes, together)), _usable(services)
    raked = rake(kept.answers, margins, levels=instrument.levels, weights=instrument.weights)
    return RakedIndex(
        index=raked.weighted,
        n=len(kept.answers),
        left_open=int((~filled).sum()),
        by_service=by_service,
        fields=fields,
        unused=unused,
        together=tuple(
            tuple(ProfileOption(field, option.key) for option in field.options if option.key in few)
            for field in fields
            if (few := together[field.key])
        ),
        empty=tuple(_named(raked.empty, services, fields)),
        design_effect=raked.design_effect,
        counts_hidden=any(field.key in hides for field in fields),
    )


def few_together(chosen: TextArray) -> frozenset[str]:
    """The options that fewer than `MINIMUM` sheets have, with the next larger one where they are still a few;
    none where no option is of a few."""
    options, counts = np.unique(chosen, return_counts=True)
    order = np.argsort(counts, kind="stable")
    few = int((counts < MINIMUM).sum())
    if few and counts[order[:few]].sum() < MINIMUM:
        few += 1
    return frozenset(options[order[:few]].tolist())


def _few_else(chosen: TextArray) -> bool:
    """Whether all options would count as one, as a few answered with some of them."""
    few = few_together(chosen)
    return bool(few) and few == set(chosen.tolist())


def _unused(sheets: Sheets, field: ProfileField, sizes: Mapping[str, int]) -> Unused | None:
    chosen = sheets.chosen(field.key)
    if (chosen == "").mean() > MOST_OPEN:
        return Unused.LEFT_OPEN
    if any(not sizes.get(option) for option in set(chosen[chosen != ""].tolist())):
        return Unused.NOBODY_SERVED
    return Unused.FEW if _few_else(chosen[chosen != ""]) else None


def _usable(services: _Services) -> bool:
    """Whether the services' users are known, of two or more, and no service has more answers than users."""
    return len(services) > 1 and all(users is not None and users >= n for _, _, n, users in services)


def _margins(
    sheets: Sheets,
    services: _Services,
    fields: tuple[ProfileField, ...],
    sizes: Sizes,
    together: Mapping[str, frozenset[str]],
) -> Iterator[Margin]:
    """The services first: their sum is the number of users that the others are scaled to."""
    if _usable(services):
        users = {str(number): float(n or 0) for number, _, _, n in services}
        yield Margin(_SERVICE, [str(number) for number in sheets.services.tolist()], users)
    for field in fields:
        few = together[field.key]
        known = {option: float(n) for option, n in sizes[field.key].items() if option not in few}
        if few:
            known[_TOGETHER] = float(sum(sizes[field.key][option] for option in few))
        chosen = sheets.chosen(field.key).tolist()
        yield Margin(field.key, [_TOGETHER if option in few else option for option in chosen], known)


#: Name of the options of a field that count as one; no option's key holds a space.
_TOGETHER = "few together"
#: Name of the margin of the services; no field's key holds a space.
_SERVICE = "by service"


def _named(
    empty: tuple[tuple[str, str], ...], services: _Services, fields: tuple[ProfileField, ...]
) -> Iterator[str | ProfileOption]:
    names = {str(number): name for number, name, _, _ in services}
    by_key = {field.key: field for field in fields}
    for margin, category in empty:
        yield names[category] if margin == _SERVICE else ProfileOption(by_key[margin], category)
