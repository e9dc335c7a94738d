"""One-time codes on queue slips: printed once, good for one answer to one service, kept here as hashes only.

A code is 45 random bits and a check character, which finds a mistyped character before anything is sent.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from survey_app.errors import Refused
from survey_app.services.answers.ids import CROCKFORD, as_made
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked, audited
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.storage import places, queue_codes
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.storage.queue_codes import Batch
from survey_app.text import Text

LENGTH = 10
#: Slips of one printing: two reams of paper.
BATCH_MAX = 20_000
VALID_DAYS_MAX = 3_660
_FORM = re.compile(f"[{CROCKFORD}]{{{LENGTH}}}")


@dataclass(frozen=True)
class IssuedBatch:
    """Codes that nobody sees again, as they are printed: two groups of five.

    `last_day`: where the unit is, the last day on which they are good; None is without an end.
    """

    number: int
    entry: UnitEntry
    service: Service
    codes: tuple[str, ...]
    last_day: date | None


@dataclass(frozen=True)
class BatchState:
    """A batch with its unit and service; of its codes some are used, some expired unused, the others open."""

    entry: UnitEntry
    service: Service
    batch: Batch
    expired: int

    @property
    def open(self) -> int:
        return self.batch.issued - self.batch.used - self.expired


@audited(Action.ISSUE_CODES, "service_code", "count", "valid_days")
def issue(
    database: Database,
    acting: Acting,
    unit_code: str,
    service_code: str,
    count: int,
    now: datetime,
    *,
    valid_days: int | None = None,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> IssuedBatch:
    """Make a batch of `count` codes for a service, good today and for `valid_days` more, or without an end.

    Raises: NotFound, Refused `role-refused`, `scope-refused`, `batch-size` or `batch-validity`.
    """
    entry = catalogue.required(database, acting, unit_code, Action.ISSUE_CODES)
    if not 1 <= count <= BATCH_MAX:
        text = Text("Jumlah kode harus 1 sampai {limit}.", "The number of codes must be 1 to {limit}.")
        raise Refused("batch-size", text.format(limit=BATCH_MAX))
    if valid_days is not None and not 0 <= valid_days <= VALID_DAYS_MAX:
        text = Text("Masa berlaku harus 0 sampai {limit} hari.", "The validity must be 0 to {limit} days.")
        raise Refused("batch-validity", text.format(limit=VALID_DAYS_MAX))
    service = catalogue.find_service(entry, service_code)
    last_day, expires_at = _end(entry, now, valid_days)
    codes: dict[str, None] = {}
    while len(codes) < count:
        codes[_new_code(random_bits)] = None
    hashes = [hash_of(code) for code in codes]
    place = entry.unit.id, service.id
    number = database.write(lambda c: queue_codes.add_batch(c, *place, now, expires_at, hashes))
    return IssuedBatch(number, entry, service, tuple(f"{c[:5]}-{c[5:]}" for c in codes), last_day)


@audited(Action.ISSUE_CODES, "service_code", "required")
def require(database: Database, acting: Acting, unit_code: str, service_code: str, required: bool) -> Service:
    """Let a service take live answers with a code only, or open it again.

    Raises: NotFound, Refused `role-refused`, `scope-refused`.
    """
    entry = catalogue.required(database, acting, unit_code, Action.ISSUE_CODES)
    service = catalogue.find_service(entry, service_code)
    database.write(partial(places.set_codes_required, service_id=service.id, required=required))
    return service


@asked(Action.ISSUE_CODES)
def states(database: Database, acting: Acting, now: datetime) -> list[BatchState]:
    """Every batch within the scope, the newest first. Raises: Refused `role-refused`."""
    acting.require_action(Action.ISSUE_CODES, to_read=True)
    entries = catalogue.list_units(database, acting.scope)
    printed_for = {service.id: (entry, service) for entry in entries for service in entry.services}
    with database.read() as connection:
        batches = queue_codes.batches(connection)
    mine = [b for b in batches if b.service_id in printed_for]
    return [BatchState(*printed_for[b.service_id], b, _expired(b, now)) for b in mine]


def is_code(typed: str) -> bool:
    """True when what a person typed has the form of a code and its check character fits."""
    code = as_made(typed)
    return _FORM.fullmatch(code) is not None and _luhn(code) == 0


def hash_of(typed: str) -> str:
    """What is stored of a code, however it was typed."""
    return hashlib.sha256(as_made(typed).encode()).hexdigest()


def _new_code(random_bits: Callable[[int], int]) -> str:
    number = random_bits(5 * (LENGTH - 1))
    letters = "".join(CROCKFORD[number >> shift & 31] for shift in range(5 * (LENGTH - 2), -1, -5))
    return letters + CROCKFORD[-_luhn(letters + "0") % 32]


def _luhn(code: str) -> int:
    """Luhn's sum modulo 32: 0 for a right code, never 0 when one character is wrong."""
    total = 0
    for place, letter in enumerate(reversed(code)):
        value = CROCKFORD.index(letter)
        total += sum(divmod(2 * value, 32)) if place % 2 else value
    return total % 32


def _end(entry: UnitEntry, now: datetime, valid_days: int | None) -> tuple[date | None, datetime | None]:
    """The last good day of a unit's codes, and the midnight that ends it."""
    if valid_days is None:
        return None, None
    zone = ZoneInfo(entry.unit.time_zone)
    last_day = now.astimezone(zone).date() + timedelta(days=valid_days)
    return last_day, datetime.combine(last_day + timedelta(days=1), time(), zone)


def _expired(batch: Batch, now: datetime) -> int:
    ended = batch.expires_at is not None and batch.expires_at <= now
    return batch.issued - batch.used if ended else 0
