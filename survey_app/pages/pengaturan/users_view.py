"""How many users each service served: the N of the sample size and of the interval's correction."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from analytics import Period
from survey_app.pages.pengaturan import profile_users_view
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, who
from survey_app.ui.plain import plain
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import periods

_YEARS_BACK = 3
SAVE = Text("Simpan", "Save")


def show_users(database: Database, entry: UnitEntry, now: datetime) -> None:
    """Choose a period and record the users of every service in it."""
    st.markdown(
        t(
            "Jumlah pengguna layanan (N) menentukan ukuran sampel dan mempersempit selang kepercayaan.",
            "The number of service users (N) decides the sample size and narrows the confidence interval.",
        )
    )
    period = _choose_period(entry, now)
    known = catalogue.recorded_volumes(database, entry.unit.code, period, within=who().scope)
    locked = not who().may(Action.MANAGE_UNIT)
    with st.form(f"users-{entry.unit.code}-{period}", border=False):
        numbers = {
            service.code: st.number_input(
                plain(service.name),
                min_value=0,
                value=known[service.code],
                step=1,
                disabled=locked,
                key=f"n-{period}-{service.id}",
            )
            for service in entry.services
        }
        if st.form_submit_button(say(SAVE), type="primary", disabled=locked):
            given = {code: n for code, n in numbers.items() if n is not None}
            act(lambda: _record(database, entry, period, given), t("Tersimpan.", "Saved."))
    profile_users_view.show_profile_users(database, entry, period)


def _choose_period(entry: UnitEntry, now: datetime) -> Period:
    today = now.astimezone(ZoneInfo(entry.unit.time_zone)).date()
    kind = st.segmented_control(
        t("Jenis periode", "Kind of period"),
        list(periods.KINDS),
        default="quarter",
        required=True,
        format_func=lambda k: say(periods.KINDS[k]),
        key="users-kind",
    )
    offered = periods.choices(today.replace(year=today.year - _YEARS_BACK, day=1), today, kind)
    return st.selectbox(
        t("Periode", "Period"),
        offered,
        format_func=lambda p: periods.name(p, language()),
        key=said_anew(f"users-period-{kind}"),
    )


def _record(database: Database, entry: UnitEntry, period: Period, users: dict[str, int]) -> None:
    for code, number in users.items():
        catalogue.record_volume(database, who(), entry.unit.code, code, period, number)
