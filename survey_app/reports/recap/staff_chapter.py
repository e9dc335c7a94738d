"""The chapter of the province's recap about staff."""

from __future__ import annotations

from survey_app.reports.typesetting.blocks import Block, Column, Heading, Paragraph, Table
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.publishing.recap import StaffLine
from survey_app.wording import ip_asn_words
from survey_app.wording.ip_asn_words import category_cell, completeness_text, starred
from survey_app.wording.voice import Voice


def staff(paper: RecapPaper, voice: Voice) -> list[Block]:
    """Bab VI: IP ASN of the agencies in the last year that was measured."""
    heading = Heading(1, voice.say("Bab VI IP ASN", "Chapter VI IP ASN"), same_page=True)
    staff_year, gone = paper.result.inputs.staff, paper.staff_hidden
    if staff_year is None:
        none = voice.say("IP ASN belum diukur.", "IP ASN has not been measured yet.")
        return [heading, Paragraph(none)]
    columns = (
        Column(voice.say("Instansi", "Agency"), width=1),
        Column(voice.text(ip_asn_words.STAFF), "right"),
        Column("IP ASN", "right"),
        Column(voice.say("Kategori", "Category")),
        Column(voice.text(ip_asn_words.LEAST_RECORDED)),
    )
    whole = voice.text(ip_asn_words.ALL_STAFF)
    rows = [_staff_row(line.name, line, voice, hidden=line.name in gone) for line in staff_year.agencies]
    rows.append(_staff_row(whole, staff_year.whole, voice, hidden="" in gone))
    note = voice.say("Aturan: {rules}.", "Rules: {rules}.", rules=", ".join(staff_year.rulesets))
    if len(staff_year.rulesets) > 1:
        note += voice.say(
            " Nilai menurut aturan yang berbeda tidak digabung.",
            " Scores by different rules are not combined.",
        )
    note = f"{note} {starred(rows, voice.language)}".strip()
    caption = voice.say("IP ASN {year} menurut instansi", "IP ASN {year} by agency", year=staff_year.year)
    return [heading, Table(caption=caption, columns=columns, rows=rows, summary=1, note=note)]


def _staff_row(name: str, line: StaffLine, voice: Voice, *, hidden: bool) -> tuple[str, ...]:
    if hidden:
        return (name, "–", "–", voice.say("tidak ditampilkan", "not shown"), "–")
    if not line.headcount:
        return (name, "–", "–", voice.say("belum diukur", "not measured"), "–")
    grade = category_cell(line.category, in_gap=line.in_gap)
    value = "–" if line.value is None else voice.decimal(line.value)
    least = completeness_text(line.recorded, line.headcount, voice.language)
    return (name, voice.count(line.headcount), value, grade, least)
