"""Assisted entry: paper forms typed in by an operator, each numbered sheet once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from survey_app.errors import Problem
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Channel, Receipt, Rejection, Submission, TimeSource
from survey_app.services.places import catalogue, clock, unit_entry
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.storage import paper
from survey_app.storage.database import Database
from survey_app.storage.paper import PaperSheet
from survey_app.storage.responses import NewResponse

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{0,39}")
_OPERATOR = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class PaperForm:
    """A filled paper form as it was typed in.

    `number` is printed on the sheet, unique in its unit and the half-year in which it was filled in.
    `operator` is the id of a role ("loket-1"), never a person's name. `filled_on` None means today.
    Unanswered unsur are None or absent.
    """

    id: UUID
    unit: str
    number: str
    operator: str
    answers: Mapping[str, int | None]
    service: str | None = None
    profile: Mapping[str, str] = field(default_factory=dict)
    comment: str | None = None
    filled_on: date | None = None


@audited(Action.ENTER_PAPER, place=lambda _, given: Scope(unit=given["form"].unit))
def enter(database: Database, acting: Acting, form: PaperForm, now: datetime) -> Receipt | Rejection:
    """Check and store one sheet; the receipt comes after the commit.

    The same form sent again gives the same receipt; another form with a number that was entered before is
    refused with `paper-number-taken`, saying when and by whom.

    Raises: Refused `role-refused`, `scope-refused`; Unavailable, also `clock-implausible`.
    """
    acting.require_action(Action.ENTER_PAPER)
    entry = unit_entry.find(database, form.unit)
    if entry is not None:
        acting.require(entry, Action.ENTER_PAPER)
    zone = ZoneInfo(entry.unit.time_zone if entry else "UTC")
    problems = tuple(_problems(form, now.astimezone(zone).date()))
    checked = intake.prepare(entry, _submission(form, now, zone), now)
    number = form.number.strip()
    if isinstance(checked, Rejection):
        return _settled(database, form.id, number, Rejection((*problems, *checked.problems)))
    if problems:
        return _settled(database, form.id, number, Rejection(problems))
    clock.check(database, now)
    before = database.write(lambda connection: paper.insert(connection, checked, number, form.operator))
    return _outcome(checked, number, before, zone)


def recent(database: Database, unit_code: str, limit: int = 10, *, within: Scope) -> list[PaperSheet]:
    """The last sheets entered for a unit, newest first. Raises: NotFound `unit-unknown`."""
    unit = catalogue.find_unit(database, unit_code, within).unit
    with database.read() as connection:
        return paper.recent(connection, unit.id, limit)


def next_number(number: str) -> str:
    """The number of the sheet that follows: its last digits plus one, as wide as they are; else empty."""
    match = re.fullmatch(r"(.*?)([0-9]+)", number.strip())
    return f"{match[1]}{int(match[2]) + 1:0{len(match[2])}d}" if match else ""


def _settled(database: Database, response_id: UUID, number: str, refused: Rejection) -> Receipt | Rejection:
    """As `intake.settled`: a sheet that was entered with this number has its receipt; with another, none."""
    with database.read() as connection:
        entered = paper.was_entered(connection, response_id, number)
    return intake.settled(database, response_id, refused) if entered else refused


def _outcome(new: NewResponse, number: str, before: PaperSheet | None, zone: ZoneInfo) -> Receipt | Rejection:
    if before is None:
        return intake.receipt(new, None)
    if (before.response_id, before.number) == (new.id, number):
        return intake.receipt(new, before.entered_at)
    taken = Problem.of(
        "paper-number-taken",
        "number",
        "Lembar {number} sudah dimasukkan oleh {operator} pada {moment}. Periksa nomor lembar.",
        "Sheet {number} was already entered by {operator} on {moment}. Check the sheet number.",
        number=before.number,
        operator=before.operator,
        moment=before.entered_at.astimezone(zone),
    )
    return Rejection((taken,))


def _submission(form: PaperForm, now: datetime, zone: ZoneInfo) -> Submission:
    return Submission(
        id=form.id,
        unit=form.unit,
        answers=form.answers,
        channel=Channel.PAPER,
        service=form.service,
        profile=form.profile,
        comment=form.comment,
        client_time=_answered_at(form.filled_on, now, zone),
        time_source=TimeSource.ROW,
    )


def _answered_at(filled_on: date | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Noon of the day the sheet was filled in; today, and a day to come, which is refused, is now."""
    if filled_on is None or filled_on >= now.astimezone(zone).date():
        return None
    return datetime.combine(filled_on, time(12), zone)


def _problems(form: PaperForm, today: date) -> Iterator[Problem]:
    if not _NUMBER.fullmatch(form.number.strip()):
        yield Problem.of(
            "paper-number",
            "number",
            "Nomor lembar hanya boleh berisi huruf, angka, titik, garis miring, dan tanda hubung, paling "
            "banyak 40 karakter.",
            "A sheet number may contain only letters, digits, dots, slashes and hyphens, at most 40 "
            "characters.",
        )
    if not _OPERATOR.fullmatch(form.operator):
        yield Problem.of(
            "operator",
            "operator",
            "Kode petugas hanya boleh berisi huruf kecil, angka, dan tanda hubung, misalnya loket-1.",
            "An operator's code may contain only lower-case letters, digits and hyphens, such as loket-1.",
        )
    if form.filled_on is not None and form.filled_on > today:
        yield Problem.of(
            "paper-date-future",
            "filled_on",
            "Tanggal pengisian tidak boleh setelah hari ini.",
            "The date filled in cannot be later than today.",
        )
