"""Why a value is undefined or an interval unusual, in words for the person who reads the result."""

from __future__ import annotations

from analytics.reason import Reason
from survey_app.text import Text

_TEXTS: dict[Reason, Text] = {
    Reason.NO_ANSWERS: Text(
        "Belum ada responden pada periode ini.", "Nobody has answered in this period yet."
    ),
    Reason.UNSUR_WITHOUT_ANSWERS: Text(
        "Ada unsur yang tidak dijawab siapa pun, sehingga IKM tidak dapat dihitung.",
        "Nobody answered one of the unsur, so there is no IKM.",
    ),
    Reason.ONE_RESPONDENT: Text(
        "Hanya satu responden: nilai ini pendapat satu orang, selang kepercayaan tidak dapat dihitung.",
        "A single respondent: this is one person's opinion, and no interval can be computed.",
    ),
    Reason.NO_VARIATION: Text(
        "Tidak ada variasi untuk menduga galatnya.", "There is no variation to estimate the error from."
    ),
    Reason.UNSUR_BY_FEW: Text(
        "Ada unsur yang hanya dijawab beberapa responden, sehingga selang kepercayaan tidak dapat dihitung.",
        "Only a few respondents answered one of the unsur, so no interval can be computed.",
    ),
    Reason.BORROWED: Text(
        "Ragam sebagian unit atau layanan tidak dapat dihitung dari jawabannya sendiri; selang kepercayaan "
        "memakai ragam gabungan.",
        "The variance of some units or services cannot be told from their own answers; the interval uses the "
        "pooled one.",
    ),
    Reason.NOBODY_TO_BORROW_FROM: Text(
        "Tidak ada unit atau layanan yang jawabannya cukup dan beragam, sehingga selang kepercayaan tidak "
        "dapat dihitung.",
        "No unit or service has enough answers that differ, so no interval can be computed.",
    ),
    Reason.BANDS_OF_ANOTHER_SCALE: Text(
        "Rentang mutu kuesioner ini untuk skala lain, sehingga tidak ada mutunya.",
        "The grading table is for another scale, so there is no grade.",
    ),
    Reason.CENSUS: Text(
        "Semua pengguna layanan mengisi survei (sensus): tidak ada galat sampel.",
        "Every user of the service answered (a census): there is no sampling error.",
    ),
    Reason.NOT_NINE_EQUAL: Text(
        "Pembanding 0,11 dan 0,111 hanya ada untuk sembilan unsur berbobot sama.",
        "The comparators 0.11 and 0.111 exist only for nine unsur of equal weight.",
    ),
    Reason.NO_UNITS: Text("Belum ada unit yang memiliki nilai.", "No unit has a value yet."),
    Reason.VOLUME_UNKNOWN: Text(
        "Jumlah pengguna layanan belum dicatat.", "The number of users served is not recorded."
    ),
    Reason.DIFFERENT_UNSUR: Text(
        "Unit-unitnya menanyakan unsur yang berbeda, sehingga respondennya tidak dapat digabung.",
        "The units ask different unsur, so their respondents cannot be pooled.",
    ),
    Reason.DIFFERENT_BANDS: Text(
        "Tanpa mutu: unit-unitnya dinilai dengan batas mutu yang berbeda.",
        "No grade: the units are graded by different bands.",
    ),
    Reason.DIFFERENT_SCALES: Text(
        "Unit-unitnya memakai skala jawaban yang berbeda, sehingga nilainya tidak dapat digabung.",
        "The units use different scales of answers, so their values cannot be put together.",
    ),
    Reason.RULE_CHANGED: Text(
        "Aturan IKM berganti di antaranya.", "The rules of the IKM changed in between."
    ),
    Reason.QUESTIONNAIRE_CHANGED: Text(
        "Kuesionernya berganti di antaranya.", "The questionnaire changed in between."
    ),
    Reason.TOO_FEW_POINTS: Text("Periode yang terisi masih terlalu sedikit.", "There are too few periods."),
    Reason.NOT_CONVERGED: Text("Perhitungan tidak mencapai hasil.", "The computation found no solution."),
    Reason.TOO_FEW: Text("Respondennya masih terlalu sedikit.", "There are too few respondents yet."),
    Reason.ONE_ELEMENT: Text("Kuesioner ini hanya memiliki satu unsur.", "The form has only one unsur."),
    Reason.INCONSISTENT_PAIRS: Text(
        "Jawaban yang kosong membuat hubungan antarunsur tidak dapat dihitung.",
        "Missing answers make the relations between unsur impossible to compute.",
    ),
    Reason.HIGHEST_ALREADY: Text("Mutu sudah yang tertinggi.", "The grade is the highest already."),
    Reason.UNDEFINED_INDEX: Text("IKM-nya belum dapat dihitung.", "There is no IKM yet."),
    Reason.PERIOD_OVER: Text("Periodenya sudah berakhir.", "The period is over."),
    Reason.NOT_RECORDED: Text("Datanya tidak tercatat.", "It was not recorded."),
    Reason.COUNTED_TWICE: Text("Ada data yang terhitung dua kali.", "Something was counted twice."),
    Reason.NOISE_EXCEEDS_SPREAD: Text(
        "Galat sampel lebih besar daripada perbedaan antarunit.",
        "Sampling error is larger than the differences between units.",
    ),
    Reason.CORRECTED_BEYOND_ONE: Text(
        "Koreksi atas galat sampel memberi korelasi di luar batas.",
        "Correcting for sampling error gives a correlation beyond its limits.",
    ),
    Reason.FEW_PEOPLE: Text(
        "Kurang dari 5 orang menjawab. Nilainya tidak ditampilkan agar jawaban perorangan tetap rahasia.",
        "Fewer than 5 people answered. The value is not shown, to keep what each of them said private.",
    ),
    Reason.SINGLED_OUT: Text(
        "Jika digabung dengan hasil lain, jawaban kurang dari 5 orang dapat diketahui.",
        "Together with other results it would reveal the answers of fewer than 5 people.",
    ),
    Reason.NOT_PUBLISHED: Text("Periode ini belum dipublikasikan.", "This period has not been published."),
}


#: Of one unit's sheets: what is the same in all of them is the index, and perhaps every answer.
_SAME_INDEX = Text(
    "Indeks semua lembar sama, walau jawabannya berbeda; selang memakai batas eksak untuk lembar seragam.",
    "Every sheet has the same index, though answers differ; the interval is the exact bound of such sheets.",
)
_SAME_ANSWERS = Text(
    "Semua responden menjawab sama; selang memakai batas eksak untuk jawaban seragam.",
    "All respondents answered alike; the interval is the exact bound of a unanimous sample.",
)


def interval_text(reason: Reason, *, alike: bool) -> Text:
    """What `reason` means for the index of one unit. `alike`: nobody answered otherwise than the others."""
    if reason is not Reason.NO_VARIATION:
        return reason_text(reason)
    return _SAME_ANSWERS if alike else _SAME_INDEX


def reason_text(reason: Reason) -> Text:
    """What `reason` means."""
    return _TEXTS[reason]
