"""What is said of the reliability of a questionnaire: whether one index may stand for all its unsur."""

from __future__ import annotations

from analytics import Reason
from analytics.ikm import FEWEST_SHEETS, Omega, Reliability
from survey_app.instruments import Instrument
from survey_app.text import Text
from survey_app.wording import numbers, terms
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

#: What Indonesian reports ask of alpha, and we of omega too. Practice, not the regulation.
ASKED = 0.6

TOGETHER = Text(
    "Jawaban atas unsur-unsur ini jelas sejalan, sehingga satu nilai layak mewakili semuanya.",
    "The answers to the service elements clearly go together, so one score may stand for all of them.",
)
NOT_CLEAR = Text(
    "Belum jelas apakah jawaban atas unsur-unsur ini sejalan. Baca juga nilai setiap unsur, bukan satu "
    "nilai saja.",
    "It is not clear whether the answers to the service elements go together. Read the score of each of "
    "them too, not the one score alone.",
)
APART = Text(
    "Jawaban atas unsur-unsur ini jelas belum sejalan, sehingga satu nilai kurang mewakilinya. Baca "
    "nilai setiap unsur.",
    "The answers to the service elements clearly do not go together, so one score stands for them poorly. "
    "Read the score of each of them.",
)
OUT_OF_STEP = Text(
    "Baca tersendiri, karena jawabannya belum jelas sejalan dengan unsur lainnya: {names}.",
    "To be read alone, because their answers do not clearly go with those to the others: {names}.",
)
OMEGA = Text(
    "Keandalan **{omega}** dari paling tinggi 1 ({interval}): sekitar {percent} perbedaan antarresponden "
    "berasal dari satu penilaian yang sama, sisanya khas setiap unsur (omega ordinal).",
    "Reliability **{omega}** of at most 1 ({interval}): about {percent} of what respondents differ by comes "
    "from one judgement they share over all elements, the rest belongs to single elements (ordinal omega).",
)
ALL_ALIKE = Text(
    "Nilai tinggi dapat pula berasal dari responden yang memberi nilai sama pada semua unsur. Jumlahnya ada "
    "pada pemeriksaan jawaban di atas.",
    "A high value can also come from respondents who give every element the same score. The check of answers "
    "above counts them.",
)
ALPHA = Text(
    "Alfa Cronbach **{alpha}** ({interval}): {verdict}. Batas yang lazim dipakai: di atas {asked}.",
    "Cronbach's alpha **{alpha}** ({interval}): {verdict}. The usual threshold: above {asked}.",
)
INTERVAL = Text("selang kepercayaan 95% {interval}", "95% interval {interval}")
NO_INTERVAL = Text(
    "tanpa selang kepercayaan karena jawaban yang berbeda terlalu sedikit, atau jawaban atas dua unsur "
    "selalu seiring",
    "no interval, because too few answers differ, or those to two elements always go in step",
)
TOO_FEW = Text(
    "Untuk mengetahui apakah jawaban atas unsur-unsur ini sejalan, diperlukan sedikitnya {n} responden.",
    "To tell whether the answers to the service elements go together takes at least {n} respondents.",
)
PAIRWISE = Text(
    "Sebagian pertanyaan tidak dijawab. Karena itu, perhitungan memakai pasangan unsur yang sama-sama "
    "dijawab oleh sedikitnya {n} responden.",
    "Some questions were left unanswered. The calculation therefore uses pairs of service elements answered "
    "by the same people, at least {n} of them.",
)
COLUMNS = (
    terms.UNSUR,
    Text("r hitung (unsur dengan unsur lainnya)", "r (element with the rest)"),
    Text("r tabel", "critical r"),
    Text("Valid", "Valid"),
    Text("Alfa tanpa unsur ini", "Alpha without it"),
)
_STEPS = Text(
    "Omega ordinal = 1 − jumlah (1 − muatan²) / jumlah korelasi = 1 − {own} / {total} = **{omega}**. Muatan "
    "tiap unsur pada satu faktor: {loadings}.",
    "Ordinal omega = 1 − sum of (1 − loading²) / sum of correlations = 1 − {own} / {total} = **{omega}**. "
    "Loadings of the elements on one factor: {loadings}.",
)
RELIABLE, NOT_RELIABLE = Text("andal", "reliable"), Text("belum andal", "not reliable yet")
NOT_VALID = Text("tidak", "no")


def said(omega: Omega, instrument: Instrument, reliability: Reliability, voice: Voice) -> str:
    """What omega comes to, and for which unsur it does not speak; or why there is none."""
    if omega.omega is None:
        return voice.text(_no_omega(omega))
    found = verdict(omega)
    pairs = zip(instrument.elements, reliability.valid, strict=True)
    alone = [f"{e.number} {voice.text(e.name)}" for e, valid in pairs if valid is False]
    if found is not TOGETHER or not alone:
        return voice.text(found)
    return f"{voice.text(found)} {voice.text(OUT_OF_STEP.format(names=voice.enumerate(alone)))}"


def verdict(omega: Omega) -> Text:
    """What omega comes to: clear where its whole interval lies on one side of what is asked."""
    if omega.interval is None or omega.interval[0] <= ASKED <= omega.interval[1]:
        return NOT_CLEAR
    return TOGETHER if omega.interval[0] > ASKED else APART


def _no_omega(omega: Omega) -> Text:
    if omega.reason is None or omega.reason is Reason.TOO_FEW:
        return TOO_FEW.format(n=str(FEWEST_SHEETS))
    return reason_text(omega.reason)


def rows(instrument: Instrument, reliability: Reliability, voice: Voice) -> list[tuple[str, ...]]:
    """A row per unsur under `COLUMNS`."""
    verdicts = {True: voice.say("ya", "yes"), False: voice.text(NOT_VALID), None: numbers.UNDEFINED}
    per_unsur = zip(
        instrument.elements,
        reliability.item_rest,
        reliability.valid,
        reliability.alpha_if_dropped,
        strict=True,
    )
    return [
        (
            f"{element.number} {voice.text(element.name)}",
            numbers.decimal(r, voice.language, 3),
            numbers.decimal(reliability.r_critical, voice.language, 3),
            verdicts[valid],
            numbers.decimal(without, voice.language, 3),
        )
        for element, r, valid, without in per_unsur
    ]


def steps(omega: Omega, voice: Voice) -> str:
    """How omega, where there is one, comes from the loadings and the sum of the correlations."""
    if omega.omega is None or omega.loadings is None:
        return ""
    own = sum(1 - loading**2 for loading in omega.loadings)
    loadings = "; ".join(voice.decimal(loading, 3) for loading in omega.loadings)
    return voice.text(
        _STEPS.format(
            own=voice.decimal(own, 3),
            total=voice.decimal(own / (1 - omega.omega), 3),
            omega=voice.decimal(omega.omega, 3),
            loadings=loadings,
        )
    )
