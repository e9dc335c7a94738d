"""The quality flags in words: what each looks for, and the table with and without the answers it marks."""

from __future__ import annotations

from analytics.ikm.quality import Flag, QualityRules
from survey_app.services.ikm.quality import FlagTally, Quality
from survey_app.text import Text
from survey_app.wording.voice import Voice

NAMES: dict[Flag, Text] = {
    Flag.STRAIGHT_LINE: Text("Semua jawaban sama", "All answers alike"),
    Flag.TOO_FAST: Text("Terlalu cepat", "Too fast"),
    Flag.BURST: Text("Beruntun dari satu perangkat", "Burst from one device"),
    Flag.OUT_OF_HOURS: Text("Di luar jam layanan", "Outside service hours"),
    Flag.DUPLICATE: Text("Jawaban berulang", "Repeated answers"),
}
MISSING: dict[Flag, Text] = {
    Flag.TOO_FAST: Text("lama mengisi tidak tercatat", "durations are not recorded"),
    Flag.BURST: Text("perangkat tidak tercatat", "devices are not recorded"),
    Flag.OUT_OF_HOURS: Text("jam layanan tidak tercatat", "service hours are not recorded"),
    Flag.DUPLICATE: Text("perangkat tidak tercatat", "devices are not recorded"),
}
NEVER_DELETES = Text(
    "Tanda tidak pernah menghapus jawaban. Nilai resmi adalah nilai dengan semua jawaban.",
    "Flags never delete an answer. The official value is the one with all answers.",
)
ANY = Text("Salah satu tanda", "Any flag")
COLUMNS = (
    Text("Tanda", "Flag"),
    Text("Bertanda", "Flagged"),
    Text("Diperiksa", "Checked"),
    Text("Nilai tanpanya", "Value without"),
    Text("Selisih", "Difference"),
)
UNCHECKED = Text("Tidak diperiksa: {missing}.", "Not checked: {missing}.")
RULES = Text(
    "Semua jawaban sama: sedikitnya {least} unsur dijawab dan semuanya bernilai sama, yang wajar pula "
    "bagi warga yang puas. Terlalu cepat: kurang dari {pace} detik per unsur. Beruntun: {count} lembar "
    "satu perangkat dalam {burst} detik. Berulang: perangkat yang sama memberi jawaban yang sama dalam "
    "{again} detik. Di luar jam layanan: di loket sebelum buka, lebih dari {grace} jam sesudah tutup, "
    "atau pada hari tanpa layanan; jawaban dari ponsel tidak diperiksa. Ambang ini pilihan aplikasi, "
    "bukan ketentuan peraturan; tanda adalah isyarat, bukan bukti.",
    "All alike: at least {least} unsur answered, all with one score, which a content citizen does too. "
    "Too fast: less than {pace} seconds per unsur. Burst: {count} sheets of one device within {burst} "
    "seconds. Repeated: the same device gives the same answers within {again} seconds. Outside hours: at "
    "the counter before it opens, more than {grace} hour after it closes, or on a day without service; "
    "answers from phones are not checked. These thresholds are choices of the product, not of the "
    "regulation; a flag is a signal, not proof.",
)


def rows(found: Quality, voice: Voice) -> list[tuple[str, ...]]:
    """A row per flag that could be looked for, then one for any of them."""
    effect = found.effect
    whole = FlagTally(
        flag=Flag(0),
        n=effect.flagged,
        checked=effect.everything.n,
        without=effect.unflagged,
        difference=effect.difference,
        reason=None,
    )
    named = [(voice.text(NAMES[tally.flag]), tally) for tally in found.tallies if tally.n is not None]
    return [_row(name, tally, voice) for name, tally in [*named, (voice.text(ANY), whole)]]


def unchecked(found: Quality, voice: Voice) -> str:
    """Which flags could not be looked for, and why; empty when all could."""
    missing = [
        f"{voice.text(NAMES[tally.flag]).lower()} ({voice.text(MISSING[tally.flag])})"
        for tally in found.tallies
        if tally.n is None
    ]
    if not missing:
        return ""
    return voice.text(UNCHECKED.format(missing=", ".join(missing)))


def rules(voice: Voice) -> str:
    """What each flag looks for, with its thresholds, and that they are choices of the product."""
    r = QualityRules()
    return voice.text(
        RULES.format(
            least=r.straight_line_minimum,
            pace=voice.decimal(r.seconds_per_unsur, 0),
            count=r.burst_count,
            burst=voice.decimal(r.burst_seconds, 0),
            again=voice.decimal(r.duplicate_seconds, 0),
            grace=voice.decimal(r.grace_hours, 0),
        )
    )


def _row(name: str, tally: FlagTally, voice: Voice) -> tuple[str, ...]:
    without = "–" if tally.without.ikm is None else voice.decimal(tally.without.ikm)
    difference = "–"
    if tally.difference is not None:
        sign = "−" if tally.difference < 0 else "+" if tally.difference else ""
        difference = f"{sign}{voice.decimal(abs(tally.difference))}"
    return name, voice.count(tally.n or 0), voice.count(tally.checked), without, difference
