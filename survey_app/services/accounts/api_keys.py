"""Keys for other programs: what each may, where, and until when.

A key is shown once and kept as its hash. It acts in the role of who made it, at one place inside theirs,
with some of that role's rights only, for a year at most. It ends by itself as its maker could not make it any
more: nobody keeps a way in by a key made earlier. One made on the command line is the server's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from survey_app.errors import NotFound, Problem, Refused, Unavailable
from survey_app.services.accounts import key_standing, names, tokens
from survey_app.services.accounts.key_standing import State, scope_of
from survey_app.services.accounts.persons import agencies_of_units, lies_within
from survey_app.services.places import entered, unit_entry
from survey_app.services.places.acting import NOT_YOURS, Acting, Role
from survey_app.services.places.audited import Given, asked, audited
from survey_app.services.places.own_place import own_place
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts, api_keys
from survey_app.storage.api_keys import NewKey, StoredKey
from survey_app.storage.database import Connection, Database
from survey_app.text import Text


class Right(StrEnum):
    """What a key can be for."""

    #: Results that are not published yet, as a manager sees them, and answers without personal data.
    RESULTS = "results"
    #: Files of answers.
    IMPORT = "import"
    #: Scheduled reports: listed, downloaded, made.
    REPORTS = "reports"
    #: Agencies, units and services: created and changed.
    UNITS = "units"


#: The actions behind each right; a role that may not do one of them may not do it by a key either.
RIGHTS: Mapping[Right, frozenset[Action]] = MappingProxyType(
    {
        Right.RESULTS: frozenset({Action.SEE_RESULTS, Action.SEE_INSIDE}),
        # Who sends a file sees what became of it, and takes a wrong one back.
        Right.IMPORT: frozenset({Action.IMPORT_ANSWERS, Action.SEE_SETTINGS, Action.WITHDRAW_IMPORT}),
        Right.REPORTS: frozenset({Action.SEE_RESULTS, Action.MAKE_REPORTS}),
        Right.UNITS: frozenset(
            {
                Action.SEE_SETTINGS,
                Action.MANAGE_UNIT,
                Action.CREATE_UNITS,
                Action.CHANGE_QUESTIONNAIRES,
            }
        ),
    }
)
#: Begins each key, so that people and programs that look for lost secrets know one when they see it.
PREFIX = "survei_"
LONGEST = timedelta(days=366)
#: How exactly it is known when a key was used last.
_USED_STEP = timedelta(minutes=10)
KEY_UNKNOWN = Text("Kunci tidak dikenal.", "There is no such key.")
_WITHOUT_RIGHTS = Text("Pilih sedikitnya satu hak.", "Choose at least one right.")
_BAD_END = Text(
    "Kunci berlaku paling lama {days} hari, dan berakhir setelah hari ini.",
    "A key is valid for at most {days} days, and ends after today.",
)
_NOT_OF_THE_ROLE = Text(
    "Peran Anda tidak memiliki hak {right}, sehingga kunci Anda juga tidak.",
    "Your role does not have the right {right}, so a key of yours cannot have it.",
)
_OF_DEMO = Text(
    "Akun contoh tidak dapat membuat kunci. Buat akun petugas dahulu.",
    "A sample account cannot make keys. Create a staff account first.",
)


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key as people see it; `id` names it and opens nothing.

    `maker` is a login, None of the server's own.
    """

    id: int
    name: str
    role: Role
    scope: Scope
    rights: frozenset[Right]
    made_at: datetime
    maker: str | None
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None
    state: State

    @property
    def works(self) -> bool:
        return self.state is State.WORKS


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The program behind a request. `key` tells its limits apart from others'."""

    key: int
    acting: Acting


@audited(Action.CONNECT_PROGRAMS, "name", "rights", "expires_at")
def make(
    database: Database,
    acting: Acting,
    name: str,
    scope: Scope,
    rights: Collection[Right],
    expires_at: datetime,
    now: datetime,
) -> str:
    """Make a key for a place inside the own one, and give its token, which nobody sees again.

    Raises:
        Refused: `role-refused`, `scope-refused`, `demo-account`; `input-refused` with every problem.
        NotFound: `agency-unknown`, `unit-unknown`.
    """
    place = own_place(database, acting, scope, Action.CONNECT_PROGRAMS)
    _refuse_sample(database, acting)
    shown = name.strip()
    problems = entered.shown_name_problems(shown, names.NAME_MAX)
    if not rights:
        problems.append(Problem("no-rights", "rights", _WITHOUT_RIGHTS))
    for right in sorted(rights):
        if not can_have(acting, right):
            problems.append(Problem("right-not-yours", "rights", _NOT_OF_THE_ROLE.format(right=right.value)))
    if not now < expires_at <= now + LONGEST:
        problems.append(Problem("key-end", "expires_at", _BAD_END.format(days=LONGEST.days)))
    if problems:
        raise Refused.entries(problems)
    token = PREFIX + tokens.new_token()
    new = NewKey(
        name=shown,
        token_hash=tokens.hashed(token),
        role=acting.role,
        agency=place.agency or "",
        unit=place.unit or "",
        rights=" ".join(sorted(rights)),
        made_at=now,
        made_by=acting.account,
        expires_at=expires_at,
    )
    database.write(lambda connection: api_keys.add(connection, new))
    return token


def can_have(acting: Acting, right: Right) -> bool:
    """Whether a key of somebody could do anything by a right; how much, the role goes on to say."""
    return any(acting.may(action) for action in RIGHTS[right])


def _by_number(database: Database, given: Given) -> StoredKey | None:
    with database.read() as connection:
        return api_keys.by_id(connection, given["key_id"])


def _named(database: Database, given: Given) -> object:
    stored = _by_number(database, given)
    return None if stored is None else {"name": stored.name, "rights": stored.rights}


def _where(database: Database, given: Given) -> Scope:
    stored = _by_number(database, given)
    return PROVINCE if stored is None else scope_of(stored)


@audited(Action.CONNECT_PROGRAMS, "key_id", place=_where, before=_named)
def revoke(database: Database, acting: Acting, key_id: int, now: datetime) -> None:
    """End a key at once, whoever made it.

    Raises:
        Refused: `role-refused`, `scope-refused` for one that reaches beyond the own place.
        NotFound: `key-unknown`.
    """
    acting.require_action(Action.CONNECT_PROGRAMS)
    places = agencies_of_units(database)

    def job(connection: Connection) -> None:
        stored = api_keys.by_id(connection, key_id)
        if stored is None:
            raise NotFound("key-unknown", KEY_UNKNOWN)
        if not lies_within(acting, scope_of(stored), places):
            raise Refused("scope-refused", NOT_YOURS.format(place=stored.name))
        api_keys.revoke(connection, key_id, now)

    database.write(job)


@asked(Action.CONNECT_PROGRAMS)
def listed(database: Database, acting: Acting, now: datetime) -> list[ApiKey]:
    """The keys inside the own place, the newest first, those that are over too. Raises: Refused."""
    acting.require_action(Action.CONNECT_PROGRAMS, to_read=True)
    places = agencies_of_units(database)
    with database.read() as connection:
        mine = [k for k in api_keys.listed(connection) if lies_within(acting, scope_of(k), places)]
        return [_shown(connection, stored, places, now) for stored in mine]


def authenticate(database: Database, token: str, now: datetime) -> Caller | None:
    """Who holds a key that works; None for any other."""
    if not token.startswith(PREFIX):
        return None
    with database.look() as connection:
        stored = api_keys.by_hash(connection, tokens.hashed(token))
    if stored is None:
        return None
    places = _agency_of(database, stored.unit)
    with database.look() as connection:
        if key_standing.state_of(connection, stored, places, now) is not State.WORKS:
            return None
    if stored.used_at is None or now - stored.used_at >= _USED_STEP:
        with suppress(Unavailable):  # a database that is read only answers all the same
            database.write(lambda connection: api_keys.used(connection, stored.id, now))
    rights = _rights(stored)
    only = frozenset().union(*(RIGHTS[right] for right in rights))
    by = f"API: {stored.name}"
    return Caller(key=stored.id, acting=Acting(Role(stored.role), scope_of(stored), by=by, only=only))


def _shown(connection: Connection, stored: StoredKey, places: Mapping[str, str], now: datetime) -> ApiKey:
    maker = None if stored.made_by is None else accounts.by_id(connection, stored.made_by)
    return ApiKey(
        id=stored.id,
        name=stored.name,
        role=Role(stored.role),
        scope=scope_of(stored),
        rights=_rights(stored),
        made_at=stored.made_at,
        maker=None if maker is None else maker.login,
        expires_at=stored.expires_at,
        revoked_at=stored.revoked_at,
        used_at=stored.used_at,
        state=key_standing.state_of(connection, stored, places, now),
    )


def _refuse_sample(database: Database, acting: Acting) -> None:
    if acting.account is None:
        return
    with database.read() as connection:
        maker = accounts.by_id(connection, acting.account)
    if maker is not None and maker.demo:
        raise Refused("demo-account", _OF_DEMO)


def _rights(stored: StoredKey) -> frozenset[Right]:
    return frozenset(Right(word) for word in stored.rights.split())


def _agency_of(database: Database, unit_code: str) -> dict[str, str]:
    """Of its own place alone, as every request asks; nothing for a key of more than a unit."""
    entry = unit_entry.find(database, unit_code) if unit_code else None
    return {} if entry is None else {unit_code: entry.agency.code}
