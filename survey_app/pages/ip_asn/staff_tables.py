"""Tables of IP ASN: dimensions, groups of staff, agencies and units, and what is not recorded."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape

from analytics.ip_asn import DIMENSIONS, GroupIndex, MissingSums, Ruleset, UnitIndex
from survey_app.services.ip_asn.overview import IpAsnYear
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.places.catalogue import UnitEntry
from survey_app.text import Language, Text
from survey_app.ui import links, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import ip_asn_words, numbers
from survey_app.wording.ip_asn_words import (
    DIMENSION_NAMES,
    MISSING_NAMES,
    category_of,
    completeness_text,
    share_text,
)

#: Units named as those whose missing records move the value most.
LISTED = 10


def dimensions(index: UnitIndex, ruleset: Ruleset) -> str:
    """Mean, weight (its maximum) and completeness of each dimension."""
    lang = language()
    means = index.total.dimensions or (None,) * len(DIMENSIONS)
    rows = [
        [
            DIMENSION_NAMES[key].in_language(lang),
            numbers.decimal(mean, lang),
            numbers.decimal(ruleset.maximum(key), lang, 0),
            _of(recorded, index.headcount, lang),
        ]
        for key, mean, recorded in zip(DIMENSIONS, means, index.recorded, strict=True)
    ]
    columns = [t("Dimensi", "Dimension"), t("Rata-rata", "Mean"), t("Bobot", "Weight")]
    return tables.table([*columns, t("Data terisi", "Recorded")], rows, numeric=3)


def groups(index: UnitIndex) -> str:
    """PNS and PPPK apart and together, and the alternatives that were not used."""
    lang = language()
    named: list[tuple[str, GroupIndex | None]] = [
        ("PNS", index.pns),
        ("PPPK", index.pppk),
        (say(ip_asn_words.ALL_STAFF), index.total),
        (say(ip_asn_words.WITHOUT_THE_REFORM), index.without_penyetaraan),
    ]
    rows = [_group(name, group, lang) for name, group in named if group is not None]
    if index.mean_of_groups is not None:
        simple = say(ip_asn_words.MEAN_OF_GROUPS)
        rows.append([simple, numbers.decimal(index.mean_of_groups, lang), "", ""])
    columns = [say(ip_asn_words.STAFF), "IP ASN", t("Kategori", "Category")]
    return starred([*columns, say(ip_asn_words.FULL_SCORE)], rows, numeric=3)


def agencies(ip_asn: IpAsnYear) -> str:
    """Agencies of the scope with value and completeness."""
    rows = [_measured(agency.name, measure) for agency, measure in ip_asn.agencies]
    return starred(_columns(t("Instansi", "Agency")), rows, numeric=4)


def units(ip_asn: IpAsnYear) -> str:
    """Units of the scope, measured or not; each leads to its own page."""
    rows = [_measured(_link(entry), measure) for entry, measure in ip_asn.units]
    return starred(_columns(t("Unit layanan", "Service unit")), rows, numeric=4)


def missing(sums: Sequence[MissingSums]) -> str:
    """What is not recorded, in the order of what it could move at most."""
    lang = language()
    rows = [
        [
            MISSING_NAMES[m.key].in_language(lang),
            numbers.whole(m.staff, lang),
            gain(m.typical_gain, lang),
            gain(m.highest_gain, lang),
        ]
        for m in sorted(sums, key=lambda m: m.highest_gain or Fraction(0), reverse=True)
        if m.staff
    ]
    columns = [
        t("Yang belum ada", "What is missing"),
        say(ip_asn_words.STAFF),
        t("Perkiraan", "Likely"),
    ]
    return tables.table([*columns, t("Paling banyak", "At most")], rows, numeric=3)


def missing_by_unit(ip_asn: IpAsnYear) -> str:
    """The units and records whose absence takes most from the value of the whole."""
    lang = language()
    listed = [
        (entry, m)
        for entry, measure in ip_asn.measured
        for m in measure.missing
        if m.staff and m.highest_gain
    ]
    listed.sort(key=lambda pair: (pair[1].highest_gain or Fraction(0)) * pair[1].n, reverse=True)
    rows: list[list[tables.Cell]] = [
        [
            _link(entry),
            MISSING_NAMES[m.key].in_language(lang),
            numbers.whole(m.staff, lang),
            gain(m.typical_gain, lang),
            gain(m.highest_gain, lang),
        ]
        for entry, m in listed[:LISTED]
    ]
    columns = [t("Unit layanan", "Service unit"), t("Yang belum ada", "What is missing")]
    numbers_ = [say(ip_asn_words.STAFF), t("Perkiraan", "Likely")]
    return tables.table([*columns, *numbers_, t("Paling banyak", "At most")], rows, numeric=3)


def starred(columns: Sequence[str], rows: Sequence[Sequence[tables.Cell]], *, numeric: int) -> str:
    """The table, and below it what its stars mean."""
    note = ip_asn_words.starred(rows, language())
    shown = tables.table(columns, rows, numeric=numeric)
    return f"{shown}<p><small>{escape(note)}</small></p>" if note else shown


def gain(value: Fraction | None, lang: Language) -> str:
    """A change in points with its sign; without one where it rounds to nothing."""
    if value is not None and abs(value) < Fraction(1, 200):
        return numbers.decimal(Fraction(0), lang)
    return numbers.signed(value, lang)


def _columns(first: str) -> list[str]:
    return [
        first,
        "IP ASN",
        t("Kategori", "Category"),
        say(ip_asn_words.STAFF),
        say(ip_asn_words.LEAST_RECORDED),
    ]


def _measured(name: tables.Cell, measure: Measure) -> list[tables.Cell]:
    lang, index = language(), measure.index
    if index is None:
        why = (
            Text("belum diukur", "not measured")
            if not measure.rulesets
            else Text("aturan berbeda", "rules differ")
        )
        return [name, numbers.UNDEFINED, why.in_language(lang), numbers.UNDEFINED, numbers.UNDEFINED]
    return [
        name,
        numbers.decimal(index.total.value, lang),
        category_of(index.total),
        numbers.whole(index.headcount, lang),
        completeness_text(index.recorded, index.headcount, lang),
    ]


def _group(name: str, group: GroupIndex, lang: Language) -> list[str]:
    value = numbers.decimal(group.value, lang)
    return [name, value, category_of(group), _of(group.n, group.headcount, lang)]


def _of(part: int, whole: int, lang: Language) -> str:
    of = ip_asn_words.OF.in_language(lang)
    return f"{share_text(part, whole, lang)} {of} {numbers.whole(whole, lang)}"


def _link(entry: UnitEntry) -> tables.Link:
    return tables.Link(entry.unit.name, links.ip_asn(entry.unit.code), entry.agency.name)
