"""Reports on screen: which are due, made or failed; downloading one, making one now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from survey_app.pages.laporan import schedules_view
from survey_app.services.places import clock
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.schedules.ordered import Line
from survey_app.services.schedules.runs import Maker
from survey_app.storage.schedules import Run, Status
from survey_app.text import Text
from survey_app.ui import address, downloads
from survey_app.ui.acting import who
from survey_app.ui.words import language, say, t
from survey_app.wording import periods

STATUS: dict[Status, Text] = {
    Status.DUE: Text("Perlu dibuat", "Due"),
    Status.MAKING: Text("Sedang dibuat", "Being made"),
    Status.FAILED: Text("Gagal", "Failed"),
    Status.MADE: Text("Dibuat", "Made"),
}
#: Rows shown at first, and added by the button below them.
_ROWS = 20
PAUSED = Text("jadwal dijeda", "schedule paused")
TRIES = Text("{n} kali dicoba", "tries: {n}")
AGAIN = Text("dicoba lagi {at}", "next try on {at}")
MAKE_ALL = Text("Buat {n} laporan sekarang", "Make the reports that are due ({n})")
MORE = Text("Tampilkan lebih banyak", "Show more")
LOST = Text("Berkas hilang: buat ulang", "File lost: make again")
NOTHING_DUE = Text(
    "Belum ada laporan yang perlu dibuat. Tambahkan jadwal di tab Jadwal. Laporan muncul di sini setelah "
    "periode berakhir.",
    "No report is due yet. Add a schedule on the Schedules tab. Reports appear here once their period is "
    "over.",
)


def show(maker: Maker, lines: Sequence[Line], entries: Sequence[UnitEntry]) -> None:
    """Every report of every schedule, newest period first, by status."""
    if not lines:
        _explain()
        return
    # Those of a paused schedule are made one by one only.
    if who().may(Action.MAKE_REPORTS):
        _make_all(maker, sum(line.status is Status.DUE and line.schedule.active for line in lines))
    shown = _filtered(lines)
    limit = st.session_state.get("runs-limit", _ROWS)
    for line in shown[:limit]:
        _row(maker, line, say(schedules_view.subject(line.schedule, entries)))
    if len(shown) > limit and st.button(say(MORE)):
        st.session_state["runs-limit"] = limit + _ROWS
        st.rerun()


def _explain() -> None:
    st.info(say(NOTHING_DUE))


def _make_all(maker: Maker, due: int) -> None:
    """Everything due, with a bar that tells how far it is."""
    label = say(MAKE_ALL.format(n=due))
    if not due or not st.button(label, type="primary", key="make-all"):
        return
    bar = st.progress(0.0)
    for done, line in enumerate(maker.make_asked(who()), start=1):
        said = f"{periods.name(line.period, language())}: {say(STATUS[line.status])}"
        bar.progress(min(done / due, 1.0), text=said)
    st.rerun()


def _filtered(lines: Sequence[Line]) -> list[Line]:
    count = Counter(line.status for line in lines)
    names = {str(status): f"{say(STATUS[status])} ({count[status]})" for status in STATUS if count[status]}
    every = {"": t("Semua", "All")} | names
    chosen = address.pills(t("Status", "Status"), every, address.Place(name="status", key="runs-status"))
    return [line for line in lines if chosen in ("", str(line.status))]


def _row(maker: Maker, line: Line, subject: str) -> None:
    key = f"{line.schedule.id}-{line.period}"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(_told(line, subject))
        if line.status is Status.MADE and line.run is not None and _kept(maker.folder, line.run):
            _offer(maker, line, line.run, key)
        elif line.status is not Status.MAKING and who().may(Action.MAKE_REPORTS):
            _make_one(maker, line, key)


def _told(line: Line, subject: str) -> str:
    rows = [f"<strong>{escape(subject)}</strong>", escape(_about(line))]
    if line.status is Status.FAILED and line.run is not None:
        rows.append(f"<small>{escape(_failure(line.run, line.schedule.active))}</small>")
    return "<br>".join(rows)


def _about(line: Line) -> str:
    words = [periods.name(line.period, language()), say(STATUS[line.status])]
    if line.schedule.language == "en":
        words.append("English")
    if not line.schedule.active:
        words.append(say(PAUSED))
    return " · ".join(words)


def _failure(run: Run, active: bool) -> str:
    tries = say(TRIES.format(n=run.attempts))
    if not active:
        return f"{run.error} ({tries})"
    again = say(AGAIN.format(at=clock.told_by(run.not_before)))
    return f"{run.error} ({tries}, {again})"


def _kept(folder: Path, run: Run) -> bool:
    return run.path is not None and (folder / run.path).is_file()


def _offer(maker: Maker, line: Line, run: Run, key: str) -> None:
    downloads.offer(
        t("Unduh PDF", "Download PDF"),
        lambda person: maker.read(person, line),
        Path(run.path or "").name,
        f"get-{key}",
    )


def _make_one(maker: Maker, line: Line, key: str) -> None:
    lost = line.status is Status.MADE
    label = say(LOST) if lost else t("Buat sekarang", "Make now")
    if st.button(label, key=f"make-{key}"):
        with st.spinner(t("Membuat laporan…", "Making the report…")):
            maker.make_now(who(), line.schedule, line.period)
        st.rerun()
