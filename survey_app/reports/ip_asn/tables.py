"""Tables of the report on IP ASN: dimensions, groups of staff, agencies and units."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.disclosure import MINIMUM
from analytics.ip_asn import DIMENSIONS, GroupIndex, Ruleset, UnitIndex
from survey_app.reports.typesetting.blocks import Block, Column, Heading, Table
from survey_app.services.ip_asn.overview import IpAsnYear
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.text import Text
from survey_app.wording import ip_asn_words
from survey_app.wording.ip_asn_words import (
    DIMENSION_NAMES,
    UNDEFINED,
    WHOLE,
    category_of,
    completeness_text,
    share_text,
)
from survey_app.wording.voice import Number, Voice

UNITS = Text("Unit layanan", "Units")
BASIS = Text(
    "Nilai ini mencakup semua pegawai yang datanya diimpor (sensus) sehingga tidak ada selang "
    "kepercayaan. Dasarnya adalah Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi "
    "Birokrasi Nomor 38 Tahun 2018 dan Peraturan Badan Kepegawaian Negara Nomor 8 Tahun 2019.",
    "The figures cover all staff whose records were imported (a census), so there is no confidence "
    "interval. It follows Regulation 38 of 2018 of the Minister for State Apparatus Empowerment and "
    "Bureaucratic Reform and Regulation 8 of 2019 of the National Civil Service Agency (Badan "
    "Kepegawaian Negara).",
)


def dimensions(index: UnitIndex, ruleset: Ruleset, voice: Voice) -> Table:
    """Mean, weight (its maximum) and completeness of each dimension, and their sum."""
    means = index.total.dimensions or (None,) * len(DIMENSIONS)
    rows = [
        (
            voice.text(DIMENSION_NAMES[key]),
            _number(mean, voice),
            voice.decimal(ruleset.maximum(key), 0),
            _of(recorded, index.headcount, voice),
        )
        for key, mean, recorded in zip(DIMENSIONS, means, index.recorded, strict=True)
    ]
    rows.append(("IP ASN", _number(index.total.value, voice), "100", ""))
    columns = (
        Column(voice.say("Dimensi", "Dimension"), width=1),
        Column(voice.say("Rata-rata", "Mean"), "right"),
        Column(voice.say("Bobot", "Weight"), "right"),
        Column(voice.say("Data terisi", "Recorded"), "right"),
    )
    return Table(voice.say("Empat dimensi", "Four dimensions"), columns, rows, summary=1)


def groups(measure: Measure, index: UnitIndex, voice: Voice) -> Table:
    """PNS and PPPK apart and together, and the alternatives that were not used."""
    named: list[tuple[str, GroupIndex | None]] = [
        ("PNS", index.pns),
        ("PPPK", index.pppk),
        (voice.text(ip_asn_words.ALL_STAFF), index.total),
        (
            voice.text(ip_asn_words.WITHOUT_THE_REFORM),
            index.without_penyetaraan,
        ),
    ]
    rows = [
        (
            name,
            _number(group.value, voice),
            category_of(group),
            _of(group.n, group.headcount, voice),
        )
        for name, group in named
        if group is not None
    ]
    if index.mean_of_groups is not None:
        simple = voice.text(ip_asn_words.MEAN_OF_GROUPS)
        rows.append((simple, _number(index.mean_of_groups, voice), "", ""))
    columns = (
        Column(voice.text(ip_asn_words.STAFF), width=1),
        Column("IP ASN", "right"),
        Column(voice.say("Kategori", "Category")),
        Column(voice.text(ip_asn_words.FULL_SCORE), "right"),
    )
    said = [voice.text(WHOLE[split]) for split in sorted(measure.hidden_splits)]
    note = " ".join([*said, ip_asn_words.starred(rows, voice.language)]).strip()
    return Table(voice.say("Kelompok pegawai", "Groups of staff"), columns, rows, note=note)


def agencies(ip_asn: IpAsnYear, voice: Voice) -> list[Block]:
    """Every agency; nothing in the report of one."""
    if len(ip_asn.agencies) < 2:
        return []
    columns = _columns(voice.say("Instansi", "Agency"), voice)
    rows = [_row(agency.name, measure, voice) for agency, measure in ip_asn.agencies]
    rows.append(_row(voice.say("Semua pegawai", "All staff"), ip_asn.whole, voice))
    caption = voice.say("IP ASN menurut instansi", "IP ASN by agency")
    return [
        Heading(1, voice.say("Instansi", "Agencies")),
        Table(caption, columns, rows, summary=1, note=_legend(rows, voice), compact=True),
    ]


def units(ip_asn: IpAsnYear, voice: Voice) -> list[Block]:
    """Every unit under its agency, measured or not; then PNS, PPPK and penyetaraan of each."""
    if ip_asn.scope.unit is not None:
        return []
    rows = [_row(entry.unit.name, measure, voice) for entry, measure in ip_asn.units]
    columns = _columns(voice.say("Unit layanan", "Unit"), voice)
    caption = voice.say("IP ASN menurut unit layanan", "IP ASN by unit")
    return [
        Heading(1, voice.text(UNITS), same_page=True),
        Table(caption, columns, rows, note=_legend(rows, voice), compact=True, groups=_headings(ip_asn)),
        _split_table(ip_asn, voice),
    ]


def method_notes(voice: Voice) -> tuple[str, ...]:
    """How the value is computed and how its gaps are read."""
    return (
        voice.say(
            "Nilai pegawai adalah jumlah empat dimensi. Nilai unit, instansi, dan keseluruhan adalah "
            "rata-rata nilai pegawai yang keempat dimensinya tercatat. Pegawai lainnya dihitung dalam "
            "kelengkapan data, tetapi tidak dalam rata-rata.",
            "A person's score is the sum of four dimensions. The score of a unit, of an agency and of "
            "the whole is the mean over the staff for whom all four are recorded. The others count "
            "towards completeness but not towards the mean.",
        ),
        voice.text(BASIS),
        voice.say(
            "Nilai di antara dua kategori (misalnya 80,01 sampai 80,99) tidak diatur. Di sini dibaca sebagai "
            "kategori di atasnya dan diberi tanda bintang.",
            "The regulation makes no provision for a score between two categories (80.01 to 80.99, say). "
            "It is read here as the upper one, with a star.",
        ),
        voice.say(
            "Pegawai hasil penyetaraan jabatan kehilangan 15 poin tanpa diklat fungsional, sehingga nilainya "
            "ditampilkan dengan dan tanpa mereka. Kelompok kurang dari {least} orang tidak dirinci.",
            "Staff moved by job equalisation lose 15 points without functional training, so the score is "
            "shown with and without them. Groups of fewer than {least} people are not shown separately.",
            least=MINIMUM,
        ),
    )


def categories(ruleset: Ruleset, voice: Voice) -> str:
    """Kategori: 0–60 Sangat Rendah; ..."""
    bands = "; ".join(f"{band.low}–{band.high} {band.name}" for band in ruleset.categories)
    return voice.say("Kategori: {bands}.", "Categories: {bands}.", bands=bands)


def _columns(first: str, voice: Voice) -> tuple[Column, ...]:
    short = [voice.text(DIMENSION_NAMES[key])[:4] + "." for key in DIMENSIONS]
    return (
        Column(first, width=1),
        Column(voice.text(ip_asn_words.STAFF), "right"),
        *(Column(name, "right") for name in short),
        Column("IP ASN", "right"),
        Column(voice.say("Kategori", "Category")),
        Column(voice.text(ip_asn_words.LEAST_RECORDED)),
    )


def _legend(rows: Sequence[Sequence[str]], voice: Voice) -> str:
    names = ", ".join(voice.text(DIMENSION_NAMES[key]) for key in DIMENSIONS)
    words = voice.say(
        "Rata-rata dimensi: {names}. Data paling tidak lengkap: dimensi yang paling sedikit tercatat.",
        "Means of the dimensions: {names}. Least complete: the dimension with the fewest records.",
        names=names,
    )
    return f"{words} {ip_asn_words.starred(rows, voice.language)}".strip()


def _row(name: str, measure: Measure, voice: Voice) -> tuple[str, ...]:
    index = measure.index
    if index is None:
        dashes = (UNDEFINED,) * (len(DIMENSIONS) + 2)
        return (name, *dashes, without_value(measure, voice), UNDEFINED)
    means = index.total.dimensions or (None,) * len(DIMENSIONS)
    return (
        name,
        voice.count(index.headcount),
        *(_number(mean, voice) for mean in means),
        _number(index.total.value, voice),
        category_of(index.total),
        completeness_text(index.recorded, index.headcount, voice.language),
    )


def _split_table(ip_asn: IpAsnYear, voice: Voice) -> Table:
    columns = (
        Column(voice.say("Unit layanan", "Unit"), width=1),
        Column("PNS", "right"),
        Column("IP ASN", "right"),
        Column("PPPK", "right"),
        Column("IP ASN", "right"),
        Column(voice.say("Tanpa penyetaraan jabatan", "Without job equalisation"), "right"),
        Column("IP ASN", "right"),
    )
    rows = [(entry.unit.name, *_split(measure.index, voice)) for entry, measure in ip_asn.units]
    note = voice.say(
        "Pegawai dan nilai tiap kelompok. – : tidak ada, atau tidak dirinci karena kelompoknya terlalu kecil "
        "atau dapat dihitung dari rincian lain.",
        "Staff and score of each group. – : none, or not shown separately because the group is too small "
        "or could be worked out from other figures.",
    )
    caption = voice.say(
        "IP ASN PNS, PPPK, dan semua pegawai di luar hasil penyetaraan jabatan, menurut unit",
        "IP ASN of PNS, of PPPK, and of all staff except those moved by job equalisation, by unit",
    )
    return Table(caption, columns, rows, note=note, compact=True, groups=_headings(ip_asn))


def _split(index: UnitIndex | None, voice: Voice) -> tuple[str, ...]:
    parts = (None,) * 3 if index is None else (index.pns, index.pppk, index.without_penyetaraan)
    cells: list[str] = []
    for part in parts:
        cells.append(UNDEFINED if part is None else voice.count(part.headcount))
        cells.append(UNDEFINED if part is None else _number(part.value, voice))
    return tuple(cells)


def _headings(ip_asn: IpAsnYear) -> tuple[tuple[int, str], ...]:
    """Where each agency's units begin; none in the report of one agency."""
    owners = [entry.agency for entry, _ in ip_asn.units]
    if len(set(owners)) < 2:
        return ()
    return tuple((i, agency.name) for i, agency in enumerate(owners) if i == 0 or agency != owners[i - 1])


def without_value(measure: Measure, voice: Voice) -> str:
    """Why a measure has no value."""
    if measure.hidden:
        return voice.say("tidak ditampilkan", "not shown")
    if measure.rulesets:
        return voice.say("aturan berbeda", "rules differ")
    return voice.say("belum diukur", "not measured")


def _number(value: Number | None, voice: Voice) -> str:
    return UNDEFINED if value is None else voice.decimal(value)


def _of(part: int, whole: int, voice: Voice) -> str:
    of = voice.text(ip_asn_words.OF)
    return f"{share_text(part, whole, voice.language)} {of} {voice.count(whole)}"
