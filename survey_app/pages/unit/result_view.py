"""A unit's result on screen, block by block; each shows a frozen result and computes nothing."""

from __future__ import annotations

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.services.ikm import profiles
from survey_app.services.ikm.history import history
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui import cards, charts, layout, trend_view
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, plots, terms, undated_words
from survey_app.wording.reasons import interval_text
from survey_app.wording.voice import Voice

NO_PROFILES = Text(
    "Profil tidak ditampilkan karena jumlah responden kurang dari {least}.",
    "Profiles are not shown because there are fewer than {least} respondents.",
)
NOT_GIVEN = Text("Tidak diisi", "Not given")


def show_warnings(result: UnitResult) -> None:
    """In words whatever a reader must know before using the index."""
    undated = undated_words.of_period(result, Voice(language()))
    if undated is not None:
        st.caption(undated)
    for warning in warnings(result):
        st.warning(warning)


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
