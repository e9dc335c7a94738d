"""How many users belong to each option of a profile field: what the weighted index counts people by."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics import Period
from survey_app import instruments
from survey_app.instruments import ProfileField
from survey_app.services.places import catalogue, users_by_profile
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, who
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import numbers

SAVE = Text("Simpan profil", "Save profile")
SCALED = Text(
    "Jumlahnya {sum}, sedangkan pengguna layanan seluruhnya {users}. Yang dipakai hanya perbandingannya.",
    "They add up to {sum}, and the users of all services to {users}. Only the proportions are used.",
)


def show_profile_users(database: Database, entry: UnitEntry, period: Period) -> None:
    """Choose a field of the profile and record the users of every option in `period`."""
    # One that cannot be read is named elsewhere on the page.
    instrument = instruments.find(entry.unit.instrument)
    if instrument is None or not instrument.profile:
        return
    st.subheader(t("Pengguna layanan menurut profil", "Users by profile"), anchor=False)
    st.markdown(
        t(
            "Jika jumlah pengguna layanan menurut jenis kelamin, usia, atau profil lain diketahui, misalnya "
            "dari buku tamu atau data antrean, nilai yang ditimbang muncul di samping nilai resmi. Cukup "
            "satu kali setahun: pilih periode tahun di atas.",
            "Where the number of users by sex, age or another field is known, from a guest book or queue "
            "data, a weighted score stands beside the official one. Once a year is enough: choose a year "
            "above.",
        )
    )
    field = st.selectbox(
        t("Profil", "Profile field"),
        instrument.profile,
        format_func=lambda f: say(f.name),
        key=said_anew("profile-field"),
    )
    recorded = users_by_profile.recorded(database, entry.unit.code, period, within=who().scope)
    known = recorded.get(field.key, {})
    locked = not who().may(Action.MANAGE_UNIT)
    with st.form(f"profile-users-{entry.unit.code}-{period}-{field.key}", border=False):
        given = {
            option.key: st.number_input(
                say(option.label),
                min_value=0,
                value=known.get(option.key),
                step=1,
                disabled=locked,
                key=f"p-{entry.unit.code}-{period}-{field.key}-{option.key}",
            )
            for option in field.options
        }
        if st.form_submit_button(say(SAVE), type="primary", disabled=locked):
            users = {key: n for key, n in given.items() if n is not None}
            act(lambda: _record(database, entry, period, field, users), t("Tersimpan.", "Saved."))
    _show_sum(database, entry, period, known)


def _record(
    database: Database, entry: UnitEntry, period: Period, field: ProfileField, users: dict[str, int]
) -> None:
    users_by_profile.record(database, who(), entry.unit.code, period, field.key, users)


def _show_sum(database: Database, entry: UnitEntry, period: Period, known: Mapping[str, int]) -> None:
    """That the numbers do not add up to the users of the services, where both are known."""
    volumes = catalogue.recorded_volumes(database, entry.unit.code, period, within=who().scope)
    served = [users for users in volumes.values() if users is not None]
    total = sum(known.values())
    if known and len(served) == len(volumes) and sum(served) != total:
        lang = language()
        said = SCALED.format(sum=numbers.whole(total, lang), users=numbers.whole(sum(served), lang))
        st.caption(say(said))
