"""Units and unsur as a table of tints: where everybody is weak, and who is weak where others are not."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.comparison import Side
from analytics.disclosure import MINIMUM
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.comparison import Comparison, HeatRow
from survey_app.services.province.heat import alike_rows, sides
from survey_app.text import Text
from survey_app.ui import links, marks
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers

_ARROWS = {Side.ABOVE: "▲ ", Side.LEVEL: "", Side.BELOW: "▼ "}
ALIKE = Text("Unit serupa berdampingan", "Alike units together")
LOW = Text("IKM terendah dahulu", "Lowest IKM first")
HIGH = Text("IKM tertinggi dahulu", "Highest IKM first")
BY_UNSUR = Text("{unsur} terendah dahulu", "Lowest {unsur} first")
LOWEST = Text(
    "Paling sering terendah: {unsur}, di {n} dari {of} unit",
    "Most often the lowest: {unsur}, in {n} of {of} units",
)


def orders(comparison: Comparison) -> dict[str, str]:
    """The orders of its rows, by their codes: by the index, by likeness, by each unsur."""
    names = {"low": say(LOW), "high": say(HIGH), "alike": say(ALIKE)}
    return names | {e.key: say(BY_UNSUR.format(unsur=e.name)) for e in comparison.elements}


def html(comparison: Comparison, shown: Sequence[UnitResult], order: str) -> str:
    """The table of the units that are shown, at least one of them."""
    wanted = {id(result) for result in shown}
    where = sides(comparison)
    places = [i for i in _ordered(comparison, order) if id(comparison.heat[i].result) in wanted]
    head = "".join(
        f'<th scope="col" title="{escape(say(e.name), quote=True)}">{escape(e.number)} '
        f"<span>{escape(say(e.name))}</span></th>"
        for e in comparison.elements
    )
    unit = escape(t("Unit layanan", "Service unit"))
    body = "".join(_row(comparison, comparison.heat[i], where[i]) for i in places)
    rows = [comparison.heat[i] for i in places]
    return (
        f'<h2 class="heat-title">{escape(_finding(comparison, rows))}</h2><p class="s">{escape(_key())}</p>'
        f'<div class="wide"><table class="hm"><thead><tr><th scope="col">{unit}</th>{head}'
        f'<th scope="col" class="tot">IKM</th></tr></thead><tbody>{body}</tbody></table></div>'
    )


def _ordered(comparison: Comparison, order: str) -> list[int]:
    rows = comparison.heat
    if order == "alike":
        return list(alike_rows(comparison))

    def key(place: int) -> float:
        value = (
            rows[place].result.score.ikm if order in ("low", "high") else dict(rows[place].values).get(order)
        )
        return float("inf") if value is None else float(value)

    return sorted(range(len(rows)), key=key, reverse=order == "high")


def _finding(comparison: Comparison, rows: Sequence[HeatRow]) -> str:
    """Which unsur is most often the lowest of its unit."""
    lowest = []
    for row in rows:
        known = [(value, key) for key, value in row.values if value is not None]
        if known:
            least = min(value for value, _ in known)
            lowest += [key for value, key in known if value == least]
    if not lowest:
        return t("Nilai setiap unsur", "Scores of the service elements (unsur)")
    counts = {e.key: lowest.count(e.key) for e in comparison.elements}
    most = max(comparison.elements, key=lambda e: counts[e.key])
    return say(LOWEST.format(unsur=most.name, n=counts[most.key], of=len(rows)))


def _key() -> str:
    return t(
        "▼ dan ▲: jelas di bawah atau di atas rata-rata unsur itu di semua unit, dengan semua kotak "
        "diperhitungkan; warna penuh jika mutunya pun demikian. Warna muda: mutu saja. Kotak kosong (–): "
        "tidak ditanyakan, atau dijawab kurang dari {n} orang.",
        "▼ and ▲: clearly below or above the mean of that element over all units, with all cells allowed "
        "for; in full colour where the grade agrees. Tint: the grade alone. Empty cells (–): not asked, or "
        "answered by fewer than {n} people.",
        n=MINIMUM,
    )


def _row(comparison: Comparison, row: HeatRow, where: Sequence[Side]) -> str:
    result, lang = row.result, language()
    entry, values = result.entry, dict(row.values)
    letters = dict(zip(result.instrument.keys, (u.mutu for u in result.score.unsur), strict=True))
    cells = []
    for element, side in zip(comparison.elements, where, strict=True):
        value, letter = values.get(element.key), letters.get(element.key)
        if value is None:
            cells.append(f'<td class="no">{numbers.UNDEFINED}</td>')
            continue
        strong = side is (Side.ABOVE if letter in ("A", "B") else Side.BELOW)
        kind = f"{'f' if strong else 't'}{letter or 'x'}"
        shown = _ARROWS[side] + escape(numbers.decimal(value, lang, 1))
        cells.append(f'<td class="{kind}">{shown}<sub>{escape(letter or "")}</sub></td>')
    address = escape(links.result(entry.unit.code), quote=True)
    total = marks.graded(numbers.decimal(result.score.ikm, lang), result.score.mutu)
    return (
        f'<tr><th scope="row"><a href="{address}" target="_self">{escape(entry.unit.name)}</a></th>'
        f'{"".join(cells)}<td class="tot">{total}</td></tr>'
    )
