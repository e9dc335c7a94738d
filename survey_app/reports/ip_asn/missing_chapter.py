"""The chapter of the report on IP ASN about what is not recorded: whose records would move the value most."""

from __future__ import annotations

from fractions import Fraction

from analytics.ip_asn import MissingSums
from survey_app.reports.ip_asn.tables import without_value
from survey_app.reports.typesetting.blocks import Block, Column, Heading, Paragraph, Table
from survey_app.services.ip_asn.overview import IpAsnYear
from survey_app.wording import ip_asn_words
from survey_app.wording.ip_asn_words import MISSING_NAMES, NOT_SHOWN, UNDEFINED
from survey_app.wording.voice import Voice

#: Units named as those whose missing records move the value most.
_LISTED = 15


def missing(ip_asn: IpAsnYear, voice: Voice) -> list[Block]:
    """What is not recorded, as counts of staff and what they could move."""
    heading = Heading(1, voice.text(ip_asn_words.MISSING))
    if ip_asn.whole.hidden:
        return [heading, Paragraph(voice.text(NOT_SHOWN))]
    if not any(m.staff for m in ip_asn.whole.missing):
        none = voice.say(
            "Keempat dimensi sudah tercatat untuk semua pegawai.",
            "All four dimensions are recorded for all staff.",
        )
        return [heading, Paragraph(none if ip_asn.whole.index else without_value(ip_asn.whole, voice))]
    explained = voice.say(
        "Nilai rendah sering berarti datanya belum masuk. Tabel ini menunjukkan perubahan nilai jika "
        "data dilengkapi: “Perkiraan”, jika hasilnya seperti pegawai lain; “Paling banyak”, jika semua "
        "pegawai memperoleh nilai penuh.",
        "A low score often means that records are missing. The table shows how the score would change if "
        "they were complete: “Likely”, if the missing results are like those of other staff; “At most”, "
        "if everyone has full marks.",
    )
    ordered = sorted(ip_asn.whole.missing, key=lambda m: m.highest_gain or Fraction(0), reverse=True)
    rows = [_missing_row(m, voice) for m in ordered if m.staff]
    columns = (
        Column(voice.say("Yang belum ada", "What is missing"), width=1),
        Column(voice.text(ip_asn_words.STAFF), "right"),
        Column(voice.say("Perkiraan", "Likely"), "right"),
        Column(voice.say("Paling banyak", "At most"), "right"),
    )
    table = Table(voice.text(ip_asn_words.MISSING), columns, rows)
    return [heading, Paragraph(explained), table, *_missing_by_unit(ip_asn, columns, voice)]


def _missing_by_unit(ip_asn: IpAsnYear, columns: tuple[Column, ...], voice: Voice) -> list[Block]:
    """The units and records whose absence takes most from the value of the whole."""
    if len(ip_asn.measured) < 2:
        return []
    listed = [
        (entry, m)
        for entry, measure in ip_asn.measured
        for m in measure.missing
        if m.staff and m.highest_gain
    ]
    listed.sort(key=lambda pair: (pair[1].highest_gain or Fraction(0)) * pair[1].n, reverse=True)
    rows = [(entry.unit.name, *_missing_row(m, voice)) for entry, m in listed[:_LISTED]]
    unit = Column(voice.say("Unit layanan", "Unit"), width=1)
    caption = voice.say(
        "Unit yang datanya paling perlu dilengkapi", "Units whose records most need completing"
    )
    return [Table(caption, (unit, *columns), rows)] if rows else []


def _missing_row(sums: MissingSums, voice: Voice) -> tuple[str, ...]:
    return (
        voice.text(MISSING_NAMES[sums.key]),
        voice.count(sums.staff),
        _change(sums.typical_gain, voice),
        _change(sums.highest_gain, voice),
    )


def _change(value: Fraction | None, voice: Voice) -> str:
    """A change in points with its sign; without one where it rounds to nothing."""
    if value is None:
        return UNDEFINED
    return voice.decimal(0) if abs(value) < Fraction(1, 200) else voice.signed(value)
