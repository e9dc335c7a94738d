"""Small pieces of HTML with every value escaped: the big number, its mutu, bars of a count."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from html import escape

from analytics.ikm import IkmResult
from survey_app.text import Language, Text
from survey_app.ui import numbers
from survey_app.ui.colours import mutu_colour


def index_card(score: IkmResult, kinerja: str | None, caption: str, language: Language) -> str:
    """The IKM big, with mutu, kinerja, 95 % interval, n and, when known, N."""
    facts = [
        (Text("Selang 95 %", "95 % interval"), numbers.interval(score.interval, language)),
        (Text("Responden (n)", "Respondents (n)"), numbers.whole(score.n, language)),
    ]
    if score.population is not None:
        facts.append((Text("Pengguna (N)", "Users (N)"), numbers.whole(score.population, language)))
    rows = "".join(
        f"<div><dt>{escape(name.in_language(language))}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts
    )
    big = escape(numbers.decimal(score.ikm, language))
    return (
        f'<section class="index-card"><p class="caption">{escape(caption)}</p><p class="big">{big}</p>'
        f"{mutu_chip(score.mutu, kinerja)}<dl>{rows}</dl></section>"
    )


def mutu_chip(mutu: str | None, kinerja: str | None = None) -> str:
    """The letter, and the word if given, on its colour; nothing when undefined."""
    if mutu is None:
        return ""
    word = f" · {escape(kinerja)}" if kinerja else ""
    return f'<span class="mutu" style="background:{mutu_colour(mutu)}"><b>{escape(mutu)}</b>{word}</span>'


def bars(title: str, rows: Iterable[tuple[str, int]], language: Language) -> str:
    """Counts as labelled bars, each with number and share of their sum."""
    listed = list(rows)
    total = sum(count for _, count in listed) or 1
    items = "".join(_bar(label, count, total, language) for label, count in listed)
    return f'<section class="bars"><h4>{escape(title)}</h4><ul>{items}</ul></section>'


def _bar(label: str, count: int, total: int, language: Language) -> str:
    share = numbers.percent(Fraction(count, total), language)
    return (
        f'<li><span class="label">{escape(label)}</span>'
        f'<span class="bar"><i style="width:{100 * count / total:.1f}%"></i></span>'
        f'<span class="value">{numbers.whole(count, language)} <small>{share}</small></span></li>'
    )
