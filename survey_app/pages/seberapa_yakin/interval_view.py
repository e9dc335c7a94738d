"""The index with its interval: where the true score lies, and why the interval is as wide as it is."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from analytics import Reason, half_up
from analytics.ikm import IkmResult, Sample, classify
from survey_app.pages.seberapa_yakin import figures, sections
from survey_app.services.ikm.halving import answers_to_halve
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui import layout
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, spread_words, terms
from survey_app.wording.reasons import interval_text, reason_text
from survey_app.wording.voice import Voice

#: From these ratios of the own variation to that of all units on, it is called less or more.
_LESS, _MORE = 0.8, 1.25

INTERVAL = Text(
    "{name}: **{ikm}**. Nilai sebenarnya diperkirakan antara **{low}** dan **{high}**.",
    "{name}: **{ikm}**. The true score is estimated to lie between **{low}** and **{high}**.",
)
NO_INTERVAL = Text("{name}: **{ikm}**. {why}", "{name}: **{ikm}**. {why}")
CAPTION = Text(
    "Garis tegak: {index}. Batang: selang kepercayaan 95%. Jika survei diulang berkali-kali dengan cara yang "
    "sama, sekitar 95 dari 100 batang seperti ini memuat nilai sebenarnya.",
    "Upright line: the {index}. Bar: the 95% confidence interval. Were the survey repeated many times in the "
    "same way, about 95 of 100 such bars would hold the true score.",
)
WHY = Text("Mengapa selebar itu?", "Why is it that wide?")
ANSWERED = Text(
    "**{n} responden.** Makin banyak yang menjawab, makin sempit selang kepercayaan.",
    "**Respondents: {n}.** The more people answer, the narrower the interval.",
)
LESS = Text(
    "**Jawaban lebih seragam** daripada di unit-unit dengan kuesioner yang sama. Ini mempersempit selang "
    "kepercayaan.",
    "**The answers are more alike** than in the units with the same questionnaire. This narrows the "
    "interval.",
)
USUAL = Text(
    "**Keragaman jawaban** kira-kira seperti di unit-unit dengan kuesioner yang sama.",
    "**The answers vary** about as much as in the units with the same questionnaire.",
)
MORE = Text(
    "**Jawaban lebih beragam** daripada di unit-unit dengan kuesioner yang sama. Ini memperlebar selang "
    "kepercayaan.",
    "**The answers vary more** than in the units with the same questionnaire. This widens the interval.",
)
USERS = Text(
    "**{n} dari {users} pengguna layanan ({share})** menjawab. Makin besar bagian yang menjawab, makin "
    "sedikit yang belum diketahui.",
    "**{n} of {users} service users ({share})** answered. The larger this share, the less is unknown.",
)
NO_USERS = Text(
    "**Jumlah pengguna layanan (N) belum dicatat**, sehingga dianggap sangat besar. Jika N dicatat di "
    "Pengaturan, selang kepercayaan dapat menyempit.",
    "**The number of service users (N) is not recorded** and taken as very large. Once it is recorded in "
    "Settings, the interval may become narrower.",
)
USERS_IGNORED = Text(
    "**Jumlah pengguna layanan yang dicatat lebih kecil dari jumlah responden**, sehingga tidak dipakai. "
    "Perbaiki di Pengaturan.",
    "**The recorded number of service users is below the number of respondents** and not used. Correct it "
    "in Settings.",
)
HALF = Text(
    "**Sekitar {more} jawaban lagi** akan mempersempit selang kepercayaan menjadi setengahnya, jika "
    "keragaman jawaban tetap sama. Perkiraan ini memakai rumus yang sama dengan jumlah jawaban yang lebih "
    "besar.",
    "**About {more} more answers** would make the interval half as wide, if they vary as much as now. This "
    "estimate uses the same formula with more answers.",
)
NO_HALF = Text(
    "**Lebih banyak jawaban** tidak akan segera mempersempit selang kepercayaan menjadi setengahnya.",
    "**More answers** would not soon make the interval half as wide.",
)
SAY_BOTH = Text(
    "Sebutkan {index} bersama selang kepercayaannya. Jangan menganggap nilai lain di antara {low} dan {high} "
    "sebagai lebih baik atau lebih buruk.",
    "Give the {index} together with its interval. Do not take another score between {low} and {high} as "
    "better or worse.",
)
ONE_GRADE = Text(
    "Seluruh selang kepercayaan berada pada mutu {mutu}.", "The whole interval lies within grade {mutu}."
)
SEVERAL_GRADES = Text(
    "Selang kepercayaan mencakup mutu {low} sampai {high}, sehingga huruf mutu dapat berganti tanpa ada "
    "perubahan pada layanan.",
    "The interval reaches from grade {low} to {high}, so the letter may change although the service "
    "does not.",
)
EXACT = Text(
    "Nilai ini tidak memiliki galat pengambilan sampel, sehingga dapat disebut tanpa selang kepercayaan.",
    "This score has no sampling error and can be given without an interval.",
)
ONE_PERSON = Text(
    "Jangan memakai nilai ini untuk menilai unit. Kumpulkan jawaban lebih dahulu.",
    "Do not judge the unit by this score. Collect answers first.",
)


def show(result: UnitResult) -> None:
    """The sentence, the picture, the reasons for the width, and what follows."""
    score, lang = result.score, language()
    st.header(t("Nilai dan selang kepercayaan", "Score and interval"), anchor=False)
    why = score.reason("interval")
    ikm, index = numbers.decimal(score.ikm, lang), terms.index(result.instrument)
    name = terms.index_name(result.instrument)
    if score.interval is None or why is Reason.CENSUS:
        told = reason_text(why or Reason.UNDEFINED_INDEX)
        st.markdown(say(NO_INTERVAL.format(name=name, ikm=ikm, why=told)))
    else:
        low, high = (numbers.decimal(end, lang) for end in score.interval)
        st.markdown(say(INTERVAL.format(name=name, ikm=ikm, low=low, high=high)))
    layout.show(figures.scale_chart(result, lang), "interval")
    if why is Reason.CENSUS:
        sections.meaning(say(EXACT))
    elif score.interval is None or score.sample is None:
        sections.meaning(say(ONE_PERSON))
    else:
        st.caption(say(CAPTION.format(index=index)))
        _show_why(result, score.sample)
        sections.meaning(*_meaning(score, score.interval, index))
        sections.method([spread_words.of_sample(score.sample, Voice(lang))])


def _show_why(result: UnitResult, sample: Sample) -> None:
    score, lang = result.score, language()
    lines = [say(ANSWERED.format(n=numbers.whole(score.n, lang))), *_alike(result, sample)]
    lines.append(spread_words.of_past(sample, Voice(lang)))
    if result.current.population_ignored:
        lines.append(say(USERS_IGNORED))
    elif score.population is None:
        lines.append(say(NO_USERS))
    else:
        share = numbers.percent(Fraction(score.n, score.population), lang)
        n, users = numbers.whole(score.n, lang), numbers.whole(score.population, lang)
        lines.append(say(USERS.format(n=n, users=users, share=share)))
    more = answers_to_halve(sample, score.n)
    lines.append(say(NO_HALF if more is None else HALF.format(more=numbers.whole(more, lang))))
    st.markdown(f"**{say(WHY)}**\n\n" + "\n".join(f"- {line}" for line in lines))


def _alike(result: UnitResult, sample: Sample) -> list[str]:
    """How much the answers vary beside those of all units; nothing where there are too few of these."""
    if result.score.reason("interval") is Reason.NO_VARIATION:
        return [say(interval_text(Reason.NO_VARIATION, unanimous=result.current.unanimous))]
    if result.peers is None:
        return []
    ratio = sample.dispersion / result.peers.dispersion
    return [say(LESS if ratio < _LESS else MORE if ratio > _MORE else USUAL)]


def _meaning(score: IkmResult, interval: tuple[float, float], index: Text) -> list[str]:
    low, high = (numbers.decimal(end, language()) for end in interval)
    told = [say(SAY_BOTH.format(index=index, low=low, high=high))]
    if score.band is not None:
        first, last = (classify(half_up(Fraction(end), 2), score.bands).mutu for end in interval)
        grades = SEVERAL_GRADES.format(low=first, high=last)
        told.append(say(ONE_GRADE.format(mutu=first) if first == last else grades))
    return told
