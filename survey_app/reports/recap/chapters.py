"""Chapters of the province's recap: agencies, units, unsur and comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from analytics import half_up
from analytics.disclosure import MINIMUM
from analytics.ikm import classify
from survey_app.reports.recap import shared
from survey_app.reports.statements import findings, hidden_words, official
from survey_app.reports.statements.comments_chapter import KINDS as KIND_WORDS
from survey_app.reports.typesetting.blocks import Block, Column, Heading, Notice, Paragraph, Picture, Table
from survey_app.reports.typesetting.figures import region_tiles, unsur_bars
from survey_app.services.disclosure import public_regions
from survey_app.services.disclosure.comment_tables import KINDS, CommentRow
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province import left_out
from survey_app.services.province.comparison import Place
from survey_app.services.province.grading import background
from survey_app.services.province.summary import Summary
from survey_app.services.publishing.recap_results import RecapResult, UnsurMean
from survey_app.storage.places import Agency
from survey_app.text import Text
from survey_app.wording import left_out_words, plots, rank_words, region_words, terms
from survey_app.wording.plots import ValueRow, ValuesPlot
from survey_app.wording.rank_words import RangeOf
from survey_app.wording.voice import Voice

UNITS = Text("Bab II Nilai unit layanan", "Chapter II Units")
UNSUR = Text("Bab III Unsur", "Chapter III Service elements (unsur)")
REGIONS = Text("IKM menurut daerah", "IKM by region")
RANK = Text("Peringkat", "Rank")
UNIT = Text("Unit layanan", "Unit")
INTERVAL = Text("Selang 95%", "95% interval")
BY_OWN_BANDS = Text(
    "Mutu unit ditetapkan menurut batas mutu pada kuesioner unit tersebut.",
    "The grade of a unit follows the grade bands of its own questionnaire.",
)


def province(paper: RecapPaper, voice: Voice) -> list[Block]:
    """Bab I: the number by every method, and agency by agency."""
    result = paper.result
    return [
        Heading(1, voice.say("Bab I Nilai provinsi", "Chapter I The province")),
        shared.key_figure(result, voice),
        *(Notice(words) for words in shared.notices(paper, voice)),
        shared.methods_table(result, voice),
        _agencies_table(result, voice),
        *_regions(paper, voice),
    ]


def _regions(paper: RecapPaper, voice: Voice) -> list[Block]:
    """The map, where units serve single regions, and below it what it stands on and whom it leaves out."""
    found = public_regions.of_paper(paper)
    if found is None:
        return []
    others = [region_words.OTHERS.format(n=voice.count(found.others))] if found.others else []
    note = " ".join(voice.text(words) for words in (region_words.MEANING, *others))
    return [Picture(region_tiles(found, voice), voice.text(REGIONS)), Paragraph(note)]


def units(result: RecapResult, voice: Voice) -> list[Block]:
    """Bab II: every unit under its agency."""
    columns = (
        Column(voice.text(UNIT), width=1),
        Column("n", "right"),
        Column("N", "right"),
        Column("IKM", "right"),
        Column(voice.text(INTERVAL), "right"),
        Column(voice.text(terms.MUTU), "center"),
        Column(voice.text(RANK), "right"),
    )
    places = {id(place.result): place for place in result.comparison.places}
    rows = [(*_unit_row(unit, voice), _rank(places.get(id(unit)))) for unit in result.summary.units]
    note = voice.say(
        "Diurutkan menurut instansi dan nama. N: jumlah pengguna layanan. Peringkat ditulis sebagai "
        "rentang dan hanya mencakup {n} unit dengan paling sedikit {least} responden. Rentang pertama "
        "berlaku untuk semua unit sekaligus, rentang dalam kurung untuk unit itu saja. *: tanpa selang "
        "kepercayaan, misalnya karena hanya satu responden.",
        "Sorted by agency and name. N: number of service users. Ranks are ranges among the {n} units "
        "with at least {least} respondents. The first range holds for all units together, the one in "
        "brackets for that unit alone. *: no confidence interval, for example because there is only one "
        "respondent.",
        n=voice.count(len(result.comparison.places)),
        least=result.comparison.minimum,
    )
    caption = voice.say("Unit layanan menurut instansi", "Units by agency")
    groups = shared.under_agencies(result.summary.units)
    return [
        Heading(1, voice.text(UNITS)),
        Table(caption=caption, columns=columns, rows=rows, note=note, compact=True, groups=groups),
    ]


def unsur(result: RecapResult, voice: Voice) -> list[Block]:
    """Bab III: the unsur over all units, and of each unit."""
    heading = Heading(1, voice.text(UNSUR))
    if not result.unsur:
        return [
            heading,
            Paragraph(voice.say("Belum ada unit yang memiliki nilai IKM.", "No unit has an IKM yet.")),
        ]
    bands = result.summary.index_grading.bands
    rows = [
        ValueRow(
            label=plots.numbered(u.element), value=mean, mutu=classify(mean, bands).mutu if bands else None
        )
        for u in result.unsur
        for mean in (half_up(u.mean),)
    ]
    behind = bands or background(u.instrument for u in result.summary.units)
    plot = ValuesPlot(of=plots.PER_UNSUR, rows=tuple(rows), bands=tuple(behind))
    caption = voice.say("IKM per unsur, rata-rata unit", "IKM per service element, mean of the units")
    return [
        heading,
        Picture(unsur_bars(plot, voice), caption),
        _lowest_table(result, voice),
        Heading(2, voice.say("3.1 Unsur tiap unit", "3.1 Service elements of each unit")),
        _heat_table(result, voice),
    ]


def comments(paper: RecapPaper, voice: Voice) -> list[Block]:
    """Bab V: how many comments by unsur and kind; none of them is quoted."""
    heading = Heading(1, voice.say("Bab V Saran dan masukan", "Chapter V Comments"), same_page=True)
    counted = {row.unsur: row for row in paper.comments.rows}
    if not counted:
        none = voice.say(
            "Tidak ada saran dan masukan pada periode ini.", "There are no comments in this period."
        )
        return [heading, Paragraph(none)]
    names = {u.element.key: official.element_name(u.element, voice) for u in paper.result.unsur}
    other = voice.say("Tanpa unsur tertentu", "No particular service element")
    order: list[str | None] = [
        *(k for k in names if k in counted),
        *sorted(key for key in counted if key is not None and key not in names),
    ]
    rows = [
        (names.get(key or "", other if key is None else key), *_counts(counted[key], voice))
        for key in [*order, *([None] if None in counted else [])]
    ]
    columns = (
        Column(voice.text(terms.UNSUR), width=1),
        *(Column(voice.text(KIND_WORDS[kind]).capitalize(), "right") for kind in KINDS),
        Column(voice.say("Jumlah", "Total"), "right"),
    )
    note = voice.say(
        "Saran dan masukan dikelompokkan berdasarkan kata kunci. Satu masukan dapat menyangkut beberapa "
        "unsur.",
        "Comments are grouped by keywords. One comment may concern several service elements.",
    )
    if paper.comments.hides:
        note += f" {hidden_words.small_groups(voice)}"
    caption = voice.say("Saran dan masukan menurut unsur dan jenis", "Comments by service element and kind")
    return [heading, Table(caption=caption, columns=columns, rows=rows, note=note)]


def _agencies_table(result: RecapResult, voice: Voice) -> Table:
    letters = result.summary.grading.letters
    columns = (
        Column(voice.say("Instansi", "Agency"), width=1),
        Column(voice.say("Unit dengan nilai IKM", "Units with an IKM"), "right"),
        Column("n", "right"),
        Column("IKM", "right"),
        Column(voice.text(INTERVAL), "right"),
        *(Column(letter, "right") for letter in letters),
    )
    rows = [_agency_row(agency, found, letters, voice) for agency, found in result.members if found.units]
    rows.append(_agency_row(None, result.summary, letters, voice))
    note = voice.say("IKM instansi: rata-rata nilai unitnya.", "An agency's IKM is the mean of its units.")
    if letters:
        note += voice.say(
            " {first} sampai {last}: jumlah unit menurut mutu.",
            " {first} to {last}: number of units by grade.",
            first=letters[0],
            last=letters[-1],
        )
    if result.summary.grading.bands is None:
        note += f" {voice.text(BY_OWN_BANDS)}"
    return Table(
        caption=voice.say("Instansi", "Agencies"),
        columns=columns,
        rows=rows,
        summary=1,
        note=note,
        compact=True,
    )


def _agency_row(
    agency: Agency | None, summary: Summary, letters: Sequence[str], voice: Voice
) -> tuple[str, ...]:
    covered, counts = summary.index.coverage, dict(summary.by_mutu)
    return (
        voice.say("Provinsi", "Province") if agency is None else agency.name,
        f"{voice.count(covered.reporting)}/{voice.count(covered.total)}",
        shared.people(summary.index, voice),
        shared.value(summary.index, voice),
        "–" if summary.index.estimate.exact is None else shared.interval(summary.index, voice),
        *(voice.count(counts.get(letter, 0)) for letter in letters),
    )


def _unit_row(unit: UnitResult, voice: Voice) -> tuple[str, ...]:
    score = unit.score
    population = "–" if score.population is None else voice.count(score.population)
    name, n = unit.entry.unit.name, official.people(score, voice)
    if score.ikm is None:
        return (name, n, population, "–", "–", "–")
    limits = "*" if score.interval is None else voice.interval(score.interval)
    return (name, n, population, voice.decimal(score.ikm), limits, score.mutu or "–")


def _rank(place: Place | None) -> str:
    if place is None:
        return "–"
    together, alone = (rank_words.written(place, of) for of in (RangeOf.ALL, RangeOf.ONE))
    return f"{together} ({alone})"


def _lowest_table(result: RecapResult, voice: Voice) -> Table:
    """The unsur from the lowest, with the number of units that have them among their three lowest."""
    large = [u for u in result.summary.units if u.score.n >= MINIMUM]
    among = Counter(element.key for unit in large for element in findings.lowest(unit))
    columns = (
        Column(voice.text(terms.UNSUR), width=1),
        Column(voice.say("IKM rata-rata unit", "Mean IKM"), "right"),
        Column(voice.say("Unit", "Units"), "right"),
        Column(voice.say("Di antara tiga terendah", "Among the three lowest"), "right"),
    )
    rows = [_unsur_row(u, among[u.element.key], voice) for u in sorted(result.unsur, key=lambda u: u.mean)]
    caption = voice.say("Unsur dari yang terendah", "Service elements from the lowest")
    missing = left_out.of_priorities(result.summary.units)
    return Table(
        caption=caption,
        columns=columns,
        rows=rows,
        note=left_out_words.sentence(missing, MINIMUM, voice),
    )


def _unsur_row(mean: UnsurMean, among: int, voice: Voice) -> tuple[str, ...]:
    name = official.element_name(mean.element, voice)
    units = voice.say("{n} unit", "units: {n}", n=voice.count(among))
    return (name, voice.decimal(mean.mean), voice.count(mean.units), units)


def _heat_table(result: RecapResult, voice: Voice) -> Table:
    """IKM and mutu of every unsur in every unit, tinted by mutu."""
    heat = result.comparison.heat
    keys = [u.element.key for u in result.unsur]
    rows, tints = [], []
    for row in heat:
        values = dict(row.values)
        known: list[Decimal | None] = [values.get(key) for key in keys]
        bands = row.result.instrument.bands
        letters = ["" if v is None else classify(v, bands).mutu for v in known]
        cells = ["–" if v is None else voice.decimal(v, 1) for v in known]
        rows.append((row.result.entry.unit.name, *map(_cell, cells, letters)))
        tints.append(("", *letters))
    columns = (
        Column(voice.text(UNIT), width=3),
        *(Column(u.element.number, "right", 1) for u in result.unsur),
    )
    note = voice.say(
        "IKM unsur dan mutunya; – : tidak ditanyakan, atau kurang dari {least} jawaban. {names}.",
        "IKM of the service element and its grade; – : not asked, or fewer than {least} answers. {names}.",
        least=MINIMUM,
        names="; ".join(official.element_name(u.element, voice) for u in result.unsur),
    )
    caption = voice.say("Unsur tiap unit", "Service elements of each unit")
    groups = shared.under_agencies([row.result for row in heat])
    return Table(
        caption=caption, columns=columns, rows=rows, note=note, compact=True, groups=groups, tints=tints
    )


def _cell(value: str, letter: str) -> str:
    return f"{value} {letter}".strip()


def _counts(row: CommentRow, voice: Voice) -> tuple[str, ...]:
    return tuple("–" if n is None else voice.count(n) for n in (*row.counts, row.total))
