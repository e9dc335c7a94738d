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
        "Semua responden menjawab sama; selang memakai batas eksak untuk jawaban seragam.",
        "All respondents answered alike; the interval is the exact bound of a unanimous sample.",
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
    Reason.TOO_FEW_POINTS: Text("Periode yang terisi masih terlalu sedikit.", "There are too few periods."),
    Reason.NOT_CONVERGED: Text("Perhitungan tidak mencapai hasil.", "The computation found no solution."),
    Reason.INCOMPLETE_SHEETS: Text(
        "Ada lembar jawaban yang tidak lengkap.", "Some answer sheets are incomplete."
    ),
}


def reason_text(reason: Reason) -> Text:
    """What `reason` means."""
    return _TEXTS[reason]
