"""Why a correlation between IP ASN and IKM is not there, in words."""

from __future__ import annotations

from analytics import Reason
from survey_app.text import Text

LINK_REASONS: dict[Reason, Text] = {
    Reason.TOO_FEW: Text(
        "Kurang dari empat unit memiliki kedua nilai.", "Fewer than four units have both values."
    ),
    Reason.NO_VARIATION: Text(
        "Sama di semua unit sehingga tidak dapat dikorelasikan.",
        "The same in every unit, so nothing to correlate.",
    ),
    Reason.COUNTED_TWICE: Text(
        "Aturan 2023 menghitung kompetensi mulai dari predikat kinerja, sehingga keduanya berkaitan karena "
        "cara menghitungnya. Korelasinya tidak dilaporkan.",
        "The rules of 2023 start competence from the performance predicate, so the two are related by "
        "construction. Their correlation is not reported.",
    ),
    Reason.NOT_RECORDED: Text(
        "Galat pengambilan sampel IKM tidak diketahui.", "The IKM's sampling error is unknown."
    ),
    Reason.NOISE_EXCEEDS_SPREAD: Text(
        "Galat pengambilan sampel IKM lebih besar dari perbedaan antarunit.",
        "The IKM's sampling error exceeds the differences between units.",
    ),
    Reason.CORRECTED_BEYOND_ONE: Text(
        "Koreksi melewati 1: terlalu sedikit yang diketahui.", "The correction passes 1: too little is known."
    ),
}
