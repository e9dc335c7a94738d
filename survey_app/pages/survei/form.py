"""One person's turn at the questionnaire: from an empty form to a receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from html import escape
from uuid import UUID

import streamlit as st

from survey_app import settings
from survey_app.errors import Problem, Unavailable
from survey_app.instruments import Instrument
from survey_app.pages.survei.questionnaire import questionnaire
from survey_app.services.answers import consent
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Receipt, Rejection, Submission, Trial
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import links
from survey_app.ui.plain import tell
from survey_app.ui.words import language, say, t
from survey_app.web.words import Words
from survey_app.wording import personal_data

_KEY = "sitting"
UNSURE = Problem.of(
    "database-unavailable",
    "",
    "Maaf, layanan sedang terganggu. Jawaban Anda masih ada. Mohon tunggu sebentar, lalu kirim lagi. "
    "Jawaban yang sama hanya dihitung satu kali.",
    "Sorry, the service is not available just now. Your answers are still here. Please wait a moment, then "
    "send again. The same answers are counted only once.",
)
AWAY = Text(
    "Maaf, layanan sedang terganggu. Mohon tunggu sebentar, lalu tekan Coba lagi.",
    "Sorry, the service is not available just now. Please wait a moment, then press Try again.",
)
#: A code with whatever a person puts between its characters.
_CODE_MAX = 20
SEND = Text("Kirim", "Send")
CODE = Text("Kode pada slip antrean", "Code on your queue slip")


@dataclass
class Sitting:
    """The id stays the same until there is a receipt: a double tap sends the same response twice."""

    id: UUID
    started: datetime
    attempt: int = 0
    outcome: Receipt | Rejection | Trial | None = None
    entry: UnitEntry | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.outcome.problems if isinstance(self.outcome, Rejection) else ()

    def record(self, outcome: Receipt | Rejection | Trial) -> None:
        self.outcome = outcome
        self.attempt += 1

    def milliseconds(self, now: datetime) -> int:
        """How long the form has been open."""
        return int((now - self.started).total_seconds() * 1000)


@dataclass(frozen=True)
class Filled:
    """What a person sent."""

    answers: Mapping[str, int]
    profile: Mapping[str, str]
    comment: str
    code: str | None


def sitting(now: Callable[[], datetime]) -> Sitting:
    """The turn that is going on in this session, or a new one."""
    if _KEY not in st.session_state:
        moment = now()
        st.session_state[_KEY] = Sitting(uuid7(moment), moment)
    current: Sitting = st.session_state[_KEY]
    return current


def begun(code: str, find: Callable[[], UnitEntry | None]) -> UnitEntry | None:
    """The unit of the form; while the database is away that of the open form, so that it stays filled in."""
    turn: Sitting | None = st.session_state.get(_KEY)
    try:
        return find()
    except Unavailable as away:
        if turn is None or turn.entry is None or turn.entry.unit.code != code:
            raise Unavailable(away.code, AWAY, away.cause) from away
        return turn.entry


def sent(send: Callable[[], Receipt | Rejection | Trial]) -> Receipt | Rejection | Trial:
    """What came of sending. The form is kept when the database is away, and so is its id."""
    try:
        return send()
    except Unavailable:
        return Rejection((UNSURE,))


def look_again(turn: Sitting, find: Callable[[UUID], Receipt | None]) -> None:
    """Whether answers whose sending ended without a word were stored all the same; then their receipt."""
    if turn.problems == (UNSURE,):
        with suppress(Unavailable):
            turn.outcome = find(turn.id) or turn.outcome


def next_person() -> None:
    """End the turn: the next one has an id of its own, an empty form, and a queue slip of its own."""
    st.session_state.pop(_KEY, None)
    st.query_params.pop("kode", None)


def submission(
    turn: Sitting, entry: UnitEntry, service: Service, filled: Filled, now: datetime
) -> Submission:
    """What is sent when the form of `draw` was filled in."""
    return Submission(
        id=turn.id,
        unit=entry.unit.code,
        answers=filled.answers,
        channel=Channel.WEB,
        service=service.code,
        instrument=entry.unit.instrument,
        profile=filled.profile,
        comment=filled.comment,
        consent_version=consent.VERSION,
        code=filled.code,
        duration_ms=turn.milliseconds(now),
    )


def draw(instrument: Instrument, turn: Sitting, unit: str, asks_for_code: bool) -> Filled | None:
    """Draw the form of the unit of that name; what was filled in when it has just been sent, else None."""
    with st.form(f"survey-{turn.id}"):
        _say(p for p in turn.problems if p.path and not _of_unsur(p))
        code = _code(turn) if asks_for_code else None
        answers = questionnaire(
            instrument,
            language(),
            _at_unsur(instrument, turn),
            attempt=turn.attempt,
            key=f"questionnaire-{turn.id}",
        )
        st.header(t("Tentang Anda (boleh dilewati)", "About you (optional)"), anchor=False)
        profile = {f.key: _profile(f.key, instrument, turn) for f in instrument.profile}
        comment = st.text_area(
            f"{instrument.comment_prompt.in_language(language())} ({Words(language())['optional']})",
            max_chars=instrument.comment_max,
            key=f"comment-{turn.id}",
        )
        st.caption(Words(language())["comment_hint"])
        st.html(_consent(unit))
        # What is wrong with nothing in the form is said where the person has just tapped.
        _say(p for p in turn.problems if not p.path)
        sent = st.form_submit_button(say(SEND), type="primary", width="stretch")
    return Filled(answers, {k: v for k, v in profile.items() if v}, comment, code) if sent else None


def _consent(unit: str) -> str:
    """What sending agrees to, in the words of the form on phones and the kiosk."""
    words = Words(language())
    title, text = words["consent_title"], words.fill("consent", unit=unit)
    ask = personal_data.ask(settings.load().contact)
    link = (
        f'<a href="{links.personal_data(language())}" target="_blank">{escape(say(personal_data.LINK))}</a>'
    )
    return (
        f'<section class="consent"><h2>{escape(title)}</h2><p>{escape(text)}</p>'
        f"<p>{link}<br>{escape(say(ask))}</p></section>"
    )


def _say(problems: Iterable[Problem]) -> None:
    for problem in problems:
        st.error(tell(problem.text))


def _code(turn: Sitting) -> str:
    """The code of a queue slip, typed or from the address of its QR code."""
    return st.text_input(
        say(CODE),
        value=st.query_params.get("kode", "")[:_CODE_MAX],
        max_chars=_CODE_MAX,
        key=f"code-{turn.id}",
    )


def _at_unsur(instrument: Instrument, turn: Sitting) -> dict[str, str]:
    """Problems by unsur key; that there is no answer at all is said at every unsur."""
    if any(p.path == "answers" for p in turn.problems):
        return {
            key: t("Belum dijawab. Mohon pilih salah satu.", "Not answered yet. Please choose one.")
            for key in instrument.keys
        }
    return {p.path.removeprefix("answers."): say(p.text) for p in turn.problems if _of_unsur(p)}


def _of_unsur(problem: Problem) -> bool:
    return problem.path.split(".")[0] == "answers"


def _profile(key: str, instrument: Instrument, turn: Sitting) -> str | None:
    field = next(f for f in instrument.profile if f.key == key)
    labels = {o.key: o.label.in_language(language()) for o in field.options}
    return st.pills(
        field.name.in_language(language()),
        list(labels),
        format_func=lambda option: labels[option],
        key=f"profile-{key}-{turn.id}",
    )
