"""The quality flags in words: what each looks for, and the table with and without the answers it marks."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ikm import SIGNALS, Flag, Known, QualityRules
from survey_app.services.ikm.quality import FlagTally, Quality
from survey_app.text import Text
from survey_app.wording.voice import Voice


@dataclass(frozen=True)
class FlagWords:
    """What a flag is called, and in a sentence what it looks for, with the thresholds of `QualityRules`."""

    name: Text
    looks_for: Text


#: In the order in which they are explained.
FLAGS: dict[Flag, FlagWords] = {
    Flag.STRAIGHT_LINE: FlagWords(
        Text("Semua jawaban sama", "All answers alike"),
        Text(
            "Semua jawaban sama: sedikitnya {straight_line_minimum} unsur dijawab dan semuanya bernilai "
            "sama, yang wajar pula bagi warga yang puas.",
            "All alike: at least {straight_line_minimum} unsur answered, all with one score, which a content "
            "citizen does too.",
        ),
    ),
    Flag.TOO_FAST: FlagWords(
        Text("Terlalu cepat", "Too fast"),
        Text(
            "Terlalu cepat: kurang dari {seconds_per_unsur} detik per unsur.",
            "Too fast: less than {seconds_per_unsur} seconds per unsur.",
        ),
    ),
    Flag.BURST: FlagWords(
        Text("Beruntun dari satu perangkat", "Burst from one device"),
        Text(
            "Beruntun: {burst_count} lembar satu perangkat dalam {burst_seconds} detik.",
            "Burst: {burst_count} sheets of one device within {burst_seconds} seconds.",
        ),
    ),
    Flag.DUPLICATE: FlagWords(
        Text("Jawaban berulang", "Repeated answers"),
        Text(
            "Berulang: perangkat yang sama memberi jawaban yang sama dalam {duplicate_seconds} detik.",
            "Repeated: the same device gives the same answers within {duplicate_seconds} seconds.",
        ),
    ),
    Flag.OUT_OF_HOURS: FlagWords(
        Text("Di luar jam layanan", "Outside service hours"),
        Text(
            "Di luar jam layanan: di loket sebelum buka, lebih dari {grace_hours} jam sesudah tutup, atau "
            "pada hari tanpa layanan; jawaban dari ponsel tidak diperiksa.",
            "Outside hours: at the counter before it opens, more than {grace_hours} hour after it closes, or "
            "on a day without service; answers from phones are not checked.",
        ),
    ),
}
#: Why a flag could not be looked for.
UNKNOWN: dict[Known, Text] = {
    Known.ANSWERS: Text("tidak ada jawaban", "there are no answers"),
    Known.DURATION: Text("lama mengisi tidak tercatat", "durations are not recorded"),
    Known.DEVICE: Text("perangkat tidak tercatat", "devices are not recorded"),
    Known.HOURS: Text("jam layanan tidak tercatat", "service hours are not recorded"),
}
CHOICES = Text(
    "Ambang ini pilihan aplikasi, bukan ketentuan peraturan; tanda adalah isyarat, bukan bukti.",
    "These thresholds are choices of the product, not of the regulation; a flag is a signal, not proof.",
)
NEVER_DELETES = Text(
    "Tidak ada jawaban yang dihapus. Semua jawaban tetap dihitung dalam nilai resmi.",
    "No answer is deleted. All answers count in the official value.",
)
ANY = Text("Salah satu pola", "Any of the patterns")
COLUMNS = (
    Text("Pola", "Pattern"),
    Text("Perlu ditinjau", "To be reviewed"),
    Text("Diperiksa", "Checked"),
    Text("Nilai tanpa jawaban ini", "Value without these answers"),
    Text("Selisih", "Difference"),
)
UNCHECKED = Text("Tidak diperiksa: {missing}.", "Not checked: {missing}.")


def rows(quality: Quality, voice: Voice) -> list[tuple[str, ...]]:
    """A row per flag that could be looked for, then one for any of them."""
    effect = quality.effect
    whole = FlagTally(
        flag=Flag(0),
        n=effect.flagged,
        checked=effect.everything.n,
        without=effect.unflagged,
        difference=effect.difference,
        reason=None,
    )
    named = [(voice.text(FLAGS[tally.flag].name), tally) for tally in quality.tallies if tally.n is not None]
    return [_row(name, tally, voice) for name, tally in [*named, (voice.text(ANY), whole)]]


def unchecked(quality: Quality, voice: Voice) -> str:
    """Which flags could not be looked for, and why; empty when all could."""
    missing = [
        f"{voice.text(FLAGS[tally.flag].name).lower()} ({voice.text(UNKNOWN[SIGNALS[tally.flag].needs])})"
        for tally in quality.tallies
        if tally.n is None
    ]
    if not missing:
        return ""
    return voice.text(UNCHECKED.format(missing=", ".join(missing)))


def rules(voice: Voice) -> str:
    """What each flag looks for, with its thresholds, and that they are choices of the product."""
    thresholds = {name: voice.decimal(value, 0) for name, value in vars(QualityRules()).items()}
    said = [words.looks_for.format(**thresholds) for words in FLAGS.values()]
    return " ".join(voice.text(sentence) for sentence in [*said, CHOICES])


def _row(name: str, tally: FlagTally, voice: Voice) -> tuple[str, ...]:
    without = "–" if tally.without.ikm is None else voice.decimal(tally.without.ikm)
    difference = "–"
    if tally.difference is not None:
        sign = "−" if tally.difference < 0 else "+" if tally.difference else ""
        difference = f"{sign}{voice.decimal(abs(tally.difference))}"
    return name, voice.count(tally.n or 0), voice.count(tally.checked), without, difference
