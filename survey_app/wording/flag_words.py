"""The quality flags in words: what each looks for, and the table with and without the answers it marks."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ikm import SIGNALS, Flag, Known, QualityRules
from survey_app.services.ikm.quality import FlagTally, Quality
from survey_app.text import Text
from survey_app.wording.voice import Voice


@dataclass(frozen=True)
class FlagWords:
    """What a flag is called, and what it looks for, with the thresholds of `QualityRules`."""

    name: Text
    looks_for: Text


#: In the order in which they are explained.
FLAGS: dict[Flag, FlagWords] = {
    Flag.STRAIGHT_LINE: FlagWords(
        Text("Semua jawaban sama", "All answers alike"),
        Text(
            "Sedikitnya {straight_line_minimum} unsur dijawab, semuanya dengan nilai yang sama. Warga yang "
            "puas pun dapat menjawab demikian.",
            "At least {straight_line_minimum} service elements answered, all with the same score. A "
            "satisfied citizen may do this too.",
        ),
    ),
    Flag.TOO_FAST: FlagWords(
        Text("Terlalu cepat", "Too fast"),
        Text(
            "Kurang dari {seconds_per_unsur} detik per unsur.",
            "Less than {seconds_per_unsur} s per service element.",
        ),
    ),
    Flag.BURST: FlagWords(
        Text("Beruntun dari satu perangkat", "Burst from one device"),
        Text(
            "Sedikitnya {burst_count} jawaban dari satu perangkat dalam {burst_seconds} detik.",
            "At least {burst_count} answers from one device within {burst_seconds} seconds.",
        ),
    ),
    Flag.DUPLICATE: FlagWords(
        Text("Jawaban berulang", "Repeated answers"),
        Text(
            "Perangkat yang sama memberi jawaban yang sama dalam {duplicate_seconds} detik.",
            "The same device gives the same answers within {duplicate_seconds} seconds.",
        ),
    ),
    Flag.OUT_OF_HOURS: FlagWords(
        Text("Di luar jam layanan", "Outside service hours"),
        Text(
            "Di loket sebelum buka, lebih dari {grace_hours} jam setelah tutup, atau pada hari tanpa "
            "layanan. Jawaban dari ponsel tidak diperiksa.",
            "At the counter before it opens, more than {grace_hours} hour after it closes, or on a day "
            "without service. Answers from phones are not checked.",
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
    "Batas ini pilihan aplikasi, bukan ketentuan peraturan. Pola adalah isyarat, bukan bukti.",
    "These limits are chosen by this application, not set by a regulation. A pattern is a sign, not proof.",
)
NEVER_DELETES = Text(
    "Tidak ada jawaban yang dihapus. Semua jawaban tetap dihitung dalam nilai resmi.",
    "No answer is deleted. All answers count in the official score.",
)
ANY = Text("Salah satu pola", "Any of the patterns")
COLUMNS = (
    Text("Pola", "Pattern"),
    Text("Perlu ditinjau", "To be reviewed"),
    Text("Diperiksa", "Checked"),
    Text("Nilai tanpa jawaban ini", "Score without these answers"),
    Text("Selisih", "Difference"),
)
#: Above what each flag looks for.
LIMITS = (Text("Pola", "Pattern"), Text("Batas", "Limit"))
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


def limits(voice: Voice) -> list[tuple[str, str]]:
    """What each flag looks for, with its thresholds: a row per flag below `LIMITS`."""
    thresholds = {name: voice.decimal(value, 0) for name, value in vars(QualityRules()).items()}
    return [
        (voice.text(words.name), voice.text(words.looks_for.format(**thresholds))) for words in FLAGS.values()
    ]


def _row(name: str, tally: FlagTally, voice: Voice) -> tuple[str, ...]:
    without = "–" if tally.without.ikm is None else voice.decimal(tally.without.ikm)
    difference = "–"
    if tally.difference is not None:
        sign = "−" if tally.difference < 0 else "+" if tally.difference else ""
        difference = f"{sign}{voice.decimal(abs(tally.difference))}"
    return name, voice.count(tally.n or 0), voice.count(tally.checked), without, difference
