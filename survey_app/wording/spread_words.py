"""What an interval stands on, in words: how much people differ in the sample, the form, earlier months."""

from __future__ import annotations

from analytics.ikm import Past, Sample
from survey_app.text import Text
from survey_app.wording.voice import Voice

_NO_PAST = Text(
    "Belum cukup jawaban pada bulan-bulan sebelumnya untuk ikut memperkirakan keragaman jawaban.",
    "There are not enough answers from earlier months to help estimate how much answers vary.",
)
_PAST = Text(
    "Keragaman jawaban pada bulan-bulan sebelumnya ikut diperhitungkan: {dispersion}, bobot {weight}, "
    "kalibrasi nomor {number}.",
    "How much answers varied in earlier months is taken into account: {dispersion}, weight {weight}, "
    "calibration number {number}.",
)
_SAMPLE = Text(
    "Keragaman jawaban yang dipakai {used} (derajat bebas {freedom}): jawaban periode ini {own} (bobot "
    "{own_weight}), yang lazim untuk kuesioner ini {expected} (bobot {expected_weight}){past}.",
    "Variation of the answers in use {used} ({freedom} degrees of freedom): answers of this period {own} "
    "(weight {own_weight}), usual for this questionnaire {expected} (weight {expected_weight}){past}.",
)
_AND_PAST = Text(
    ", bulan-bulan sebelumnya {past} (bobot {past_weight}, kalibrasi nomor {number})",
    ", earlier months {past} (weight {past_weight}, calibration number {number})",
)


def of_past(past: Past | None, voice: Voice) -> str:
    """What earlier months add to an interval, or that they add nothing."""
    if past is None:
        return voice.text(_NO_PAST)
    return voice.text(
        _PAST.format(
            dispersion=voice.decimal(past.dispersion),
            weight=voice.decimal(past.weight, 0),
            number=past.calibration,
        )
    )


def of_sample(sample: Sample, voice: Voice) -> str:
    """All numbers that an interval is computed from, beside the index, n and N."""
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
