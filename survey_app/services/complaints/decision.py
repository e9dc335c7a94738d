"""How far a complaint is, and what makes a step acceptable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from survey_app.errors import Problem, Refused
from survey_app.services.follow_up.actions import POSITION_WANTED, RESPONSIBLE_MAX, names_person
from survey_app.services.voices import shown
from survey_app.storage.complaints import StoredStep
from survey_app.text import Text

#: Longest reply in either language: three sentences on a phone.
REPLY_MAX = 280


class State(StrEnum):
    """How far a complaint is."""

    NEW = "baru"
    LOOKED_AT = "ditinjau"
    TAKEN_UP = "ditindaklanjuti"
    DONE = "selesai"
    NO_COMPLAINT = "bukan-keluhan"


#: Taken in hand and not finished.
IN_HAND = (State.LOOKED_AT, State.TAKEN_UP)
#: Somebody has still something to do.
OPEN = frozenset({State.NEW, *IN_HAND})
NO_REPLY = Text("", "")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody decides about a complaint.

    Attributes:
        owner: the position (jabatan) that sees to it, never a person's name; empty where nobody has said.
        reply: what the citizen reads below the receipt; English may be empty.
        action: the follow-up action that is made of it.
    """

    state: State
    owner: str = ""
    reply: Text = NO_REPLY
    action: UUID | None = None


@dataclass(frozen=True)
class Seen:
    """A complaint as somebody saw it: the number of its response, and of its last step (0 for none)."""

    seq: int
    turn: int


@dataclass(frozen=True)
class Standing:
    """How a complaint stands: the last decision, its number (0 before there is any), by whom and when."""

    decision: Decision
    turn: int
    role: str
    changed_at: datetime | None


#: Nobody has looked at it.
UNTOUCHED = Standing(Decision(state=State.NEW), 0, "", None)


def read(step: StoredStep) -> Standing:
    """How a complaint stands after a stored step."""
    decision = Decision(
        state=State(step.state),
        owner=step.owner,
        reply=Text(step.reply_id, step.reply_en),
        action=step.action,
    )
    return Standing(decision, step.turn, step.role, step.changed_at)


def checked(decision: Decision) -> Decision:
    """The decision without stray blanks and what cannot be seen.

    Raises: Refused `input-refused` with everything that is wrong.
    """
    reply = Text(_one_line(decision.reply.id), _one_line(decision.reply.en))
    tidy = replace(decision, owner=_one_line(decision.owner), reply=reply)
    if problems := list(_problems(tidy)):
        raise Refused.entries(problems)
    return tidy


def _one_line(text: str) -> str:
    """Without what nobody sees, as for comments: a reply of a zero-width space is none, and PostgreSQL takes
    no NUL."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _problems(decision: Decision) -> Iterator[Problem]:
    if decision.state is State.NEW:
        yield Problem.of(
            "state-new",
            "state",
            "Keluhan yang sudah ditinjau tidak dapat menjadi baru lagi.",
            "A complaint that has been looked at cannot become new again.",
        )
    if decision.state is State.TAKEN_UP and not decision.owner:
        yield Problem.of(
            "owner-missing",
            "owner",
            "Isi jabatan penanggung jawab sebelum status diubah menjadi ditindaklanjuti.",
            "Give the position responsible before setting the status to taken up.",
        )
    if names_person(decision.owner):
        yield Problem("owner-person", "owner", POSITION_WANTED)
    if decision.state is State.DONE and not decision.reply.id:
        yield Problem.of(
            "reply-missing",
            "reply",
            "Isi jawaban untuk warga sebelum status diubah menjadi selesai.",
            "Fill in the reply to the citizen before setting the status to done.",
        )
    if decision.reply.en and not decision.reply.id:
        yield Problem.of(
            "reply-indonesian",
            "reply",
            "Isi jawaban dalam bahasa Indonesia.",
            "Fill in the reply in Indonesian.",
        )
    if any(shown.words(text) != text for text in (decision.reply.id, decision.reply.en)):
        yield Problem.of(
            "reply-personal",
            "reply",
            "Jawaban tidak boleh menyebut nama, nomor, atau alamat seseorang.",
            "The reply must not mention anybody's name, number or address.",
        )
    yield from _too_long(decision)


def _too_long(decision: Decision) -> Iterator[Problem]:
    reply = max(decision.reply.id, decision.reply.en, key=len)
    for path, text, limit in (("owner", decision.owner, RESPONSIBLE_MAX), ("reply", reply, REPLY_MAX)):
        if len(text) > limit:
            yield Problem.of(
                "text-length",
                path,
                "{path}: paling panjang {limit} huruf, terisi {n}.",
                "{path}: at most {limit} letters, got {n}.",
                path=path,
                limit=limit,
                n=len(text),
            )
