"""Why a correlation between IP ASN and IKM is not there, in words."""

from __future__ import annotations

from analytics import Reason
from survey_app.text import Text

LINK_REASONS: dict[Reason, Text] = {
    Reason.TOO_FEW: Text(
        "Kurang dari empat unit memiliki kedua nilai.", "Fewer than four units have both scores."
    ),
    Reason.NO_VARIATION: Text(
        "Nilainya sama di semua unit sehingga tidak dapat dikorelasikan.",
        "The scores are the same in every unit, so no correlation can be computed.",
    ),
    Reason.COUNTED_TWICE: Text(
        "Menurut aturan 2023, nilai kompetensi berpangkal pada predikat kinerja. Keduanya berkaitan "
        "karena cara penghitungan itu sehingga korelasinya tidak dilaporkan.",
        "Under the 2023 rules, the competence score starts from the performance rating. The two are "
        "therefore related by construction, and their correlation is not reported.",
    ),
    Reason.NOT_RECORDED: Text(
        "Galat pengambilan sampel IKM tidak diketahui.", "The IKM's sampling error is unknown."
    ),
    Reason.NOISE_EXCEEDS_SPREAD: Text(
        "Galat pengambilan sampel IKM lebih besar dari perbedaan antarunit.",
        "The IKM's sampling error exceeds the differences between units.",
    ),
    Reason.CORRECTED_BEYOND_ONE: Text(
        "Korelasi yang dikoreksi menjadi lebih dari 1 karena datanya terlalu sedikit.",
        "The corrected correlation is greater than 1, because there are too few data.",
    ),
}
