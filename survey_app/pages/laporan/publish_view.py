"""Publications on screen: what a unit has published, and publishing a period."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from analytics import Period
from analytics.disclosure import MINIMUM, is_few
from survey_app.pages.laporan import last_look, text_view
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import UnitReport, unit_report
from survey_app.services.disclosure.foretelling import would_be_withheld
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.province.overview import months_of
from survey_app.services.publishing import report_texts, unit_publishing
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.ui import choosing, downloads, editions, guards, links
from survey_app.ui.acting import act, who
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods
from survey_app.wording.voice import Voice

FEW_PEOPLE = Text(
    "Yang menjawab kurang dari {n} orang, sehingga nilai periode ini tidak akan tampil di halaman publik. "
    "Laporan tetap dapat dipublikasikan. Agar nilai tampil, tunggu sampai sedikitnya {n} orang menjawab, "
    "atau publikasikan periode yang lebih panjang.",
    "Fewer than {n} people answered, so the score of this period will not appear on the public page. "
    "Its report can still be published. For the score to appear, wait until at least {n} people have "
    "answered, or publish a longer period.",
)
NOT_IN_PUBLIC = Text(
    "Nilai periode ini tidak akan tampil di halaman publik untuk menjaga kerahasiaan. Jika digabung dengan "
    "hasil yang sudah dipublikasikan, jawaban kurang dari {n} orang dapat diketahui. Versi yang sudah tampil "
    "tetap tampil, dan laporan tetap dapat dipublikasikan. Agar nilai tampil, tunggu sampai sedikitnya {n} "
    "jawaban baru masuk, atau publikasikan periode yang lebih panjang.",
    "The score of this period will not appear on the public page, to keep answers private. Combined with "
    "results already published, it could reveal the answers of fewer than {n} people. A version already "
    "shown stays, and the report can still be published. For the score to appear, wait until at least "
    "{n} new answers have come in, or publish a longer period.",
)
VERSION = Text("Versi {v}, dipublikasikan {day}", "Version {v}, published {day}")
PUBLISH = Text("Publikasikan", "Publish")


def show(database: Database, entry: UnitEntry, now: datetime) -> None:
    """The versions of the unit, newest first, and the next one."""
    versions = unit_publishing.publications_of(database, entry.unit.code)
    if versions:
        st.link_button(
            t("Lihat halaman publiknya", "See its public page"), links.public_result(entry.unit.code)
        )
    else:
        st.info(t("Unit ini belum memublikasikan hasil.", "This unit has not published any result yet."))
    for period, version, moment in reversed(versions):
        _row(database, entry, period, version, moment)
    title = t("Publikasikan hasil", "Publish results")
    st.header(title if who().may(Action.PUBLISH) else t("Konsep laporan", "Draft report"), anchor=False)
    _publish(database, entry, now)


def _row(database: Database, entry: UnitEntry, period: Period, version: int, moment: datetime) -> None:
    lang, heading = language(), (entry.unit.code, period, version)
    day = Voice(lang).date(moment.astimezone(ZoneInfo(entry.unit.time_zone)).date())
    told = say(VERSION.format(v=version, day=day))
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(f"<strong>{escape(periods.name(period, lang))}</strong><br>{escape(told)}")
        downloads.offer(
            t("Unduh PDF", "Download PDF"),
            lambda person: _pdf(database, person.scope, heading, lang),
            f"laporan-skm-{entry.unit.code}-{period}-v{version}-{lang}.pdf",
            f"publication-{period}-{version}",
        )
        editions.offer_internal(
            lambda person: _pdf(database, person.scope, heading, lang, person),
            f"laporan-skm-{entry.unit.code}-{period}-v{version}-internal-{lang}.pdf",
            f"publication-{period}-{version}-internal",
        )


def _publish(database: Database, entry: UnitEntry, now: datetime) -> None:
    span = months_of(database, entry)
    if span is None:
        guards.explain_no_answers()
        return
    today = now.astimezone(ZoneInfo(entry.unit.time_zone)).date()
    period = choosing.choose_finished(*span, today)
    if today < period.end_day:
        warn_running()
    result = results.unit_result(database, entry.unit.code, period, within=who().scope)
    if who().may(Action.PUBLISH):
        _warn_hidden(database, result)
    if who().may(Action.WRITE_REPORT):
        text_view.show(database, result, now)
    lang = language()

    def preview(person: Acting, inside: Acting | None = None) -> bytes:
        person.require(entry, Action.SEE_RESULTS)
        return render_pdf(unit_report(drafting.draft(database, result, now, lang, inside)))

    downloads.offer(
        t("Pratinjau PDF", "Preview the PDF"),
        preview,
        f"konsep-laporan-skm-{entry.unit.code}-{period}-{lang}.pdf",
        "preview",
    )
    editions.offer_internal(
        lambda person: preview(person, person),
        f"konsep-laporan-skm-{entry.unit.code}-{period}-internal-{lang}.pdf",
        "preview-internal",
    )
    editions.explain()
    if who().may(Action.PUBLISH):
        _yes(database, result, now)


def _yes(database: Database, result: UnitResult, now: datetime) -> None:
    """The numbers once more, and publishing exactly these."""
    code, period, score = result.entry.unit.code, result.period, result.score
    seen = report_texts.fingerprint(result)
    last_look.warn_changed(f"{code}-{period}", seen)
    users = "" if score.population is None else f", N **{numbers.whole(score.population, language())}**"
    last_look.show(score.ikm, score.n, users)
    sure = st.checkbox(
        t(
            "Ya, publikasikan. Hasil yang sudah dipublikasikan tidak dapat ditarik; perbaikannya menjadi "
            "versi baru.",
            "Yes, publish. Published results cannot be withdrawn; a correction becomes a new version.",
        ),
        key=f"publish-sure-{code}-{period}",
    )
    label = say(PUBLISH)
    if last_look.button(label, seen if sure else None, primary=True, key="publish"):
        done = t("{p} sudah dipublikasikan.", "{p} has been published.", p=periods.name(period, language()))
        # Of a running period it has been said above that it is one.
        act(
            lambda: drafting.publish(database, who(), code, period, now, running=True, seen=seen),
            done,
        )


def warn_running() -> None:
    """Before publishing a period that is not over."""
    st.warning(
        t(
            "Periode ini belum berakhir. Jawaban yang masuk setelah publikasi tidak ikut.",
            "This period is not over yet. Answers that come in after publication are not included.",
        )
    )


def _warn_hidden(database: Database, result: UnitResult) -> None:
    """Before publishing what the public would not be shown: that it is so, why, and what to do instead."""
    if is_few(result.score.n):
        words = say(FEW_PEOPLE.format(n=MINIMUM))
    elif would_be_withheld(database, result):
        words = say(NOT_IN_PUBLIC.format(n=MINIMUM))
    else:
        return
    st.warning(words)


def _pdf(
    database: Database,
    within: Scope,
    heading: tuple[str, Period, int],
    lang: Language,
    inside: Acting | None = None,
) -> bytes:
    publication = unit_publishing.published(database, *heading, within=within)
    return render_pdf(unit_report(UnitReport.of(database, publication, lang, inside)))
