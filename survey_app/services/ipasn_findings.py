"""Findings in a file of IP ASN, in words: what is wrong in a row, and what would be right."""

from __future__ import annotations

from analytics.ip_asn_import import RowProblem
from survey_app.text import Text

#: Findings in a file, by code; {expected} is what would have been right.
PROBLEMS: dict[str, Text] = {
    "unit-unknown": Text(
        "Unit tidak dikenal; pakai kode atau namanya di sini", "Unknown unit; use its code or name here"
    ),
    "unit-ambiguous": Text(
        "Beberapa unit bernama ini; pakai kodenya: {expected}",
        "Several units have this name; use the code: {expected}",
    ),
    "status-unknown": Text("Harus PNS atau PPPK", "Must be PNS or PPPK"),
    "jabatan-unknown": Text("Jenis jabatan harus {expected}", "The kind of post must be {expected}"),
    "pendidikan-unknown": Text("Pendidikan harus {expected}", "Education must be {expected}"),
    "rating-unknown": Text("Predikat kinerja harus {expected}", "The predicate must be {expected}"),
    "training-unknown": Text("Jenis diklat harus {expected}", "The kind of training must be {expected}"),
    "penalty-unknown": Text("Tingkat hukuman harus {expected}", "The level of penalty must be {expected}"),
    "not-a-number": Text("Harus angka", "Must be a number"),
    "not-a-date": Text(
        "Harus tanggal, misalnya 2021-12-31 atau 31/12/2021",
        "Must be a date such as 2021-12-31 or 31/12/2021",
    ),
    "score-range": Text("Harus {expected}", "Must be {expected}"),
    "kompetensi-impossible": Text(
        "Tidak mungkin menurut aturan ini; yang mungkin {expected}",
        "Impossible by these rules; possible are {expected}",
    ),
    "total-differs": Text(
        "Bukan jumlah dimensinya ({expected}); baris tetap disimpan dengan jumlah yang benar",
        "Not the sum of its dimensions ({expected}); the row is stored with the right sum",
    ),
    "nip-format": Text("NIP harus 18 angka, ditulis sebagai teks", "A NIP has 18 digits, written as text"),
    "person-repeated": Text("NIP ini ada di baris lain juga", "Another row has this NIP too"),
    "ruleset-partial": Text(
        "Aturan ini belum cukup diketahui untuk menilai data mentah; unggah ekspor yang memuat nilai dimensi",
        "Too little is known of these rules to score raw records; upload an export with dimension scores",
    ),
}


def problem_text(problem: RowProblem) -> Text:
    """What is wrong in a row, and what would be right."""
    expected = problem.expected.removeprefix("one of ").replace(" to ", " – ")
    return PROBLEMS[problem.code].format(expected=expected)
