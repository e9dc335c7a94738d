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
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.answered import Sheets, profiles_are_kept, sheets_of
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
        empty: names of services and options with users and without sheets, for whom nobody speaks.
        design_effect: Kish's; `n / design_effect` sheets of equal weights tell as much.
    """

    index: Estimate
    n: int
    left_open: int
    by_service: bool
    fields: tuple[ProfileField, ...]
    unused: tuple[tuple[ProfileField, Unused], ...]
    empty: tuple[str | ProfileOption, ...]
    design_effect: float

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
    return _of(sheets, result.instrument.ref, services, known)


_Services = tuple[tuple[int, str, int, int | None], ...]


# Sheets are compared by identity, and are the same object as long as the answers are the same.
@lru_cache(maxsize=64)
def _of(
    sheets: Sheets,
    instrument_ref: str,
    services: _Services,
    known: tuple[tuple[str, tuple[tuple[str, int], ...]], ...],
) -> RakedIndex | None:
    instrument = instruments.get(instrument_ref)
    sizes: Sizes = {field: dict(options) for field, options in known}
    asked = [field for field in instrument.profile if field.key in sizes]
    why = {field.key: _unused(sheets, field, sizes[field.key]) for field in asked}
    fields = tuple(field for field in asked if why[field.key] is None)
    unused = tuple((field, reason) for field in asked if (reason := why[field.key]) is not None)
    filled = np.logical_and.reduce([sheets.chosen(field.key) != "" for field in fields])
    kept = sheets.where(filled) if fields else None
    if kept is None or not len(kept.answers):
        return RakedIndex(
            index=Estimate.undefined(Reason.NO_ANSWERS),
            n=0,
            left_open=0,
            by_service=False,
            fields=(),
            unused=unused,
            empty=(),
            design_effect=1.0,
        )
    margins, by_service = list(_margins(kept, services, fields, sizes)), _usable(services)
    raked = rake(kept.answers, margins, levels=instrument.levels, weights=instrument.weights)
    return RakedIndex(
        index=raked.weighted,
        n=len(kept.answers),
        left_open=int((~filled).sum()),
        by_service=by_service,
        fields=fields,
        unused=unused,
        empty=tuple(_named(raked.empty, services, fields)),
        design_effect=raked.design_effect,
    )


def _unused(sheets: Sheets, field: ProfileField, sizes: Mapping[str, int]) -> Unused | None:
    chosen = sheets.chosen(field.key)
    if (chosen == "").mean() > MOST_OPEN:
        return Unused.LEFT_OPEN
    if any(not sizes.get(option) for option in set(chosen[chosen != ""].tolist())):
        return Unused.NOBODY_SERVED
    return None


def _usable(services: _Services) -> bool:
    """Whether the services' users are known, of two or more, and no service has more answers than users."""
    return len(services) > 1 and all(users is not None and users >= n for _, _, n, users in services)


def _margins(
    sheets: Sheets, services: _Services, fields: tuple[ProfileField, ...], sizes: Sizes
) -> Iterator[Margin]:
    """The services first: their sum is the number of users that the others are scaled to."""
    if _usable(services):
        users = {str(number): float(n or 0) for number, _, _, n in services}
        yield Margin(_SERVICE, [str(number) for number in sheets.services.tolist()], users)
    for field in fields:
        known = {option: float(n) for option, n in sizes[field.key].items()}
        yield Margin(field.key, sheets.chosen(field.key).tolist(), known)


#: Name of the margin of the services; no field's key holds a space.
_SERVICE = "by service"


def _named(
    empty: tuple[tuple[str, str], ...], services: _Services, fields: tuple[ProfileField, ...]
) -> Iterator[str | ProfileOption]:
    names = {str(number): name for number, name, _, _ in services}
    by_key = {field.key: field for field in fields}
    for margin, category in empty:
        yield names[category] if margin == _SERVICE else ProfileOption(by_key[margin], category)
