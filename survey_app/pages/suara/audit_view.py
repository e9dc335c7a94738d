"""The check of the grouping: what one comment after the other is about, without seeing how it is grouped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape

import streamlit as st

from analytics import Period
from analytics.text import Kind
from survey_app import days
from survey_app.errors import AppError
from survey_app.pages.suara import view
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.voices import auditing
from survey_app.services.voices.auditing import SIZE, Asked, Labels
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import acting
from survey_app.ui.plain import tell
from survey_app.ui.words import language, say, t

COMMENTS = Text("Masukan", "Comments")
CHECK = Text("Pemeriksaan", "Check")
BEGIN = Text("Periksa {n} masukan", "Check {n} comments")
WHAT_FOR = Text(
    "Baca masukan yang dipilih secara acak dan tentukan isinya. Dari jawaban Anda dihitung seberapa tepat "
    "pengelompokan otomatis. Hasilnya tidak ditampilkan, agar penilaian Anda tidak terpengaruh.",
    "Read comments chosen at random and say what they are about. From your answers follows how accurate the "
    "automatic grouping is. What it found is not shown, so that it does not influence you.",
)
NOTHING_LEFT = Text(
    "Semua masukan pada pilihan ini sudah diperiksa.", "All comments of this choice have been checked."
)
PROGRESS = Text("{n} dari {all}", "{n} of {all}")
DONE = Text(
    "Selesai: {n} masukan diperiksa, {skipped} dilewati. Hasilnya ada di bawah grafik pada “Masukan” di "
    "atas.",
    "Done. Checked: {n}, skipped: {skipped}. The result stands below the chart, under “Comments” above.",
)
WHICH_UNSUR = Text(
    "Tentang apa? Boleh lebih dari satu, boleh tidak ada.", "What is it about? Several or none."
)
WHICH_KIND = Text("Jenisnya?", "Which kind?")
SAVE = Text("Simpan dan lanjut", "Save and go on")
SKIP = Text("Lewati", "Skip")
BACK = Text("Batalkan yang terakhir", "Undo the last one")
HOW = Text("Cara menentukan", "How to decide")
RULES = Text(
    "- **Unsur**: hanya yang disebut, bukan yang dapat diduga. “Pelayanan baik” tidak menyebut unsur.\n"
    "- **Saran**: ada yang diminta atau diharapkan berubah, juga jika ada pujian atau keluhan di dalamnya.\n"
    "- **Keluhan**: ada yang buruk atau kurang, tanpa permintaan.\n"
    "- **Pujian**: hanya hal baik, juga “tidak ada antrean”.\n"
    "- **Perlu segera dilihat**: pungutan liar, ancaman, kekerasan, pelecehan, atau bahaya yang diceritakan "
    "terjadi.",
    "- **Service element**: only what is named, not what may be supposed. “Good service” names none.\n"
    "- **Suggestion**: something is asked or hoped to change, also beside praise or a complaint.\n"
    "- **Complaint**: something is bad or missing, and nothing is asked for.\n"
    "- **Praise**: only good is told, also “no queue”.\n"
    "- **To be looked at soon**: bribes, threats, violence, harassment or danger, told as happening.",
)
#: What is chosen, for whoever does not see the colour: a symbol as icon would not be read out.
MARK = "✓"
#: By the keyboard; Streamlit keeps C and R for itself. Enter belongs to whatever has the focus: as a shortcut
#: it is taken from it, so that who came to "Skip" by Tab would save instead.
_SAVE_KEY = "J"
_KEYS: Mapping[Kind | None, str] = {
    Kind.COMPLAINT: "K",
    Kind.SUGGESTION: "S",
    Kind.PRAISE: "P",
    None: "L",
}
_ROUND, _MODE = "audit-round", "voices-mode"


@dataclass(kw_only=True)
class _Round:
    """A draw that somebody goes through; `taken` says of each comment that is over whether it was judged."""

    scope: Scope
    period: Period
    asked: tuple[Asked, ...]
    taken: list[bool] = field(default_factory=list)
    unsur: set[str] = field(default_factory=set)
    kind: Kind | None = None
    kind_chosen: bool = False
    urgent: bool = False

    @property
    def at(self) -> int:
        """The place of the comment that is asked about."""
        return len(self.taken)

    def next(self, *, judged: bool) -> None:
        self.taken.append(judged)
        self._choose_nothing()

    def back(self) -> bool:
        """To the one before; whether it was judged."""
        self._choose_nothing()
        return self.taken.pop()

    def _choose_nothing(self) -> None:
        self.unsur, self.kind, self.kind_chosen, self.urgent = set(), None, False, False


def is_chosen(person: Acting) -> bool:
    """Whether the check is to be shown, which who may read all comments can choose."""
    if not person.may(Action.CHECK_COMMENTS):
        return False
    modes = {"comments": COMMENTS, "check": CHECK}
    chosen = st.segmented_control(
        t("Tampilan", "View"),
        list(modes),
        default="comments",
        format_func=lambda mode: say(modes[mode]),
        key=_MODE,
        label_visibility="collapsed",
    )
    return chosen == "check"


def show(database: Database, person: Acting, scope: Scope, period: Period) -> None:
    """What it is for and the button that begins; then comment by comment."""
    going: _Round | None = st.session_state.get(_ROUND)
    if going is None or (going.scope, going.period) != (scope, period):
        _offer(database, person, scope, period)
        return
    _one()


def _offer(database: Database, person: Acting, scope: Scope, period: Period) -> None:
    st.markdown(say(WHAT_FOR))
    if not st.button(say(BEGIN.format(n=SIZE)), type="primary"):
        return
    try:
        asked = auditing.ask(database, person, scope, period)
    except AppError as error:
        st.error(tell(error.text))
        return
    if not asked:
        st.info(say(NOTHING_LEFT))
        return
    st.session_state[_ROUND] = _Round(scope=scope, period=period, asked=asked)
    st.rerun()


@acting.fragment
def _one() -> None:
    database = runtime.database()
    going: _Round = st.session_state[_ROUND]
    if going.at >= len(going.asked):
        _finish(database, going)
        return
    st.progress(going.at / len(going.asked), say(PROGRESS.format(n=going.at + 1, all=len(going.asked))))
    comment = going.asked[going.at].comment
    place = f"{escape(comment.entry.unit.name)} · {days.short_month(comment.local, language())}"
    text = f"<p>{escape(comment.text)}</p><footer><small>{place}</small></footer>"
    st.html(f'<div class="voices one"><article>{text}</article></div>')
    st.markdown(say(WHICH_UNSUR))
    with st.container(horizontal=True):
        for number, (key, name) in enumerate(view.unsur_names().items(), 1):
            if key is not None:
                _choice(name, str(number), key in going.unsur, partial(_toggle, going, key))
    st.markdown(say(WHICH_KIND))
    with st.container(horizontal=True):
        for kind, kind_name in view.KINDS.items():
            chosen = going.kind_chosen and going.kind is kind
            _choice(say(kind_name), _KEYS[kind], chosen, partial(_choose, going, kind))
        _choice(say(view.URGENT), "U", going.urgent, partial(_urge, going))
    with st.container(horizontal=True):
        save = partial(_save, database, going)
        st.button(
            say(SAVE), type="primary", shortcut=_SAVE_KEY, on_click=save, disabled=not going.kind_chosen
        )
        st.button(say(SKIP), shortcut="N", on_click=partial(going.next, judged=False))
        _undo(database, going)
    _tell_trouble()
    with st.expander(say(HOW)):
        st.markdown(say(RULES))


def _finish(database: Database, going: _Round) -> None:
    judged = sum(going.taken)
    st.success(say(DONE.format(n=judged, skipped=len(going.taken) - judged)))
    with st.container(horizontal=True):
        if st.button(say(BEGIN.format(n=SIZE)), type="primary"):
            del st.session_state[_ROUND]
            st.rerun()
        _undo(database, going)
    _tell_trouble()


def _choice(name: str, shortcut: str, chosen: bool, on_click: Callable[[], None]) -> None:
    kind = "primary" if chosen else "secondary"
    label = f"{MARK} {name}" if chosen else name
    st.button(label, key=f"audit-{shortcut}", type=kind, shortcut=shortcut, on_click=on_click)  # type: ignore[arg-type]


def _toggle(going: _Round, key: str) -> None:
    going.unsur ^= {key}


def _choose(going: _Round, kind: Kind | None) -> None:
    going.kind, going.kind_chosen = kind, True


def _urge(going: _Round) -> None:
    going.urgent = not going.urgent


def _save(database: Database, going: _Round) -> None:
    labels = Labels(frozenset(going.unsur), going.kind, going.urgent)
    try:
        auditing.judge(database, acting.who(), going.asked[going.at], labels, runtime.now())
    except AppError as error:
        st.session_state[f"{_ROUND}-trouble"] = tell(error.text)
        going.next(judged=False)
        return
    going.next(judged=True)


def _undo(database: Database, going: _Round) -> None:
    back = partial(_take_back, database, going)
    st.button(say(BACK), shortcut="Z", on_click=back, disabled=not going.at)


def _take_back(database: Database, going: _Round) -> None:
    """To the one before; what was said of it no longer stands."""
    if going.back():
        try:
            auditing.take_back(database, acting.who(), going.asked[going.at], runtime.now())
        except AppError as error:
            st.session_state[f"{_ROUND}-trouble"] = tell(error.text)


def _tell_trouble() -> None:
    if trouble := st.session_state.pop(f"{_ROUND}-trouble", None):
        st.warning(trouble)
