"""An account as whoever asks sees it: its roles, whether it can sign in, and whether they may change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.permissions import MAY_GIVE, Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.accounts import Account, AccountRole
from survey_app.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role at a place; `id` names it in `take_back`."""

    id: int
    role: Role
    scope: Scope


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account. `waiting`: no link was used yet. `mine`: whoever asks may change it.

    `roles`: those at places of whoever asks; `elsewhere`: there are others, of which no more is told.
    `provider`: signs in by OpenID Connect alone, with the roles that its claims give.
    """

    id: int
    login: str
    name: str
    active: bool
    waiting: bool
    demo: bool
    provider: bool
    last_seen: datetime | None
    roles: tuple[Held, ...]
    elsewhere: bool
    mine: bool


def may_give(acting: Acting) -> frozenset[Role]:
    """The roles that somebody may give inside the own scope.

    Nobody of a single unit gives any, and nobody who views as somebody else.
    """
    if acting.scope.unit is not None or acting.viewer is not None or not acting.may(Action.MANAGE_PEOPLE):
        return frozenset()
    return MAY_GIVE.get(acting.role, frozenset())


def seen_by(
    account: Account, roles: Sequence[AccountRole], acting: Acting, places: Mapping[str, str]
) -> Person:
    given = tuple(
        Held(id=role.id, role=Role(role.role), scope=Scope(role.agency or None, role.unit or None))
        for role in roles
    )
    may = may_give(acting)
    # Without a role it is nobody's but the province's: there is nothing to tell whose it was.
    anyhow = bool(given) or acting.scope == PROVINCE
    told = (
        given if acting.scope == PROVINCE else tuple(g for g in given if lies_within(acting, g.scope, places))
    )
    return Person(
        id=account.id,
        login=account.login,
        name=account.name,
        active=account.active,
        waiting=not (account.has_way_in or account.demo or account.from_provider),
        demo=account.demo,
        provider=account.from_provider,
        last_seen=account.last_seen,
        roles=told,
        elsewhere=len(told) < len(given),
        mine=bool(may)
        and anyhow
        and all(g.role in may and lies_within(acting, g.scope, places) for g in given),
    )


def may_reopen(account: Account, acting: Acting, places: Mapping[str, str]) -> bool:
    """Whether who closed an account may no more than whoever asks; where nobody knows, the province did."""
    role, agency = account.closed_role or Role.ADMIN, account.closed_agency or None
    return Role(role) in may_give(acting) and lies_within(acting, Scope(agency), places)


def outgrew(
    account: Account, had: Sequence[AccountRole], has: Sequence[AccountRole], places: Mapping[str, str]
) -> bool:
    """Whether somebody could change the account while it had these roles, who cannot with those it has now.

    Who made a link is not kept, so whoever could have is thought of.
    """
    agencies = {*places.values(), *(role.agency for role in had if role.agency)}
    everywhere = [PROVINCE, *(Scope(agency=code) for code in agencies)]
    makers = [Acting(role, scope) for role in MAY_GIVE for scope in everywhere]
    return any(
        seen_by(account, had, maker, places).mine and not seen_by(account, has, maker, places).mine
        for maker in makers
    )


def lies_within(acting: Acting, place: Scope, places: Mapping[str, str]) -> bool:
    """Whether a place lies in the scope of who asks; a unit that is gone lies in the province alone."""
    if acting.scope.unit is not None:
        return place.unit == acting.scope.unit
    agency = place.agency if place.unit is None else places.get(place.unit)
    return acting.scope == PROVINCE or (agency is not None and acting.scope.agency == agency)


def common_place(roles: Sequence[AccountRole], places: Mapping[str, str]) -> Scope:
    """The smallest place that roles lie in together: a unit, an agency, or else the province.

    Where there is no role nothing lies anywhere: the province then, as nobody else looks after the account.
    """
    units = {(role.agency or places.get(role.unit, ""), role.unit) for role in roles}
    agencies = {agency for agency, _ in units}
    if len(agencies) != 1:
        return PROVINCE
    (agency,) = agencies
    unit = next(iter(units))[1] if len(units) == 1 else ""
    return Scope(agency or None, unit or None)


def agencies_of_units(database: Database) -> dict[str, str]:
    """The code of the agency by that of each unit."""
    return {e.unit.code: e.agency.code for e in catalogue.list_units(database, PROVINCE)}
