"""Hours of service on screen: what holds now, what held before, and new ones from a day on."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app.services.places import opening_hours
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.opening_hours import DAYS, Hours
from survey_app.services.places.permissions import Action
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, asked_first, who
from survey_app.ui.words import language, say, t
from survey_app.wording.voice import Voice

#: What most offices have: Monday to Friday, half past seven to four.
_USUAL = ((time(7, 30), time(16)),) * 5 + (None, None)
FROM = Text("Berlaku mulai {day}: **{week}**", "From {day} on: **{week}**")
CLOSED = Text("tutup", "closed")
SAVE = Text("Simpan jam layanan", "Save hours")
REMOVE = Text("Ya, hapus", "Yes, remove")


def show_hours(database: Database, entry: UnitEntry, now: datetime) -> None:
    """The unit's hours, the newest first, and a form for new ones."""
    st.subheader(t("Jam layanan", "Opening hours"))
    st.markdown(
        t(
            "Jawaban dari anjungan survei atau tablet di luar jam ini dicatat sebagai jawaban yang perlu "
            "ditinjau. Tidak ada yang dihapus, dan nilai resmi tidak berubah. Ponsel tidak diperiksa karena "
            "warga boleh menjawab dari rumah.",
            "Answers from a kiosk or tablet outside these hours are listed as answers to be reviewed. "
            "None is deleted, and the official score does not change. Phones are not checked, since "
            "citizens may answer from home.",
        )
    )
    known = opening_hours.hours_of(database, entry.unit.code)
    for hours in reversed(known):
        _show(database, entry, hours)
    if not known:
        st.info(
            t(
                "Jam layanan belum tercatat, sehingga waktu pengisian tidak diperiksa.",
                "No opening hours are recorded yet, so times of answers are not checked.",
            )
        )
    if not who().may(Action.MANAGE_UNIT):
        return
    today = now.astimezone(ZoneInfo(entry.unit.time_zone)).date()
    with st.expander(t("Catat jam layanan", "Record opening hours"), expanded=not known):
        _form(database, entry, known[-1].week if known else _USUAL, today)


def _show(database: Database, entry: UnitEntry, hours: Hours) -> None:
    day = Voice(language()).date(hours.valid_from)
    told = say(FROM.format(day=day, week=_told(hours)))
    st.markdown(told)
    if who().may(Action.MANAGE_UNIT) and asked_first(
        t("Hapus", "Remove"),
        t(
            "Jam yang berlaku mulai {day} dihapus, dan jam sebelumnya berlaku lagi. Jawaban diperiksa ulang.",
            "The hours from {day} on are removed; earlier hours apply again. Answers are checked again.",
            day=day,
        ),
        say(REMOVE),
        f"remove-hours-{entry.unit.id}-{hours.valid_from}",
    ):
        code, first = entry.unit.code, hours.valid_from
        act(
            lambda: opening_hours.remove_hours(database, who(), code, first),
            t("Jam layanan dihapus.", "Opening hours removed."),
        )


def _told(hours: Hours) -> str:
    """Days that follow each other with the same hours together: Senin–Jumat 07.30–16.00, ..."""
    runs = [list(run) for _, run in groupby(zip(DAYS, hours.week, strict=True), key=itemgetter(1))]
    told = []
    for run in runs:
        names = "–".join(dict.fromkeys(say(day) for day, _ in (run[0], run[-1])))
        span = run[0][1]
        told.append(f"{names} {say(CLOSED) if span is None else f'{span[0]:%H.%M}–{span[1]:%H.%M}'}")
    return ", ".join(told)


def _form(
    database: Database, entry: UnitEntry, week: tuple[tuple[time, time] | None, ...], today: date
) -> None:
    with st.form(f"hours-{entry.unit.code}", border=False):
        first = st.date_input(
            t("Berlaku mulai", "From"), value=today.replace(day=1), max_value=today, format="DD/MM/YYYY"
        )
        st.caption(t("Kosongkan hari tanpa layanan.", "Leave a day without service empty."))
        spans = [_day(entry, place, span) for place, span in enumerate(week)]
        if st.form_submit_button(say(SAVE), type="primary"):
            act(lambda: _save(database, entry, first, spans), t("Tersimpan.", "Saved."))


def _day(entry: UnitEntry, place: int, span: tuple[time, time] | None) -> tuple[time | None, time | None]:
    opens, closes = st.columns(2)
    name, key = say(DAYS[place]), f"hours-{entry.unit.id}-{place}"
    before = span or (None, None)
    with opens:
        a = st.time_input(t("{day}, buka", "{day}, opens", day=name), value=before[0], key=f"{key}-opens")
    with closes:
        b = st.time_input(t("{day}, tutup", "{day}, closes", day=name), value=before[1], key=f"{key}-closes")
    return a, b


def _save(
    database: Database, entry: UnitEntry, first: date, spans: list[tuple[time | None, time | None]]
) -> None:
    """A day with one of both counts as one that closes before it opens, and is refused by name."""
    week = tuple(None if a is b is None else (a or time.max, b or time.min) for a, b in spans)
    opening_hours.set_hours(database, who(), entry.unit.code, Hours(first, week))
