"""All units in one table: value, interval and letter over the lines between letters, in three blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analytics.comparison import Side
from analytics.ikm import Band
from survey_app.services.places.regions import regions
from survey_app.services.province.side_by_side import SideBySide, Standing
from survey_app.text import Text
from survey_app.ui import links, marks
from survey_app.ui.marks import Scale
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, rank_words
from survey_app.wording.rank_words import RangeOf

BLOCKS = {
    Side.ABOVE: Text("Jelas di atas rata-rata", "Clearly above the mean"),
    Side.LEVEL: Text("Setara rata-rata", "Level with the mean"),
    Side.BELOW: Text("Jelas di bawah rata-rata", "Clearly below the mean"),
}
MEANS = {
    Side.ABOVE: Text("{n} unit, layak ditiru", "units: {n}; worth taking after"),
    Side.LEVEL: Text("{n} unit, perbedaannya belum jelas", "units: {n}; the difference is not clear"),
    Side.BELOW: Text("{n} unit, perlu perhatian", "units: {n}; to be looked at"),
}
LIKE = Text(
    "Belum jelas berbeda dari {above} unit di atasnya dan {below} unit di bawahnya",
    "Not clearly different from {above} above and {below} below it",
)
JUMP = {
    Side.ABOVE: Text("di atas", "above"),
    Side.LEVEL: Text("setara", "level"),
    Side.BELOW: Text("di bawah", "below"),
}
#: The cells behind the plot in the title of a block: as many as a row has at each width of the screen.
_AFTER = "".join(f'<td class="{css}"></td>' for css in "vidrqn")


@dataclass(frozen=True)
class _Drawing:
    """What all rows have in common."""

    scale: Scale
    bands: Sequence[Band]
    mean: float | None
    ranks: RangeOf
    places: dict[int, int]


def html(found: SideBySide, shown: Sequence[Standing], ranks: RangeOf, *, in_blocks: bool) -> str:
    """The table with its way to each block, and how to read it beside it. `shown` has at least one unit."""
    ends = [e for s in found.standings for e in s.result.score.interval or ()]
    bands = found.grading.bands or ()
    order = {id(s): place for place, s in enumerate(found.standings, 1)}
    drawing = _Drawing(Scale.of(ends, bands), bands, found.mean.estimate.value, ranks, order)
    if in_blocks:
        blocks = [(side, [s for s in shown if s.side is side]) for side in _sides(shown)]
        body = "".join(_block(side, rows, drawing) for side, rows in blocks if rows)
    else:
        blocks = []
        body = "".join(_row(s, drawing) for s in shown)
    line = "" if drawing.mean is None else f";--pv:{drawing.scale.share(drawing.mean):.2f}%"
    style = f"{marks.limits_of(bands, drawing.scale)}{line}"
    table = f'<table class="sides">{_head(drawing)}<tbody style="{style}">{body}</tbody></table>'
    return f'<div class="beside">{_jump(blocks)}<div class="whole">{table}</div>{_reading(found)}</div>'


def _sides(shown: Sequence[Standing]) -> list[Side]:
    """In the order in which the units come: the lowest block first where the lowest unit is."""
    down = [Side.ABOVE, Side.LEVEL, Side.BELOW]
    value = [s.result.score.exact or 0 for s in shown]
    return down if value[0] >= value[-1] else down[::-1]


def _head(drawing: _Drawing) -> str:
    names = [
        ("i", t("Selang 95%", "95% interval")),
        ("d", t("Setahun", "In a year")),
        ("r", t("Peringkat", "Rank")),
        ("q", t("Setara", "Alike")),
        ("n", "n"),
    ]
    cells = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for css, name in names)
    return (
        f'<thead><tr><th scope="col">{escape(t("Unit layanan", "Service unit"))}</th>'
        f'<th scope="col" class="ag">{escape(t("Instansi", "Agency"))}</th>'
        f'<td class="pt">{marks.axis(drawing.bands, drawing.scale)}</td>'
        f'<th scope="col" class="v">IKM</th>{cells}</tr></thead>'
    )


def _block(side: Side, rows: Sequence[Standing], drawing: _Drawing) -> str:
    meaning = escape(say(MEANS[side].format(n=len(rows))))
    head = f'<b>{escape(say(BLOCKS[side]))}</b> <span class="s">{meaning}</span>'
    title = (
        f'<tr class="gr" id="side-{side.name.lower()}"><th scope="rowgroup">{head}</th>'
        f'<td class="ag"></td><td class="pl pt"></td>{_AFTER}</tr>'
    )
    return title + "".join(_row(s, drawing) for s in rows)


def _row(standing: Standing, drawing: _Drawing) -> str:
    result, lang = standing.result, language()
    score, unit = result.score, result.entry.unit
    value = None if score.exact is None else float(score.exact)
    agency, shown = result.entry.agency.name, numbers.decimal(score.ikm, lang)
    place = f" · {regions().region(unit.region).name}" if unit.region else ""
    told = escape(agency + place, quote=True)
    letter = escape(score.mutu or "")
    like, count = _alike(standing, drawing)
    cells = [
        ("i", escape(numbers.interval(score.interval, lang, 1))),
        ("d", _year(standing)),
        ("r", escape(rank_words.written(standing.place, drawing.ranks))),
        ("q", f'<span title="{escape(like, quote=True)}">{count}</span>'),
        ("n", escape(numbers.whole(score.n, lang))),
    ]
    return (
        f'<tr><th scope="row"><a href="{escape(links.result(unit.code), quote=True)}" target="_self">'
        f'{escape(unit.name)}</a></th><td class="ag" title="{told}">{escape(_short(agency))}</td>'
        f'<td class="pl pt">{marks.plot(value, score.interval, score.mutu, drawing.scale)}</td>'
        f'<td class="v"><b>{escape(shown)}</b> <b class="m{letter}">{letter}</b></td>'
        + "".join(f'<td class="{css}">{cell}</td>' for css, cell in cells)
        + "</tr>"
    )


def _short(agency: str) -> str:
    """Without the word that most names begin with: the column is narrow, and the whole name its title."""
    return agency.removeprefix("Dinas ").removeprefix("Badan ")


def _alike(standing: Standing, drawing: _Drawing) -> tuple[str, str]:
    """In words, and how many units they are; by the judgement that holds for all units at once."""
    at, ranks = drawing.places[id(standing)], standing.place.together
    above, below = at - ranks.low, ranks.high - at
    lang = language()
    words = say(LIKE.format(above=numbers.whole(above, lang), below=numbers.whole(below, lang)))
    return words, t("{n} unit", "{n}", n=numbers.whole(above + below, lang))


def _year(standing: Standing) -> str:
    """The change of a year; in bold beyond chance, and marked as a fall."""
    if standing.year is None or standing.year.difference.value is None:
        return numbers.UNDEFINED
    value = escape(numbers.signed(standing.year.difference.value, language()))
    if not standing.year.beyond_chance:
        return value
    return f'<b class="{"fell" if standing.fell else "rose"}">{"▼" if standing.fell else "▲"} {value}</b>'


def _jump(blocks: Sequence[tuple[Side, Sequence[Standing]]]) -> str:
    ways = "".join(
        f'<a href="#side-{side.name.lower()}"><b>{len(rows)}</b> {escape(say(JUMP[side]))}</a>'
        for side, rows in blocks
        if rows
    )
    label = escape(t("Loncat ke", "Jump to"), quote=True)
    return f'<nav class="jump" aria-label="{label}">{ways}</nav>' if ways else ""


def _reading(found: SideBySide) -> str:
    lang = language()
    sides = t(
        "Simbol: IKM. Pita: selang 95%. Garis putus-putus: rata-rata {mean} dari {n} unit. Jelas di atas "
        "dan di bawah dinilai dengan semua unit diperhitungkan.",
        "Mark: IKM. Band: 95% interval. Dashed line: the mean {mean} of {n} units. Clearly above and below "
        "are judged with all units allowed for.",
        mean=numbers.decimal(found.mean.estimate.exact, lang),
        n=found.mean.coverage.reporting,
    )
    year = t(
        "Setahun: dibandingkan dengan {before}; tebal jika jelas naik atau turun. Peringkat ditulis sebagai "
        "rentang. Setara: jumlah unit yang belum jelas berbeda darinya.",
        "In a year: compared with {before}; bold where clearly up or down. Ranks are ranges. Alike: the "
        "number of units from which it is not clearly different.",
        before=periods.name(found.year_ago, lang),
    )
    title = escape(t("Membaca", "How to read it"))
    read = "".join(f'<p class="s">{escape(words)}</p>' for words in (sides, year))
    return f"<aside><h2>{title}</h2>{read}</aside>"
