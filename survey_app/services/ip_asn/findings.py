"""Findings in a file of IP ASN, in words: what is wrong in a row, and what would be right."""

from __future__ import annotations

from analytics.ip_asn import RowProblem
from survey_app.text import Text

#: Findings in a file, by code; {expected} is what would have been right.
PROBLEMS: dict[str, Text] = {
    "unit-unknown": Text(
        "Unit tidak dikenal; pakai kode atau nama unit yang terdaftar di Pengaturan.",
        "Unknown unit; use the code or name given in Settings.",
    ),
    "unit-ambiguous": Text(
        "Beberapa unit bernama ini; pakai kodenya: {expected}.",
        "Several units have this name; use the code: {expected}.",
    ),
    "status-unknown": Text("Harus PNS atau PPPK.", "Must be PNS or PPPK."),
    "jabatan-unknown": Text("Jenis jabatan harus {expected}.", "The kind of post must be {expected}."),
    "pendidikan-unknown": Text("Pendidikan harus {expected}.", "Education must be {expected}."),
    "rating-unknown": Text(
        "Predikat kinerja harus {expected}.", "The performance rating must be {expected}."
    ),
    "training-unknown": Text("Jenis diklat harus {expected}.", "The kind of training must be {expected}."),
    "penalty-unknown": Text("Tingkat hukuman harus {expected}.", "The level of penalty must be {expected}."),
    "not-a-number": Text("Harus angka.", "Must be a number."),
    "not-a-date": Text(
        "Harus tanggal, misalnya 2021-12-31 atau 31/12/2021.",
        "Must be a date such as 2021-12-31 or 31/12/2021.",
    ),
    "score-range": Text("Harus {expected}.", "Must be {expected}."),
    "kompetensi-impossible": Text(
        "Nilai ini tidak mungkin menurut aturan; nilai yang mungkin: {expected}.",
        "Not possible under these rules; possible scores: {expected}.",
    ),
    "total-differs": Text(
        "Total tidak sama dengan jumlah nilai dimensi ({expected}); baris tetap disimpan dengan jumlah "
        "yang benar.",
        "The total is not the sum of the dimension scores ({expected}); the row is stored with the "
        "correct total.",
    ),
    "score-impossible": Text(
        "Nilai ini tidak mungkin menurut aturan; nilai yang mungkin: {expected}.",
        "Not possible under these rules; possible scores: {expected}.",
    ),
    "score-scale": Text(
        "Nilai dimensi ditulis dalam poin, bukan pecahan atau persen (0,8 atau 80%).",
        "Dimension scores are points, not fractions or percentages (0.8 or 80%).",
    ),
    "rating-range": Text("Nilai kinerja harus {expected}.", "A rating must be {expected}."),
    "rating-scale": Text(
        "Semua nilai pada kolom ini paling tinggi 30: bukan skala 0–100. Ubah dahulu ke skala 0–100.",
        "All ratings of this column are 30 or less: not a scale of 0–100. Convert them to 0–100 first.",
    ),
    "rating-low": Text(
        "Rendah sekali untuk skala 0–100; baris tetap disimpan, periksa lagi.",
        "Very low for a scale of 0–100; the row is stored all the same, look again.",
    ),
    "jp-range": Text("Jumlah jam pelajaran harus {expected}.", "Hours of training must be {expected}."),
    "date-range": Text("Tahunnya harus {expected}.", "The year must be {expected}."),
    "date-month-first": Text(
        "Dapat dibaca dua cara, dan berkas ini menulis bulan lebih dahulu ({expected}); tulis tanggal "
        "seperti 2021-12-31.",
        "Can be read in two ways, and this file has the month first ({expected}); write dates like "
        "2021-12-31.",
    ),
    "date-future": Text(
        "Tanggal ini setelah hari pengukuran ({expected}) sehingga tidak dihitung.",
        "After the day of measurement ({expected}), so it does not count.",
    ),
    "penyetaraan-unknown": Text("Harus ya atau tidak.", "Must be ya or tidak."),
    "nip-format": Text(
        "NIP harus 18 angka, ditulis sebagai teks. Sebagai angka, Excel hanya menyimpan 15 angka pertamanya: "
        "ubah kolomnya menjadi Teks, lalu isi NIP-nya lagi.",
        "A NIP has 18 digits, written as text. Of a number Excel keeps the first 15 digits only: format the "
        "column as Text and enter the NIP again.",
    ),
    "person-missing": Text(
        "Tanpa NIP dan jabatan: lengkapi, atau hapus jika baris ini jumlah atau rata-rata.",
        "Without NIP and post: fill them in, or remove the row if it is a total or a mean.",
    ),
    "row-total": Text(
        "Jumlah atau rata-rata, bukan pegawai; tidak dihitung.",
        "A total or a mean and no employee; not counted.",
    ),
    "row-hidden": Text(
        "Tersembunyi di Excel (filter atau baris yang disembunyikan), tetapi dihitung.",
        "Hidden in Excel (by a filter, or by hand) and counted all the same.",
    ),
    "row-header": Text("Bagian dari judul tabel; tidak dihitung.", "Part of the header; not counted."),
    "person-repeated": Text("NIP ini ada di baris lain juga.", "Another row has this NIP too."),
    "ruleset-partial": Text(
        "Aturan ini belum cukup diketahui untuk menilai data mentah; unggah ekspor yang memuat nilai "
        "dimensi.",
        "Too little is known of these rules to score raw records; upload an export with dimension scores.",
    ),
}


def problem_text(problem: RowProblem) -> Text:
    """What is wrong in a row, and what would be right."""
    expected = problem.expected.removeprefix("one of ").replace(" to ", "–")
    indonesian = expected.replace("row ", "baris ").replace(" or later", " atau setelahnya")
    return PROBLEMS[problem.code].format(expected=Text(indonesian, expected))
