"""A follow-up action, and what makes one acceptable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from analytics import Period
from survey_app import instruments
from survey_app.errors import Problem, Refused
from survey_app.text import Text

#: Longest plan, position, realisation, evidence, and sentence of a pair. A sentence must fit on a kiosk.
PLAN_MAX, RESPONSIBLE_MAX, REALISATION_MAX, EVIDENCE_MAX, SENTENCE_MAX = 500, 120, 1000, 500, 140
#: A number of staff, a title at the beginning, or a degree behind a name. Hospitals are named after people:
#: a title further on, as in Direktur RSUD Dr. Soetomo, is no person's.
_PERSON = re.compile(r"\d{8}|^(?:Drs?|dr|Dra|Ir|Hj?|Prof)\. |, ?(?:[SMA]\. ?[A-Z]|Ph\. ?D|A\. ?Md)")
POSITION_WANTED = Text(
    "Isi jabatan penanggung jawab, bukan nama, gelar, atau NIP seseorang.",
    "Give the position that is responsible, not a person's name, title or number.",
)


class Status(StrEnum):
    """How far an action is."""

    PLANNED = "direncanakan"
    RUNNING = "berjalan"
    DONE = "selesai"
    POSTPONED = "ditunda"
    CANCELLED = "dibatalkan"


#: Not finished and not given up.
OPEN = frozenset({Status.PLANNED, Status.RUNNING, Status.POSTPONED})


@dataclass(frozen=True)
class Pair:
    """What the public said (Masukan Anda) and what was mended (Perbaikan kami). English may be empty."""

    said: Text
    mended: Text


NO_PAIR = Pair(Text("", ""), Text("", ""))


@dataclass(frozen=True, kw_only=True)
class Action:
    """What is done about an unsur.

    Attributes:
        period: the period the finding is from.
        unsur: its key in the instrument.
        plan: the programme (rencana); empty in a draft.
        responsible: a position (jabatan), never a person's name.
        due: the quarter in which it is to be done; None while nobody has said.
        realisation: what was done.
        evidence: an address or words that lead to the documentation.
        pair: what the public reads once `published`.
    """

    period: Period
    unsur: str
    plan: str = ""
    responsible: str = ""
    due: Period | None = None
    status: Status = Status.PLANNED
    realisation: str = ""
    evidence: str = ""
    pair: Pair = NO_PAIR
    published: bool = False


def checked(action: Action) -> Action:
    """The action without stray blanks.

    Raises: Refused `input-refused` with everything that is wrong.
    """
    tidy = _tidy(action)
    if problems := list(_problems(tidy)):
        raise Refused.entries(problems)
    return tidy


def names_person(position: str) -> bool:
    """Whether what should be a position (jabatan) holds a person's number, title or degree."""
    return _PERSON.search(position) is not None


def as_data(action: Action) -> dict[str, Any]:
    """`action` for JSON."""
    data = asdict(action)
    data["period"], data["status"] = str(action.period), action.status.value
    data["due"] = None if action.due is None else str(action.due)
    return data


def from_data(data: Mapping[str, Any]) -> Action:
    """The action that `as_data` wrote."""
    pair = Pair(Text(**data["pair"]["said"]), Text(**data["pair"]["mended"]))
    due = None if data["due"] is None else Period.parse(data["due"])
    read = {
        "period": Period.parse(data["period"]),
        "due": due,
        "status": Status(data["status"]),
        "pair": pair,
    }
    return Action(**{**data, **read})


def _tidy(action: Action) -> Action:
    said, mended = (
        Text(_one_line(text.id), _one_line(text.en)) for text in (action.pair.said, action.pair.mended)
    )
    return replace(
        action,
        plan=action.plan.strip(),
        responsible=_one_line(action.responsible),
        realisation=action.realisation.strip(),
        evidence=action.evidence.strip(),
        pair=Pair(said, mended),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _problems(action: Action) -> Iterator[Problem]:
    if not any(action.unsur in i.keys for i in instruments.published().values()):
        yield Problem.of(
            "unsur-unknown", "unsur", "Unsur tidak dikenal.", "There is no such service element."
        )
    if action.due is not None and action.due.kind != "quarter":
        yield Problem.of(
            "due-quarter",
            "due",
            "Pilih triwulan sebagai waktu pelaksanaan.",
            "Choose a quarter as the due date.",
        )
    yield from _too_long(action)
    yield from _of_status(action)
    if names_person(action.responsible):
        yield Problem("responsible-person", "responsible", POSITION_WANTED)
    yield from _of_pair(action)


def _too_long(action: Action) -> Iterator[Problem]:
    limits = {
        "plan": (action.plan, PLAN_MAX),
        "responsible": (action.responsible, RESPONSIBLE_MAX),
        "realisation": (action.realisation, REALISATION_MAX),
        "evidence": (action.evidence, EVIDENCE_MAX),
        "said": (max(action.pair.said.id, action.pair.said.en, key=len), SENTENCE_MAX),
        "mended": (max(action.pair.mended.id, action.pair.mended.en, key=len), SENTENCE_MAX),
    }
    for path, (text, limit) in limits.items():
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


def _of_status(action: Action) -> Iterator[Problem]:
    if action.status in (Status.RUNNING, Status.DONE) and not action.plan:
        yield Problem.of(
            "plan-missing",
            "plan",
            "Isi rencana sebelum status diubah menjadi berjalan atau selesai.",
            "Fill in the plan before setting the status to running or done.",
        )
    if action.status is Status.DONE and not action.realisation:
        yield Problem.of(
            "realisation-missing",
            "realisation",
            "Isi realisasi sebelum status diubah menjadi selesai.",
            "Fill in “What was done” before setting the status to done.",
        )


def _of_pair(action: Action) -> Iterator[Problem]:
    said, mended = action.pair.said, action.pair.mended
    if bool(said.en) != bool(mended.en):
        yield Problem.of(
            "pair-english",
            "said",
            "Isi kedua kalimat bahasa Inggris, atau kosongkan keduanya.",
            "Give both English sentences or neither.",
        )
    if action.published and not (said.id and mended.id):
        yield Problem.of(
            "pair-missing",
            "said",
            "Isi “Masukan Anda” dan “Perbaikan kami” sebelum ditampilkan kepada umum.",
            "Fill in “Masukan Anda” and “Perbaikan kami” before showing them to the public.",
        )
    if action.published and action.status is not Status.DONE:
        yield Problem.of(
            "pair-not-done",
            "published",
            "Hanya tindakan yang sudah selesai dapat ditampilkan kepada umum.",
            "Only completed actions can be shown to the public.",
        )
