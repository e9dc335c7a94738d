"""Small pieces of HTML with every value escaped: the big number, bars of a count."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape

from survey_app.text import Language
from survey_app.wording import numbers
from survey_app.wording.plots import CountsPlot

Facts = Sequence[tuple[str, str]]


def index_card(value: str, chip: str, caption: str, facts: Facts) -> str:
    """An index big, with its letter or category (a chip, or nothing) and what it stands on.

    Args:
        value: the number as it is read.
        chip: its HTML.
        caption: what the number is.
        facts: names and values below it.
    """
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(fact)}</dd></div>" for name, fact in facts)
    return (
        f'<section class="index-card"><p class="caption">{escape(caption)}</p>'
        f'<p class="big">{escape(value)}</p>{chip}<dl>{rows}</dl></section>'
    )


def heading(title: str) -> str:
    """A heading of the size that `bars` has."""
    return f'<h3 class="block">{escape(title)}</h3>'


#: Stands where a count is hidden to protect a few people; what it means is said beside it.
HIDDEN = "*"


def bars(plot: CountsPlot, language: Language) -> str:
    """Counts as labelled bars, each with number and share of the whole; None is hidden."""
    title, whole = escape(plot.title.in_language(language)), plot.whole or 1
    items = "".join(_bar(row.label.in_language(language), row.count, whole, language) for row in plot.rows)
    return f'<section class="bars"><h3>{title}</h3><ul>{items}</ul></section>'


def _bar(label: str, count: int | None, total: int, language: Language) -> str:
    if count is None:
        name = f'<span class="label">{escape(label)}</span>'
        return f'<li>{name}<span></span><span class="value">{HIDDEN}</span></li>'
    share = numbers.percent(Fraction(count, total), language)
    return (
        f'<li><span class="label">{escape(label)}</span>'
        f'<span class="bar"><i style="width:{100 * count / total:.1f}%"></i></span>'
        f'<span class="value">{numbers.whole(count, language)} <small>{share}</small></span></li>'
    )
