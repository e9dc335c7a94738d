"""Words of IP ASN: dimensions, categories and what lies between two, and what a rule set leaves unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from analytics.disclosure import MINIMUM
from analytics.ip_asn import DIMENSIONS, GroupIndex, Ruleset
from survey_app.services.ip_asn.splits import Split
from survey_app.text import Language, Text
from survey_app.wording.voice import Voice

#: Stands where a value is undefined; the reason is said beside it.
UNDEFINED = "–"

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
    "disiplin": Text("Data hukuman disiplin belum tercatat", "Disciplinary record not entered"),
}

VERIFICATION: dict[str, Text] = {
    "terverifikasi": Text("Aturan terverifikasi", "Rules verified"),
    "terverifikasi sebagian": Text("Aturan terverifikasi sebagian", "Rules verified in part"),
}

WHOLE: dict[Split, Text] = {
    Split.STATUS: Text(
        f"PNS dan PPPK tidak dirinci: salah satunya kurang dari {MINIMUM} orang, atau dapat dihitung dari "
        "rincian lain.",
        f"PNS and PPPK are not shown separately: one of them is fewer than {MINIMUM} people, or could be "
        "worked out from other figures.",
    ),
    Split.PENYETARAAN: Text(
        f"Pegawai hasil penyetaraan jabatan tidak dirinci: jumlahnya kurang dari {MINIMUM} orang, atau "
        "nilainya dapat dihitung dari rincian lain.",
        f"Staff moved by job equalisation are not shown separately: fewer than {MINIMUM} people, or their "
        "value could be worked out from other figures.",
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
#: Heads of columns, and names of groups of staff.
ALL_STAFF = Text("Semua pegawai (rata-rata per orang)", "All staff (headcount mean)")
WITHOUT_THE_REFORM = Text(
    "Tanpa pegawai hasil penyetaraan jabatan", "Without staff moved by job equalisation"
)
MEAN_OF_GROUPS = Text("Pembanding: rata-rata PNS dan PPPK", "For comparison: mean of PNS and PPPK")
STAFF = Text("Pegawai", "Staff")
FULL_SCORE = Text("Data lengkap", "Complete records")
LEAST_RECORDED = Text("Data paling tidak lengkap", "Least complete")
OF = Text("dari", "of")
MISSING = Text("Data yang belum tercatat", "Records that are missing")
NEW_RULES = Text(
    "Garis putus-putus: aturan penilaian berganti. Nilai sebelum dan sesudahnya tidak dapat "
    "dibandingkan, sehingga tidak disambung.",
    "Dashed line: the rules changed. Scores before and after it cannot be compared and are not joined.",
)
GAP = Text(
    "Nilai ini berada di antara {lower} (sampai {high}) dan {upper} (mulai {low}), yang tidak diatur. "
    "Di sini dibaca {name}, seperti pada hasil yang sudah dipublikasikan.",
    "This score lies between {lower} (up to {high}) and {upper} (from {low}), for which the regulation "
    "makes no provision. It is read here as {name}, as in published results.",
)
IN_A_GAP = Text(" (di antara dua kategori)", " (between two categories)")
#: In the cell of a table, with its note below.
STAR = "*"
STARRED = Text(
    "* Nilai di antara dua kategori, yang tidak diatur. Di sini dibaca sebagai kategori di atasnya.",
    "* A score between two categories, for which the regulation makes no provision. It is read here as "
    "the higher category.",
)
COMPLETE = Text("lengkap", "complete")
RECORDED = Text("{name} terisi {share}", "{name} recorded {share}")


def unknown_text(unknown: str) -> Text:
    """What a rule set does not know, in both languages."""
    return Text(_UNKNOWN_ID.get(unknown, unknown), unknown)


def gap_text(group: GroupIndex, ruleset: Ruleset) -> Text | None:
    """For a value between two printed categories: which, and how it was read. None for any other."""
    if group.category is None or group.value is None or not group.category.in_gap:
        return None
    value = group.value
    lower, upper = next((a, b) for a, b in pairwise(ruleset.categories) if a.high < value < b.low)
    return GAP.format(
        lower=lower.name, high=lower.high, upper=upper.name, low=upper.low, name=group.category.name
    )


def category_text(group: GroupIndex, language: Language) -> str:
    """The category, with a word for the gap; a dash without a value."""
    return category_words(*_named(group), language)


def category_words(name: str | None, in_gap: bool, language: Language) -> str:
    """As `category_text`, of the category's name."""
    if name is None:
        return UNDEFINED
    flag = IN_A_GAP.in_language(language) if in_gap else ""
    return f"{name}{flag}"


class _Starred(str):
    """A cell with a star of ours: a name may end with one of its own."""

    __slots__ = ()


def category_cell(name: str | None, *, in_gap: bool) -> str:
    """The category in a table, with a star for the gap; a dash without a value."""
    if name is None:
        return UNDEFINED
    return _Starred(f"{name}{STAR}") if in_gap else name


def category_of(group: GroupIndex) -> str:
    """As `category_cell`, of a group."""
    name, in_gap = _named(group)
    return category_cell(name, in_gap=in_gap)


def _named(group: GroupIndex) -> tuple[str | None, bool]:
    """What the category is called, and whether the value lies between two."""
    return (group.category.name, group.category.in_gap) if group.category is not None else (None, False)


def starred(rows: Iterable[Sequence[object]], language: Language) -> str:
    """What the star means, below a table that has one; empty below any other."""
    has_one = any(isinstance(cell, _Starred) for row in rows for cell in row)
    return STARRED.in_language(language) if has_one else ""


def share_text(part: int, whole: int, language: Language) -> str:
    """A share of staff in percent; never 100% while somebody is missing. A dash without staff."""
    if whole == 0:
        return UNDEFINED
    nearly = Fraction(995, 1000) <= Fraction(part, whole) < 1
    return "> 99%" if nearly else Voice(language).percent(part, whole, 0)


def completeness_text(recorded: Sequence[int], headcount: int, language: Language) -> str:
    """The dimension recorded least, with how far: kompetensi terisi 88%; or that nothing is missing."""
    least = min(range(len(DIMENSIONS)), key=lambda i: recorded[i])
    if recorded[least] == headcount:
        return COMPLETE.in_language(language)
    return RECORDED.format(
        name=DIMENSION_NAMES[DIMENSIONS[least]].in_language(language).lower(),
        share=share_text(recorded[least], headcount, language),
    ).in_language(language)


#: Why a value is not told.
NOT_SHOWN = Text(
    f"Tidak ditampilkan untuk menjaga kerahasiaan, karena nilai kurang dari {MINIMUM} pegawai dapat "
    "diketahui.",
    f"Not shown, to keep staff data confidential: the score of fewer than {MINIMUM} staff would be known.",
)
