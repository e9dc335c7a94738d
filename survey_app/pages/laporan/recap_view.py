"""Recaps on screen: the report of the province or an agency, its published versions, and publishing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from analytics import Period
from analytics.disclosure import MINIMUM
from survey_app.pages.laporan import last_look
from survey_app.pages.laporan.publish_view import VERSION, warn_running
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.disclosure.foretelling import recap_would_be_withheld
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Reach, Scope
from survey_app.services.province.overview import months_with_answers
from survey_app.services.province.summary import summarise
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import Recap, recap
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import downloads, editions, guards
from survey_app.ui.acting import act, who
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import periods
from survey_app.wording.voice import Voice

OF_SEVERAL = Text(
    "Rekapitulasi mencakup seluruh unit sebuah instansi, sedangkan lingkup Anda satu unit.",
    "Consolidated results cover all units of an agency; your scope is one unit.",
)
COVERED = Text(", {part} dari {whole} unit", ", {part} of {whole} units")
PUBLISH = Text("Publikasikan rekapitulasi", "Publish the consolidated results")
NOT_IN_PUBLIC = Text(
    "Nilai rekapitulasi ini tidak akan tampil di halaman publik untuk menjaga kerahasiaan. Jika digabung "
    "dengan nilai setiap unit, jawaban kurang dari {n} orang dapat diketahui. Rekapitulasi yang sudah "
    "tampil tetap tampil, dan laporan tetap dapat dipublikasikan. Ada unit yang jumlah jawabannya, atau "
    "jumlah jawaban barunya, kurang dari {n}. Agar nilai tampil, tunggu sampai jumlah itu mencapai {n}, "
    "atau publikasikan periode yang lebih panjang.",
    "The score of these consolidated results will not appear on the public page, to keep answers "
    "private. Combined with the scores of the units, it could reveal the answers of fewer than {n} "
    "people. Results already shown stay, and the report can still be published. Some units have fewer "
    "than {n} answers, or fewer than {n} new ones. For the score to appear, wait until they reach {n}, "
    "or publish a longer period.",
)


def show(database: Database, entries: Sequence[UnitEntry], now: datetime) -> None:
    """Choose the province or an agency and a period; download its report, or publish it."""
    within = who().scope
    if within.reach is Reach.UNIT:
        st.info(say(OF_SEVERAL))
        return
    names = {e.agency.code: e.agency.name for e in entries}
    if within.reach is Reach.PROVINCE:
        names = {"": t("Seluruh provinsi", "The whole province")} | names
    chosen = st.selectbox(
        t("Rekapitulasi untuk", "Consolidated results of"),
        list(names),
        format_func=lambda c: names[c],
        key=said_anew("recap-agency"),
    )
    agency = chosen or None
    span = months_with_answers(database, Scope(agency=agency))
    if span is None:
        guards.explain_no_answers()
        return
    zone = ZoneInfo(next(e.unit.time_zone for e in entries if Scope(agency=agency).covers(e)))
    period = _period(*span, now.astimezone(zone).date())
    downloads.offer(
        t("Unduh konsep (PDF)", "Download a draft (PDF)"),
        lambda person: _draft(database, agency, period, now, person),
        _file_name(agency, period, "konsep"),
        "recap-draft",
    )
    editions.offer_internal(
        lambda person: _draft(database, agency, period, now, person, inside=True),
        _file_name(agency, period, "konsep-internal"),
        "recap-draft-internal",
    )
    editions.explain()
    for published, version, moment in reversed(recap_publishing.publications_of(database, agency)):
        _row(database, agency, published, version, moment.astimezone(zone))
    if who().may(Action.PUBLISH):
        _publish(database, agency, period, now)


def _period(first: Period, last: Period, today: date) -> Period:
    """The newest period that is over, unless another is chosen: a recap of a running one is a draft."""
    kind = st.selectbox(
        t("Jenis periode", "Kind of period"),
        list(periods.KINDS),
        index=2,
        format_func=lambda k: periods.KINDS[k].in_language(language()),
        key=said_anew("recap-kind"),
    )
    offered = periods.choices(first.first_day, last.first_day, kind)
    return st.selectbox(
        t("Periode", "Period"),
        offered,
        index=periods.last_over(offered, today),
        format_func=lambda p: periods.name(p, language()),
        key=said_anew(f"recap-period-{kind}"),
    )


def _row(database: Database, agency: str | None, period: Period, version: int, moment: datetime) -> None:
    day = Voice(language()).date(moment.date())
    told = say(VERSION.format(v=version, day=day))
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(f"<strong>{escape(periods.name(period, language()))}</strong><br>{escape(told)}")
        downloads.offer(
            t("Unduh PDF", "Download PDF"),
            lambda person: _published(database, agency, period, version, person),
            _file_name(agency, period, f"v{version}"),
            f"recap-{period}-{version}",
        )
        editions.offer_internal(
            lambda person: _published(database, agency, period, version, person, inside=True),
            _file_name(agency, period, f"v{version}-internal"),
            f"recap-{period}-{version}-internal",
        )


def _publish(database: Database, agency: str | None, period: Period, now: datetime) -> None:
    if period >= ordered.current(database, Scope(agency=agency), period.kind, now):
        warn_running()
    sure = st.checkbox(
        t(
            "Ya, publikasikan. Hasil yang sudah dipublikasikan tidak dapat ditarik; perbaikannya menjadi "
            "versi baru.",
            "Yes, publish. Published results cannot be withdrawn; a correction becomes a new version.",
        ),
        key=f"recap-sure-{agency}-{period}",
    )
    read = recap(database, agency, period) if sure else None
    if read is not None:
        _warn_hidden(database, Scope(agency=agency), period)
    seen = None if read is None else _look(read)
    pressed = last_look.button(say(PUBLISH), seen, key="recap-publish")
    if pressed and read is not None:
        done = t("{p} sudah dipublikasikan.", "{p} has been published.", p=periods.name(period, language()))
        # Of a running period it has been said above that it is one.
        act(lambda: recap_publishing.publish(database, who(), read, now, running=True), done)


def _look(read: Recap) -> str:
    """The numbers that would be published; the fingerprint of all that would be."""
    seen = recap_publishing.fingerprint_of(read)
    last_look.warn_changed(f"recap-{read.agency and read.agency.code}-{read.period}", seen)
    index = summarise(read.overview).index
    units = say(COVERED.format(part=index.coverage.reporting, whole=index.coverage.total))
    last_look.show(index.estimate.exact, index.n, units)
    return seen


def _warn_hidden(database: Database, scope: Scope, period: Period) -> None:
    """Before publishing a value that the public would not be shown: that it is so, why, and what to do."""
    if not recap_would_be_withheld(database, scope, period):
        return
    st.warning(say(NOT_IN_PUBLIC.format(n=MINIMUM)))


def _draft(
    database: Database,
    agency: str | None,
    period: Period,
    now: datetime,
    person: Acting,
    *,
    inside: bool = False,
) -> bytes:
    person.require_whole(agency, Action.SEE_RESULTS)
    read = recap(database, agency, period)
    paper = outgoing_recaps.of_draft(database, read, person if inside else None)
    return _pdf(RecapReport(paper, now, language()))


def _published(
    database: Database,
    agency: str | None,
    period: Period,
    version: int,
    person: Acting,
    *,
    inside: bool = False,
) -> bytes:
    person.require_whole(agency, Action.SEE_RESULTS)
    publication = recap_publishing.published(database, agency, period, version)
    return _pdf(RecapReport.of(database, publication, language(), person if inside else None))


def _pdf(report: RecapReport) -> bytes:
    write = province_report if report.result.agency is None else agency_report
    return render_pdf(write(report))


def _file_name(agency: str | None, period: Period, edition: str) -> str:
    subject = f"instansi-{agency}" if agency else "provinsi"
    return f"laporan-skm-{subject}-{period}-{edition}-{language()}.pdf"
