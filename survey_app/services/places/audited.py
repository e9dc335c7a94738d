"""What people do is written down beside it: who, in which role, when, what, how it was before, from where.

A change and its entry are one transaction, so there is neither without the other. What the role or the scope
refuses is written down as well. No citizen appears: an entry holds the place and the arguments that are
named, never an answer, a comment or a receipt.
"""

from __future__ import annotations

import functools
import inspect
import json
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import Context
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

from survey_app.errors import AppError, Refused, Unavailable
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.refusals import worth_telling
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import audit
from survey_app.storage.audit import NewEntry
from survey_app.storage.database import Connection, Database
from survey_app.storage.places import as_code

P = ParamSpec("P")
R = TypeVar("R")
#: What a change was given, by its name.
Given = Mapping[str, Any]
Change = Callable[Concatenate[Database, Acting, P], R]

#: Refusals that say something of who asked; others are of what was entered.
_OF_THE_PERSON = (
    "viewing-as",
    "closed-above",
    "view-refused",
    "passkey-refused",
    "role-refused",
    "scope-refused",
    "role-not-given",
    "last-admin",
    "key-refused",
)


class Event(StrEnum):
    """What is written down without being a right that somebody has or has not."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    #: A password set, a passkey added or removed, another role taken up.
    CHANGE_OWN_ACCOUNT = "change-own-account"
    DOWNLOAD = "download"
    #: Personal data emptied after their time, by the system itself.
    THIN = "thin"


#: In the place of a role: nobody did it.
SYSTEM = "system"


def audited(
    action: Action,
    *named: str,
    place: Callable[[Database, Given], Scope] | None = None,
    before: Callable[[Database, Given], object] | None = None,
) -> Callable[[Change[P, R]], Change[P, R]]:
    """Write an entry for each call of a service that changes something; where it changes nothing, none.

    Args:
        named: the arguments that are written down, `terms.year` for a part of one; not the place.
        place: the place; by default that of a scope, a unit entry, or the code of a unit or an agency. What
            has a number instead is looked up, so that the log of a place holds it.
        before: reads how it was, asked just before the change.
    """

    def around(change: Change[P, R]) -> Change[P, R]:
        signature = inspect.signature(change)
        service = f"{change.__module__.removeprefix('survey_app.services.')}.{change.__name__}"

        @functools.wraps(change)
        def noted(database: Database, acting: Acting, /, *args: P.args, **kwargs: P.kwargs) -> R:
            given = signature.bind(database, acting, *args, **kwargs).arguments
            what = {"service": service, **_named(given, named)}
            where = _place(given) if place is None else _read(place, database, given) or PROVINCE
            was = None if before is None else _told(_read(before, database, given))
            done = _entry(acting, action, where, what, was, refused=False)
            with (
                refusals(database, acting, action, what, where),
                database.noting(lambda connection: audit.append(connection, done)),
            ):
                return change(database, acting, *args, **kwargs)

        return noted

    return around


def asked(action: Action) -> Callable[[Change[P, R]], Change[P, R]]:
    """Write an entry where a service that only tells something refuses it because of who asks."""

    def around(tell: Change[P, R]) -> Change[P, R]:
        service = f"{tell.__module__.removeprefix('survey_app.services.')}.{tell.__name__}"
        signature = inspect.signature(tell)

        @functools.wraps(tell)
        def noted(database: Database, acting: Acting, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return tell(database, acting, *args, **kwargs)
            except Refused as refusal:
                if refusal.code in _OF_THE_PERSON:
                    given = signature.bind(database, acting, *args, **kwargs).arguments
                    refused(database, acting, action, {"service": service}, _place(given))
                raise

        return noted

    return around


def note(
    database: Database, acting: Acting, action: Action | Event, what: Given, place: Scope = PROVINCE
) -> None:
    """Write down what changes nothing: a download, an export, a look at what stays inside."""
    database.write(lambda connection: write(connection, acting, action, what, place))


def write(
    connection: Connection, acting: Acting, action: Action | Event, what: Given, place: Scope = PROVINCE
) -> None:
    """Write down what was done, in the transaction that does it."""
    told = {name: _told(value) for name, value in what.items()}
    audit.append(connection, _entry(acting, action, place, told, None, refused=False))


def by_itself(connection: Connection, event: Event, what: Given, place: Scope = PROVINCE) -> None:
    """Write down what the system did of its own, in the transaction that does it."""
    entry = NewEntry(
        role=SYSTEM,
        action=event.value,
        refused=False,
        agency=place.agency or "",
        unit=place.unit or "",
        what=_json(what),
        before=None,
        who=None,
        network=None,
    )
    audit.append(connection, entry)


def refused(
    database: Database, acting: Acting, action: Action | Event, what: Given, place: Scope = PROVINCE
) -> None:
    """Write down what was refused, as far as it stands out (`refusals`).

    A database that takes nothing in refuses it all the same.
    """

    def job(connection: Connection) -> None:
        counted = worth_telling(connection, acting)
        if counted is not None:
            told = {**what, **counted}
            audit.append(connection, _entry(acting, action, place, told, None, refused=True))

    with suppress(Unavailable):
        # Beside nothing: what was noted around the refused change was not done.
        Context().run(database.write, job)


@contextmanager
def refusals(
    database: Database, acting: Acting, action: Action | Event, what: Given, place: Scope = PROVINCE
) -> Iterator[None]:
    """Write down what the block refuses because of who asks, and raise it all the same."""
    try:
        yield
    except Refused as refusal:
        if refusal.code in _OF_THE_PERSON:
            refused(database, acting, action, what, place)
        raise


def _entry(
    acting: Acting, action: Action | Event, place: Scope, what: Given, before: object, *, refused: bool
) -> NewEntry:
    # Whoever views as somebody else has done it, and it says as whom.
    doer = acting.viewer or acting
    if acting.viewer is not None:
        what = {**what, "viewing_as": {"login": acting.by, "role": acting.role.value, **_told_place(acting)}}
    return NewEntry(
        role=doer.role.value,
        action=action.value,
        refused=refused,
        # A program may write codes in capitals: an entry stands under the code that is stored, or no filter
        # by place would find it.
        agency=as_code(place.agency or ""),
        unit=as_code(place.unit or ""),
        what=_json(what),
        before=None if before is None else _json(before),
        who=doer.by or None,
        network=doer.network or None,
    )


def _told_place(acting: Acting) -> Given:
    return {name: code for name, code in vars(acting.scope).items() if code}


def _read(read: Callable[[Database, Given], R], database: Database, given: Given) -> R | None:
    try:
        return read(database, given)
    except AppError:
        # What is wrong the change itself says.
        return None


def _named(given: Given, names: Sequence[str]) -> Given:
    """The named arguments, by the last part of their names; one that was left out has its default."""
    return {
        name.rpartition(".")[2]: _told(operator.attrgetter(rest)(given[first]) if rest else given[first])
        for name in names
        for first, _, rest in [name.partition(".")]
        if first in given
    }


def _place(given: Given) -> Scope:
    """The place that a change is about, from whichever argument names it."""
    if isinstance(scope := given.get("scope"), Scope):
        return scope
    for value in given.values():
        entry = value if isinstance(value, UnitEntry) else getattr(value, "entry", None)
        if isinstance(entry, UnitEntry):
            return place_of(entry)
    return Scope(given.get("agency_code"), given.get("unit_code"))


def place_of(entry: UnitEntry) -> Scope:
    """A unit as entries name it: with its agency."""
    return Scope(entry.agency.code, entry.unit.code)


def _told(value: object) -> object:
    """A value as JSON has it, in the words of the domain."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Scope):
        return {k: v for k, v in (("agency", value.agency), ("unit", value.unit)) if v}
    if isinstance(value, Mapping):
        return {str(k): _told(v) for k, v in value.items()}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Sequence | frozenset | set):
        return [_told(each) for each in value]
    if type(value).__str__ is object.__str__ and is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    return str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
