"""Why a value is undefined or an interval unusual: every reason as a sentence, and as a few words in one."""

from __future__ import annotations

from collections.abc import Mapping

from analytics import Reason
from analytics.disclosure import MINIMUM
from survey_app.text import Text
from survey_app.wording.questionnaire_reasons import QUESTIONNAIRE, Words

#: Every reason: a new one without words must not reach anybody as its code.
_WORDS: Mapping[Reason, Words] = {
    Reason.NO_ANSWERS: Words(
        sentence=Text("Belum ada responden pada periode ini.", "Nobody has answered in this period yet."),
        clause=Text("belum ada kuesioner terisi", "no questionnaire has been completed yet"),
    ),
    Reason.UNSUR_WITHOUT_ANSWERS: Words(
        sentence=Text(
            "Ada unsur yang tidak dijawab siapa pun, sehingga IKM tidak dapat dihitung.",
            "Nobody answered one of the service elements, so there is no IKM.",
        ),
        clause=Text("ada unsur yang tidak dijawab siapa pun", "nobody answered one of the service elements"),
    ),
    Reason.ONE_RESPONDENT: Words(
        sentence=Text(
            "Hanya ada satu responden. Nilai ini pendapat satu orang sehingga selang kepercayaan tidak "
            "dapat dihitung.",
            "There is only one respondent. The score is one person's opinion, so no confidence interval "
            "can be computed.",
        ),
        clause=Text("hanya satu responden", "only one respondent"),
    ),
    Reason.NO_VARIATION: Words(
        sentence=Text(
            "Galat pengambilan sampel tidak dapat diperkirakan karena jawaban tidak bervariasi.",
            "Sampling error cannot be estimated, because the answers do not vary.",
        ),
        clause=Text(
            "jawaban tidak bervariasi sehingga galat pengambilan sampel tidak dapat diperkirakan",
            "the answers do not vary, so sampling error cannot be estimated",
        ),
    ),
    Reason.UNSUR_BY_FEW: Words(
        sentence=Text(
            "Ada unsur yang hanya dijawab oleh sedikit responden, sehingga selang kepercayaan tidak "
            "dapat dihitung.",
            "Only a few respondents answered one of the service elements, so no interval can be computed.",
        ),
        clause=Text(
            "ada unsur yang hanya dijawab oleh sedikit responden",
            "only a few respondents answered one of the service elements",
        ),
    ),
    Reason.BORROWED: Words(
        sentence=Text(
            "Ragam sebagian unit atau layanan tidak dapat dihitung dari jawabannya sendiri; selang "
            "kepercayaan memakai ragam gabungan.",
            "The variance of some units or services cannot be estimated from their own answers; the "
            "interval uses the pooled variance.",
        ),
        clause=Text("ragam sebagian unit diambil dari ragam gabungan", "some units have the pooled variance"),
    ),
    Reason.NOBODY_TO_BORROW_FROM: Words(
        sentence=Text(
            "Tidak ada unit atau layanan yang jawabannya cukup dan beragam, sehingga selang kepercayaan "
            "tidak dapat dihitung.",
            "No unit or service has enough answers that differ, so no interval can be computed.",
        ),
        clause=Text(
            "tidak ada unit yang jawabannya cukup dan beragam", "no unit has enough answers that differ"
        ),
    ),
    Reason.BANDS_OF_ANOTHER_SCALE: Words(
        sentence=Text(
            "Batas mutu pada kuesioner ini berlaku untuk skala lain sehingga mutu tidak dapat ditetapkan.",
            "The grade bands of this questionnaire are for another scale, so no grade can be given.",
        ),
        clause=Text("batas mutu berlaku untuk skala lain", "the grade bands are for another scale"),
    ),
    Reason.CENSUS: Words(
        sentence=Text(
            "Semua pengguna layanan mengisi survei (sensus): tidak ada galat pengambilan sampel.",
            "Every user of the service answered (a census): there is no sampling error.",
        ),
        clause=Text("sensus, tanpa galat pengambilan sampel", "a census, without sampling error"),
    ),
    Reason.NOT_NINE_EQUAL: Words(
        sentence=Text(
            "Pembanding 0,11 dan 0,111 hanya ada untuk sembilan unsur berbobot sama.",
            "The comparators 0.11 and 0.111 exist only for nine service elements of equal weight.",
        ),
        clause=Text(
            "pembanding hanya ada untuk sembilan unsur berbobot sama",
            "the comparators exist only for nine service elements of equal weight",
        ),
    ),
    Reason.NO_UNITS: Words(
        sentence=Text("Belum ada unit yang memiliki nilai IKM.", "No unit has a score yet."),
        clause=Text("belum ada unit yang memiliki nilai IKM", "no unit has a score yet"),
    ),
    Reason.VOLUME_UNKNOWN: Words(
        sentence=Text(
            "Jumlah pengguna layanan belum dicatat.", "The number of service users is not recorded."
        ),
        clause=Text("jumlah pengguna layanan belum dicatat", "the number of service users is not recorded"),
    ),
    Reason.DIFFERENT_UNSUR: Words(
        sentence=Text(
            "Unsur yang ditanyakan berbeda antarunit sehingga jawaban responden tidak dapat digabung.",
            "The units ask about different service elements, so their respondents cannot be pooled.",
        ),
        clause=Text(
            "unsur yang ditanyakan berbeda antarunit", "the units ask about different service elements"
        ),
    ),
    Reason.DIFFERENT_BANDS: Words(
        sentence=Text(
            "Mutu tidak dapat ditetapkan karena batas mutu berbeda antarunit.",
            "No grade can be given, because the units have different grade bands.",
        ),
        clause=Text(
            "tanpa mutu karena batas mutu berbeda antarunit",
            "no grade, because the units have different grade bands",
        ),
    ),
    Reason.DIFFERENT_SCALES: Words(
        sentence=Text(
            "Skala jawaban berbeda antarunit sehingga nilai unit tidak dapat digabung.",
            "The units use different scales of answers, so their scores cannot be combined.",
        ),
        clause=Text("skala jawaban berbeda antarunit", "the units use different scales of answers"),
    ),
    Reason.RULE_CHANGED: Words(
        sentence=Text(
            "Aturan IKM berganti di antara kedua periode.",
            "The rules of the IKM changed between the two periods.",
        ),
        clause=Text(
            "aturan IKM berganti di antara kedua periode",
            "the rules of the IKM changed between the two periods",
        ),
    ),
    Reason.QUESTIONNAIRE_CHANGED: Words(
        sentence=Text(
            "Kuesioner berganti di antara kedua periode.",
            "The questionnaire changed between the two periods.",
        ),
        clause=Text("kuesionernya berganti", "the questionnaire changed"),
    ),
    Reason.TOO_FEW_POINTS: Words(
        sentence=Text(
            "Periode yang memiliki jawaban masih terlalu sedikit.",
            "There are still too few periods with answers.",
        ),
        clause=Text("periode yang memiliki jawaban terlalu sedikit", "too few periods have answers"),
    ),
    Reason.NOT_CONVERGED: Words(
        sentence=Text("Perhitungan tidak mencapai hasil.", "The computation found no solution."),
        clause=Text("perhitungan tidak mencapai hasil", "the computation found no solution"),
    ),
    Reason.TOO_FEW: Words(
        sentence=Text("Jumlah responden masih terlalu sedikit.", "There are still too few respondents."),
        clause=Text("datanya terlalu sedikit", "there are too few data"),
    ),
    Reason.UNEVEN: Words(
        sentence=Text(
            "Hasil hampir hanya bertumpu pada satu atau dua data.",
            "The result would rest almost only on one or two data.",
        ),
        clause=Text(
            "hasil hampir hanya bertumpu pada satu atau dua data",
            "it would rest almost only on one or two data",
        ),
    ),
    **QUESTIONNAIRE,
    Reason.HIGHEST_ALREADY: Words(
        sentence=Text("Mutu sudah yang tertinggi.", "The grade is the highest already."),
        clause=Text("mutu sudah yang tertinggi", "the grade is the highest already"),
    ),
    Reason.UNDEFINED_INDEX: Words(
        sentence=Text("IKM belum dapat dihitung.", "The IKM cannot be computed yet."),
        clause=Text("IKM belum dapat dihitung", "there is no IKM yet"),
    ),
    Reason.PERIOD_OVER: Words(
        sentence=Text("Periodenya sudah berakhir.", "The period is over."),
        clause=Text("periodenya sudah berakhir", "the period is over"),
    ),
    Reason.NOT_RECORDED: Words(
        sentence=Text("Data tidak tercatat.", "The data were not recorded."),
        clause=Text("datanya tidak tercatat", "it was not recorded"),
    ),
    Reason.COUNTED_TWICE: Words(
        sentence=Text("Ada data yang terhitung dua kali.", "Some data were counted twice."),
        clause=Text("ada data yang terhitung dua kali", "something was counted twice"),
    ),
    Reason.NOISE_EXCEEDS_SPREAD: Words(
        sentence=Text(
            "Galat pengambilan sampel lebih besar daripada perbedaan antarunit.",
            "Sampling error is larger than the differences between units.",
        ),
        clause=Text(
            "galat pengambilan sampel lebih besar daripada perbedaan antarunit",
            "sampling error exceeds the differences between units",
        ),
    ),
    Reason.CORRECTED_BEYOND_ONE: Words(
        sentence=Text(
            "Koreksi atas galat pengambilan sampel memberi korelasi di luar batas.",
            "Correcting for sampling error gives a correlation beyond its limits.",
        ),
        clause=Text(
            "koreksi atas galat pengambilan sampel melewati batas",
            "correcting for sampling error passes the limits",
        ),
    ),
    Reason.FEW_PEOPLE: Words(
        sentence=Text(
            f"Kurang dari {MINIMUM} orang menjawab. Nilai tidak ditampilkan agar jawaban perorangan tetap "
            "rahasia.",
            f"Fewer than {MINIMUM} people answered. The score is not shown, to keep what each of them said "
            "private.",
        ),
        clause=Text(f"kurang dari {MINIMUM} orang menjawab", f"fewer than {MINIMUM} people answered"),
    ),
    Reason.SINGLED_OUT: Words(
        sentence=Text(
            f"Jika digabung dengan hasil lain, jawaban kurang dari {MINIMUM} orang dapat diketahui.",
            f"Together with other results it would reveal the answers of fewer than {MINIMUM} people.",
        ),
        clause=Text(
            f"jawaban kurang dari {MINIMUM} orang dapat diketahui jika digabung dengan hasil lain",
            f"together with other results it would reveal the answers of fewer than {MINIMUM} people",
        ),
    ),
    Reason.NOT_PUBLISHED: Words(
        sentence=Text("Periode ini belum dipublikasikan.", "This period has not been published."),
        clause=Text("belum dipublikasikan", "not published"),
    ),
    Reason.SEVERAL_SAMPLES: Words(
        sentence=Text(
            "Peluang bermutu tertentu hanya dihitung dari satu sampel jawaban.",
            "The probability of a grade is computed from one sample of answers only.",
        ),
        clause=Text("bukan satu sampel jawaban", "not one sample of answers"),
    ),
    Reason.SUMS_WITHHELD: Words(
        sentence=Text(
            "Nilai per unsur sebagian unit tidak ditampilkan agar jawaban perorangan tetap rahasia, "
            "sehingga ini tidak dapat dihitung.",
            "The scores per service element of some units are not shown, to keep what each person said "
            "private, so this cannot be computed.",
        ),
        clause=Text(
            "nilai per unsur sebagian unit tidak ditampilkan",
            "scores per service element of some units are not shown",
        ),
    ),
    Reason.FEW_UNITS: Words(
        sentence=Text("Unit yang dapat dibandingkan terlalu sedikit.", "Too few units can be compared."),
        clause=Text("terlalu sedikit unit yang dapat dibandingkan", "too few units can be compared"),
    ),
}


#: Of one unit's sheets: what is the same in all of them is the index, and perhaps every answer.
SAME_INDEX = Text(
    "Indeks semua responden sama walaupun jawabannya berbeda. Selang kepercayaan memperhitungkan bahwa "
    "pengguna layanan lain dapat menilai berbeda.",
    "Every respondent has the same index, although the answers differ. The confidence interval allows for "
    "other service users rating differently.",
)
SAME_ANSWERS = Text(
    "Semua responden memberi jawaban yang sama. Selang kepercayaan memperhitungkan bahwa pengguna layanan "
    "lain dapat menjawab berbeda.",
    "All respondents gave the same answers. The confidence interval allows for other service users "
    "answering differently.",
)


def interval_text(reason: Reason, *, unanimous: bool) -> Text:
    """What `reason` means for the index of one unit. `unanimous`: everybody gave the same answers."""
    if reason is not Reason.NO_VARIATION:
        return reason_text(reason)
    return SAME_ANSWERS if unanimous else SAME_INDEX


def reason_text(reason: Reason) -> Text:
    """What `reason` means, in a sentence."""
    return _WORDS[reason].sentence


def reason_clause(reason: Reason) -> Text:
    """What `reason` means, in a few words within a sentence."""
    return _WORDS[reason].clause
