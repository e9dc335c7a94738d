"""What an interval stands on, in words: how much people differ in the sample, the form, earlier months."""

from __future__ import annotations

from analytics import Reason
from analytics.ikm import Sample
from survey_app.text import Text
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

#: Degrees of freedom below which a past is said to be worth nothing.
_NONE = 0.5
_NO_PAST = Text(
    "Keragaman jawaban pada bulan-bulan sebelumnya tidak ikut diperhitungkan.",
    "How much answers varied in earlier months is not taken into account.",
)
_PAST = Text(
    "Untuk IKM, keragaman jawaban pada bulan-bulan sebelumnya ikut diperhitungkan: {dispersion} pada skala 0 "
    "sampai 1, dengan bobot setara kira-kira {weight} lembar jawaban (kalibrasi nomor {number}). Untuk tiap "
    "unsur, bulan-bulan sebelumnya tidak diperhitungkan.",
    "For the IKM, how much answers varied in earlier months is taken into account: {dispersion} on a scale "
    "of 0 to 1, with the weight of about {weight} answer sheets (calibration number {number}). For each "
    "element earlier months are not taken into account.",
)
#: What no interval tells.
LIMITS = Text(
    "Selang kepercayaan ini hanya mencerminkan galat pengambilan sampel, tidak mencakup pengaruh pengguna "
    "layanan yang tidak mengisi survei.",
    "The interval covers sampling error only, not any bias from those who did not answer.",
)
_SAMPLE = Text(
    "Keragaman jawaban yang dipakai {used} (derajat bebas {freedom}): jawaban periode ini {own} (bobot "
    "{own_weight}), yang diandaikan untuk kuesioner ini {expected} (bobot {expected_weight}){past}.",
    "Variation of the answers in use {used} ({freedom} degrees of freedom): answers of this period {own} "
    "(weight {own_weight}), supposed for this questionnaire {expected} (weight {expected_weight}){past}.",
)
_AND_PAST = Text(
    ", bulan-bulan sebelumnya {past} (bobot {past_weight}, kalibrasi nomor {number})",
    ", earlier months {past} (weight {past_weight}, calibration number {number})",
)


def of_past(sample: Sample, voice: Voice) -> str:
    """What earlier months add to an interval, or that they add nothing; empty where all users were asked."""
    if sample.unseen == 0:
        return ""
    if sample.past is None or sample.past_weight < _NONE:
        return voice.text(_NO_PAST)
    return voice.text(
        _PAST.format(
            dispersion=voice.decimal(sample.past.dispersion),
            weight=voice.decimal(sample.past_weight, 0),
            number=sample.past.calibration,
        )
    )


def of_sample(sample: Sample, voice: Voice) -> str:
    """All numbers that an interval is computed from, beside the index, n and N."""
    if sample.unseen == 0:
        return voice.text(reason_text(Reason.CENSUS))
    used, freedom = sample.moderated
    past = Text("", "")
    if sample.past is not None:
        past = _AND_PAST.format(
            past=voice.decimal(sample.past.dispersion),
            past_weight=voice.decimal(sample.past_weight, 2),
            number=sample.past.calibration,
        )
    return voice.text(
        _SAMPLE.format(
            used=voice.decimal(used, 4),
            freedom=voice.decimal(freedom, 2),
            own=voice.decimal(sample.dispersion, 4),
            own_weight=voice.decimal(sample.freedom, 2),
            expected=voice.decimal(sample.expected, 4),
            expected_weight=voice.decimal(sample.expected_weight, 2),
            past=voice.text(past),
        )
    )
