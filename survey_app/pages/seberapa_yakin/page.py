"""Seberapa yakin?: interval, grade, change and rank of one unit, explained with its own numbers."""

from __future__ import annotations

import streamlit as st

from analytics import Reason
from survey_app.pages.seberapa_yakin import change_view, grade_view, interval_view, limits_view, rank_view
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.insight import insight
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import layout, links, one_unit
from survey_app.ui.words import language, say, t
from survey_app.wording import periods
from survey_app.wording.reasons import reason_text

TITLE = Text("Seberapa yakin?", "How sure?")
TRUE_SCORE = Text(
    "Yang menjawab survei hanya sebagian pengguna layanan. Nilai sebenarnya adalah nilai seandainya semua "
    "pengguna layanan pada {period} menjawab. Halaman ini menunjukkan seberapa dekat hasil survei dengannya.",
    "Only some of the service users answered. The true score is the one there would be had all service "
    "users of {period} answered. This page shows how close to it the result of the survey is.",
)
ALL_ANSWERED = Text(
    "Semua pengguna layanan pada {period} menjawab survei, sehingga nilainya adalah nilai sebenarnya.",
    "All service users of {period} answered the survey, so the score is the true score.",
)


def show() -> None:
    database = runtime.database()
    result = one_unit.choose(database, say(TITLE), _heading)
    if result is not None:
        _show(database, result)


def _heading(entry: UnitEntry, service: Service | None) -> None:
    layout.heading(say(TITLE), f"{entry.unit.name} · {service.name if service else entry.agency.name}")


def _show(database: Database, result: UnitResult) -> None:
    score, service = result.score, result.service
    back = links.result(result.entry.unit.code, result.period, service.code if service else None)
    st.link_button(t("Kembali ke hasil unit", "Back to the unit result"), back)
    if score.ikm is None:
        st.warning(say(reason_text(score.reason("ikm") or Reason.UNDEFINED_INDEX)))
        return
    if narrowed.unsur_hidden(score):
        st.info(say(one_unit.PARTS_HIDDEN))
        return
    lead = ALL_ANSWERED if score.reason("interval") is Reason.CENSUS else TRUE_SCORE
    st.markdown(say(lead.format(period=periods.name(result.period, language()))))
    found = insight(result, runtime.today(result.entry.unit.time_zone))
    interval_view.show(result)
    grade_view.show(result, found.odds)
    change_view.show(result, found.change)
    rank_view.show(database, result)
    limits_view.show(result)
