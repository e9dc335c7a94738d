"""Why a value is undefined or not ordinary, in a few words that stand within a sentence of a report."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.reason import Reason
from survey_app.text import Text

#: Every reason: a new one without words must not reach a report as its code.
REASONS: Mapping[Reason, Text] = {
    Reason.NO_ANSWERS: Text("belum ada kuesioner terisi", "there is no filled questionnaire"),
    Reason.UNSUR_WITHOUT_ANSWERS: Text(
        "ada unsur yang tidak dijawab siapa pun", "nobody answered one of the unsur"
    ),
    Reason.ONE_RESPONDENT: Text("hanya satu responden", "only one respondent"),
    Reason.NO_VARIATION: Text(
        "tanpa variasi untuk menduga galat sampel", "no variation to estimate the sampling error from"
    ),
    Reason.UNSUR_BY_FEW: Text(
        "ada unsur yang hanya dijawab beberapa responden", "only a few respondents answered one of the unsur"
    ),
    Reason.BORROWED: Text(
        "ragam sebagian unit diambil dari ragam gabungan", "some units have the pooled variance"
    ),
    Reason.NOBODY_TO_BORROW_FROM: Text(
        "tidak ada unit yang jawabannya cukup dan beragam", "no unit has enough answers that differ"
    ),
    Reason.BANDS_OF_ANOTHER_SCALE: Text("rentang mutu untuk skala lain", "a grading table of another scale"),
    Reason.CENSUS: Text("sensus, tanpa galat sampel", "a census, without sampling error"),
    Reason.NO_UNITS: Text("belum ada unit yang bernilai", "no unit has a value yet"),
    Reason.DIFFERENT_BANDS: Text(
        "tanpa mutu, karena batas mutu unit-unitnya berbeda",
        "no mutu, because the units are graded by different bands",
    ),
    Reason.DIFFERENT_SCALES: Text(
        "unit-unitnya memakai skala jawaban yang berbeda", "the units use different scales of answers"
    ),
    Reason.DIFFERENT_UNSUR: Text(
        "unit-unitnya menanyakan unsur yang berbeda", "the units ask different unsur"
    ),
    Reason.VOLUME_UNKNOWN: Text("jumlah pengguna belum dicatat", "the number of users is not recorded"),
    Reason.FEW_PEOPLE: Text("kurang dari 5 orang menjawab", "fewer than 5 people answered"),
    Reason.SINGLED_OUT: Text(
        "bersama hasil lain, jawaban kurang dari 5 orang dapat diketahui",
        "together with other results the answers of fewer than 5 people would be known",
    ),
    Reason.NOT_PUBLISHED: Text("belum dipublikasikan", "not published"),
    Reason.NOT_NINE_EQUAL: Text(
        "pembanding hanya ada untuk sembilan unsur berbobot sama",
        "the comparators exist for nine unsur of equal weight only",
    ),
    Reason.RULE_CHANGED: Text("aturan IKM berganti di antaranya", "the rules of the IKM changed in between"),
    Reason.QUESTIONNAIRE_CHANGED: Text("kuesionernya berganti", "the questionnaire changed"),
    Reason.TOO_FEW_POINTS: Text("periode yang terisi terlalu sedikit", "there are too few periods"),
    Reason.NOT_CONVERGED: Text("perhitungan tidak mencapai hasil", "the computation found no solution"),
    Reason.TOO_FEW: Text("datanya terlalu sedikit", "there are too few data"),
    Reason.ONE_ELEMENT: Text("kuesioner hanya memiliki satu unsur", "the questionnaire has only one unsur"),
    Reason.INCONSISTENT_PAIRS: Text(
        "jawaban yang kosong membuat hubungan antarunsur tidak dapat dihitung",
        "missing answers make the relations between unsur impossible to compute",
    ),
    Reason.HIGHEST_ALREADY: Text("mutu sudah yang tertinggi", "the grade is the highest already"),
    Reason.UNDEFINED_INDEX: Text("IKM belum dapat dihitung", "there is no IKM yet"),
    Reason.PERIOD_OVER: Text("periodenya sudah berakhir", "the period is over"),
    Reason.NOT_RECORDED: Text("datanya tidak tercatat", "it was not recorded"),
    Reason.COUNTED_TWICE: Text("ada data yang terhitung dua kali", "something was counted twice"),
    Reason.NOISE_EXCEEDS_SPREAD: Text(
        "galat sampel melebihi perbedaan antarunit", "sampling error exceeds the differences between units"
    ),
    Reason.CORRECTED_BEYOND_ONE: Text(
        "koreksi atas galat sampel melewati batas", "correcting for sampling error passes the limits"
    ),
}
