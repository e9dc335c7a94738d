"""Targets on screen: what a province, an agency or a unit sets out to reach, by index and period."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import streamlit as st

from analytics import Period
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import SCALES, Index, Target
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, asked_first, who
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import numbers, periods

INDICES: dict[Index, Text] = {Index.IKM: Text("IKM", "IKM"), Index.IP_ASN: Text("IP ASN", "IP ASN")}
SET = Text("Tetapkan target", "Set the target")
REMOVE = Text("Ya, hapus", "Yes, remove it")
TARGET = Text("Target", "Target")


def show_targets(database: Database, entry: UnitEntry, now: datetime) -> None:
    """Choose what the target is of, set it, and see what is set."""
    st.markdown(
        t(
            "Target tahunan berlaku juga untuk semester, triwulan, dan bulan di dalamnya, kecuali ada "
            "target tersendiri. Halaman Ringkasan dan Hasil unit menunjukkan selisih nilai dengan "
            "target, serta apakah nilai itu jelas di atas atau di bawah target.",
            "A year's target also holds for its half-years, quarters and months, unless they have their "
            "own. The summary and the unit's result show the difference, and whether the score is "
            "clearly above or below the target.",
        )
    )
    scope, index = _choose(entry)
    period = _choose_period(entry, index, now)
    if who().may(Action.SET_TARGETS):
        _set(database, scope, index, period, now)
    for target in targets.targets_of(database, scope, index):
        _row(database, scope, target)


def _choose(entry: UnitEntry) -> tuple[Scope, Index]:
    unit, agency = entry.unit, entry.agency
    scopes = {
        "province": (PROVINCE, t("Seluruh provinsi", "The whole province")),
        "agency": (Scope(agency=agency.code), agency.name),
        "unit": (Scope(unit=unit.code), unit.name),
    }
    if not who().scope.covers_whole(None):
        del scopes["province"]
    if not who().scope.covers_whole(agency.code):
        del scopes["agency"]
    of, what = st.columns([2, 1])
    chosen = of.selectbox(
        t("Target untuk", "Target of"),
        list(scopes),
        format_func=lambda k: scopes[k][1],
        key=said_anew("target-scope"),
    )
    index = what.selectbox(
        t("Indeks", "Index"),
        [index.value for index in Index],
        format_func=lambda k: say(INDICES[Index(k)]),
        key=said_anew("target-index"),
    )
    return scopes[chosen][0], Index(index)


def _choose_period(entry: UnitEntry, index: Index, now: datetime) -> Period:
    today = now.astimezone(ZoneInfo(entry.unit.time_zone)).date()
    kinds = ["year"] if index is Index.IP_ASN else ["year", "semester", "quarter"]
    left, right = st.columns(2)
    kind = left.selectbox(
        t("Jenis periode", "Kind of period"),
        kinds,
        format_func=lambda k: say(periods.KINDS[k]),
        key=said_anew(f"target-kind-{index.value}"),
    )
    first, last = (today.replace(year=today.year + years, month=m, day=1) for years, m in ((-1, 1), (1, 12)))
    offered = periods.choices(first, last, kind)
    running = offered.index(Period.containing(today, kind))
    return right.selectbox(
        t("Periode", "Period"),
        offered,
        index=running,
        format_func=lambda p: periods.name(p, language()),
        key=said_anew(f"target-period-{kind}"),
    )


def _set(database: Database, scope: Scope, index: Index, period: Period, now: datetime) -> None:
    low, high = SCALES[index]
    place = f"{index.value}-{scope.agency}-{scope.unit}-{period}"
    with st.form(f"target-{place}", border=False):
        value = st.number_input(
            say(TARGET), float(low), float(high), value=None, step=0.01, key=f"target-value-{place}"
        )
        if st.form_submit_button(say(SET), type="primary") and value is not None:
            exact = Decimal(str(value))
            act(
                lambda: targets.set_target(database, who(), scope, index, period, exact, now),
                t("Target ditetapkan.", "The target is set."),
            )


def _row(database: Database, scope: Scope, target: Target) -> None:
    lang = language()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        period = periods.name(target.period, lang)
        st.markdown(f"**{period}: {numbers.decimal(target.value, lang)}**", width="stretch")
        gone = who().may(Action.SET_TARGETS) and asked_first(
            t("Hapus", "Remove"),
            t("Target {p} akan dihapus.", "The target of {p} will be removed.", p=period),
            say(REMOVE),
            key=f"target-remove-{target.period}",
        )
        if gone:
            act(
                lambda: targets.remove_target(database, who(), scope, target.index, target.period),
                t("Target dihapus.", "The target was removed."),
            )
