"""What is said of the reliability of a questionnaire: whether one index may stand for all its unsur."""

from __future__ import annotations

from analytics import Reason
from analytics.ikm import FEWEST_SHEETS, Omega
from survey_app.text import Text
from survey_app.wording.reasons import reason_text

#: What Indonesian reports ask of alpha, and we of omega too. Practice, not the regulation.
ASKED = 0.6

TOGETHER = Text(
    "Jawaban atas unsur-unsur ini jelas sejalan, sehingga satu nilai IKM layak mewakili semuanya.",
    "The answers to the service elements clearly go together, so one score may stand for all of them.",
)
NOT_CLEAR = Text(
    "Belum jelas apakah jawaban atas unsur-unsur ini sejalan. Baca juga nilai setiap unsur, bukan hanya IKM.",
    "It is not clear whether the answers to the service elements go together. Read the score of each of "
    "them too, not the IKM alone.",
)
APART = Text(
    "Jawaban atas unsur-unsur ini jelas belum sejalan, sehingga satu nilai IKM kurang mewakilinya. Baca "
    "nilai setiap unsur.",
    "The answers to the service elements clearly do not go together, so one score stands for them poorly. "
    "Read the score of each of them.",
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
RELIABLE, NOT_RELIABLE = Text("andal", "reliable"), Text("belum andal", "not reliable yet")
NOT_VALID = Text("tidak", "no")


def verdict(omega: Omega) -> Text:
    """What omega comes to: clear where its whole interval lies on one side of what is asked."""
    if omega.interval is None or omega.interval[0] <= ASKED <= omega.interval[1]:
        return NOT_CLEAR
    return TOGETHER if omega.interval[0] > ASKED else APART


def no_omega(omega: Omega) -> Text:
    """Why there is none."""
    if omega.reason is None or omega.reason is Reason.TOO_FEW:
        return TOO_FEW.format(n=str(FEWEST_SHEETS))
    return reason_text(omega.reason)
