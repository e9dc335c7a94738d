"""Words of IP ASN: dimensions, categories and their gaps, reasons, and what a rule set leaves unknown."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from analytics.ip_asn import GroupIndex, Ruleset, UnitIndex
from analytics.ip_asn.ruleset import DIMENSIONS
from analytics.ip_asn_import import RowProblem
from analytics.reason import Reason
from survey_app.services.ipasn_splits import SMALLEST, Split
from survey_app.text import Language, Text
from survey_app.ui import numbers

DIMENSION_NAMES: dict[str, Text] = {
    "total": Text("IP ASN", "IP ASN"),
    "kualifikasi": Text("Kualifikasi", "Qualification"),
    "kompetensi": Text("Kompetensi", "Competence"),
    "kinerja": Text("Kinerja", "Performance"),
    "disiplin": Text("Disiplin", "Discipline"),
}

#: What is not recorded, as staff of the personnel office would say it.
MISSING_NAMES: dict[str, Text] = {
    "kualifikasi": Text("Pendidikan belum tercatat", "Education not recorded"),
    "kompetensi": Text("Pelatihan belum tercatat", "Training not recorded"),
    "kinerja": Text("Penilaian kinerja belum tercatat", "Performance rating not recorded"),
    "disiplin": Text("Catatan disiplin belum ada", "Discipline not recorded"),
}

VERIFICATION: dict[str, Text] = {
    "terverifikasi": Text("Aturan terverifikasi", "Rules verified"),
    "terverifikasi sebagian": Text("Aturan terverifikasi sebagian", "Rules verified in part"),
}

WHOLE: dict[Split, Text] = {
    Split.STATUS: Text(
        f"PNS dan PPPK tidak dirinci: salah satunya kurang dari {SMALLEST} orang, atau dapat dihitung dari "
        "rincian lain.",
        f"PNS and PPPK are not shown apart: one of them is fewer than {SMALLEST} people, or could be worked "
        "out from other figures.",
    ),
    Split.PENYETARAAN: Text(
        f"Hasil penyetaraan tidak dirinci: kelompoknya kurang dari {SMALLEST} orang, atau dapat dihitung "
        "dari rincian lain.",
        f"Staff moved by the reform of posts are not shown apart: fewer than {SMALLEST} people, or they "
        "could be worked out from other figures.",
    ),
}

_UNKNOWN_ID = {
    "Kompetensi: what each training adds to the base.": (
        "Kompetensi: tambahan nilai tiap pelatihan di atas nilai dasar."
    ),
    "Kualifikasi: the score of education below what the post asks for.": (
        "Kualifikasi: nilai untuk pendidikan di bawah syarat jabatan."
    ),
    "Categories: taken over from 2019; not confirmed for this method.": (
        "Kategori: diambil dari aturan 2019; belum dipastikan untuk metode ini."
    ),
    "Scores of Butuh Perbaikan (15), Kurang (5) and Sangat Kurang (1) are mapped by rank from the levels of "
    "2019; no source prints them.": (
        "Nilai Butuh Perbaikan (15), Kurang (5), dan Sangat Kurang (1) dipetakan menurut urutan dari aturan "
        "2019; tidak ada sumber yang mencantumkannya."
    ),
}

LINK_REASONS: dict[Reason, Text] = {
    Reason.TOO_FEW: Text(
        "Kurang dari empat unit memiliki kedua nilai.", "Fewer than four units have both values."
    ),
    Reason.NO_VARIATION: Text(
        "Sama di semua unit, jadi tidak dapat dikorelasikan.",
        "The same in every unit, so nothing to correlate.",
    ),
    Reason.COUNTED_TWICE: Text(
        "Aturan 2023 menghitung kompetensi mulai dari predikat kinerja, sehingga keduanya berkaitan karena "
        "cara menghitungnya. Korelasinya tidak dilaporkan.",
        "The rules of 2023 start competence from the performance predicate, so the two are related by "
        "construction. Their correlation is not reported.",
    ),
    Reason.NOT_RECORDED: Text("Galat sampel IKM tidak diketahui.", "The IKM's sampling error is unknown."),
    Reason.NOISE_EXCEEDS_SPREAD: Text(
        "Galat sampel IKM lebih besar dari perbedaan antarunit.",
        "The IKM's sampling error exceeds the differences between units.",
    ),
    Reason.CORRECTED_BEYOND_ONE: Text(
        "Koreksi melewati 1: terlalu sedikit yang diketahui.", "The correction passes 1: too little is known."
    ),
}


#: Findings in a file, by code; {expected} is what would have been right.
PROBLEMS: dict[str, Text] = {
    "unit-unknown": Text(
        "Unit tidak dikenal; pakai kode atau namanya di sini", "Unknown unit; use its code or name here"
    ),
    "status-unknown": Text("Harus PNS atau PPPK", "Must be PNS or PPPK"),
    "jabatan-unknown": Text("Jenis jabatan harus {expected}", "The kind of post must be {expected}"),
    "pendidikan-unknown": Text("Pendidikan harus {expected}", "Education must be {expected}"),
    "rating-unknown": Text("Predikat kinerja harus {expected}", "The predicate must be {expected}"),
    "training-unknown": Text("Jenis diklat harus {expected}", "The kind of training must be {expected}"),
    "penalty-unknown": Text("Tingkat hukuman harus {expected}", "The level of penalty must be {expected}"),
    "not-a-number": Text("Harus angka", "Must be a number"),
    "not-a-date": Text("Harus tanggal, misalnya 2021-12-31", "Must be a date such as 2021-12-31"),
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


def unknown_text(unknown: str) -> Text:
    """What a rule set does not know, in both languages."""
    return Text(_UNKNOWN_ID.get(unknown, unknown), unknown)


def gap_text(group: GroupIndex, ruleset: Ruleset) -> Text | None:
    """For a value between two printed categories: which, and how it was read. None for any other."""
    if group.category is None or group.value is None or not group.category.in_gap:
        return None
    value = group.value
    lower, upper = next((a, b) for a, b in pairwise(ruleset.categories) if a.high < value < b.low)
    return Text(
        "Nilai ini jatuh di celah peraturan: {lower} berakhir di {high}, {upper} mulai dari {low}. "
        "Dibaca {name}, seperti pada hasil yang dipublikasikan.",
        "This value falls into a gap of the regulation: {lower} ends at {high}, {upper} begins at {low}. "
        "It is read as {name}, as published results do.",
    ).format(lower=lower.name, high=lower.high, upper=upper.name, low=upper.low, name=group.category.name)


def category_text(group: GroupIndex, language: Language) -> str:
    """The category, with a word for the gap; a dash without a value."""
    if group.category is None:
        return numbers.UNDEFINED
    flag = Text(" (di celah)", " (in a gap)").in_language(language) if group.category.in_gap else ""
    return f"{group.category.name}{flag}"


def share_text(part: int, whole: int, language: Language) -> str:
    """A share of staff in percent; never 100 % while somebody is missing. A dash without staff."""
    if whole == 0:
        return numbers.UNDEFINED
    share = Fraction(part, whole)
    return "> 99 %" if Fraction(995, 1000) <= share < 1 else numbers.percent(share, language)


def completeness_text(index: UnitIndex, language: Language) -> str:
    """The dimension recorded least, with its share of staff: 88 % kompetensi; or that nothing is missing."""
    least = min(range(len(DIMENSIONS)), key=lambda i: index.recorded[i])
    if index.recorded[least] == index.headcount:
        return Text("lengkap", "complete").in_language(language)
    share = share_text(index.recorded[least], index.headcount, language)
    return f"{share} {DIMENSION_NAMES[DIMENSIONS[least]].in_language(language).lower()}"
