"""A unit's result on screen, block by block; each shows a frozen result and computes nothing."""

from __future__ import annotations

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.instruments import Instrument
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import unit_report
from survey_app.services.ikm import narrowed, profiles, results
from survey_app.services.ikm.history import history
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.ui import cards, charts, downloads, layout, trend_view
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, plots, terms, undated_words
from survey_app.wording.reasons import interval_text
from survey_app.wording.voice import Voice

CAPTION = Text("{index} {period}", "{index}, {period}")
RUNNING = Text(" (masih berjalan)", " (still running)")
RESPONDENTS = Text("Responden (n)", "Respondents (n)")
USERS = Text("Jumlah pengguna layanan (N)", "Service users (N)")
NO_PROFILES = Text(
    "Profil tidak ditampilkan karena jumlah responden kurang dari {least}.",
    "Profiles are not shown because there are fewer than {least} respondents.",
)
NOT_GIVEN = Text("Tidak diisi", "Not given")


def show_index(result: UnitResult) -> None:
    """The index big, and in words whatever a reader must know before using it."""
    lang = language()
    score = result.score
    index = say(terms.index_name(result.instrument))
    caption = say(CAPTION.format(index=index, period=periods.name(result.period, lang)))
    if runtime.today(result.entry.unit.time_zone) < result.period.end_day:
        caption += say(RUNNING)
    facts = [(t("Selang 95%", "95% interval"), numbers.interval(score.interval, lang))]
    if narrowed.hidden(score) is None:
        facts.append((say(RESPONDENTS), numbers.whole(score.n, lang)))
    if score.population is not None:
        facts.append((say(USERS), numbers.whole(score.population, lang)))
    chip = cards.mutu_chip(score.mutu, kinerja(result.instrument, score.mutu))
    st.html(cards.index_card(numbers.decimal(score.ikm, lang), chip, caption, facts))
    undated = undated_words.of_period(result, Voice(lang))
    if undated is not None:
        st.caption(undated)
    for warning in warnings(result):
        st.warning(warning)


def kinerja(instrument: Instrument, mutu: str | None) -> str | None:
    """The word of a letter in the instrument's table; None without a letter."""
    return None if mutu is None else say(instrument.kinerja[mutu])


def warnings(result: UnitResult) -> list[str]:
    """What limits the result: no or one respondent, users below n, answers to other questionnaires."""
    score = result.score
    why = score.reason("ikm") or score.reason("interval")
    found = [] if why is None else [say(interval_text(why, unanimous=result.current.unanimous))]
    if result.current.population_ignored:
        found.append(
            t(
                "Jumlah pengguna layanan yang dicatat lebih kecil dari jumlah responden, sehingga tidak "
                "dipakai. Perbaiki di Pengaturan.",
                "The recorded number of service users is below the number of respondents and is not used. "
                "Correct it in Settings.",
            )
        )
    found += [
        t(
            "{n} jawaban memakai kuesioner lain ({ref}) dan tidak dihitung dalam hasil ini.",
            "Answers to another questionnaire ({ref}), not counted in this result: {n}.",
            n=numbers.whole(n, language()),
            ref=ref,
        )
        for ref, n in result.others
    ]
    return found


def show_unsur(result: UnitResult) -> None:
    """Every unsur against the bands."""
    plot = plots.of_unsur(result.instrument, result.score.unsur, terms.unsur_value(result.instrument))
    layout.show(charts.unsur_chart(plot, language()), "unsur")


def show_trend(result: UnitResult) -> None:
    """The index over periods of the same length."""
    st.header(t("Perkembangan", "Trend"), anchor=False)
    trend_view.show_trend(history(result), result.instrument.bands, "trend")
    undated = undated_words.of_trend(result, Voice(language()))
    if undated is not None:
        st.caption(undated)


def show_respondents(result: UnitResult) -> None:
    """Who answered, with those who left a field open; small groups are hidden."""
    lang, n = language(), result.score.n
    if n < MINIMUM:
        st.markdown(say(NO_PROFILES.format(least=MINIMUM)))
        return
    columns = st.columns(2)
    for i, profile in enumerate(profiles.shown(counted) for counted in result.respondents):
        plot = plots.of_profile(profile, n, NOT_GIVEN)
        columns[i % 2].html(cards.bars(plot, lang))
    st.caption(
        t(
            "{hidden}: angka di bawah {least} disembunyikan untuk menjaga kerahasiaan. Jika perlu, angka "
            "lain ikut disembunyikan.",
            "{hidden}: numbers below {least} are hidden to keep answers private. Where needed, others "
            "are hidden too.",
            hidden=f"\\{cards.HIDDEN}",
            least=MINIMUM,
        )
    )


def offer_report(database: Database, result: UnitResult) -> None:
    """The PDF of this result, made when the button is pressed and of the answers at that moment."""
    lang = language()
    name = f"laporan-skm-{result.entry.unit.code}-{result.period}.pdf"
    downloads.offer(
        t("Unduh laporan (PDF)", "Download the report (PDF)"),
        lambda person: _pdf(database, result, lang, person),
        name,
        "unit-report",
        kind="primary",
    )


def _pdf(database: Database, shown: UnitResult, lang: Language, person: Acting) -> bytes:
    service = None if shown.service is None else shown.service.code
    result = results.unit_result(database, shown.entry.unit.code, shown.period, service, within=person.scope)
    return render_pdf(unit_report(drafting.draft(database, result, runtime.now(), lang)))
