"""Figures of the page: an interval on the scale, chances of grades, a change round zero, ranges of ranks."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from analytics.ikm import Interval, Odds
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.comparison import Place
from survey_app.text import Language, Text
from survey_app.ui.charts import EDGE, Chart, finished, shade
from survey_app.ui.colours import ACCENT, QUIET, mutu_colour
from survey_app.wording import numbers, odds_words, rank_words, terms
from survey_app.wording.odds_words import Sureness
from survey_app.wording.rank_words import RangeOf
from survey_app.wording.voice import Voice

#: Squares in a row, and in all.
_ROW, _SQUARES = 10, 100
#: Points of change that are always shown on both sides of zero.
_LEAST_SIDE = 2.0
UP, DOWN = Text("naik", "up"), Text("turun", "down")
SCALE_ALT = Text("{name} {value}, selang 95% {interval}", "{name} {value}, 95% interval {interval}")
CHANGE_ALT = Text("Perubahan {value}, 95%: {low} sampai {high}", "Change {value}, 95%: {low} to {high}")
RANK_ALT = Text("{of}: peringkat {range} dari {n}", "{of}: rank {range} of {n}")
SQUARES_ALT = Text("Dari 100 kotak: {counts}", "Of 100 squares: {counts}")
LESS_LIKELY = Text("kurang mungkin", "less likely")
LIKELY = {
    Sureness.ALMOST_CERTAIN: Text("hampir pasti", "almost certain"),
    Sureness.PROBABLE: Text("kemungkinan besar", "probable"),
    Sureness.OPEN: Text("mungkin", "possible"),
}


def scale_chart(result: UnitResult, language: Language) -> Chart:
    """The index and its interval on the whole scale, against the bands of the grades."""
    score = result.score
    value, low, bands = float(score.ikm or 0), float(score.scale), score.bands
    figure = go.Figure()
    shade(figure, bands if score.band else (), low, axis="x")
    if score.interval is not None:
        figure.add_trace(_bar(*score.interval, 0))
    label = f"{numbers.decimal(score.ikm, language)} {score.mutu or ''}".strip()
    figure.add_trace(_mark(value, label, "bottom left" if value > (low + 100) / 2 else "bottom right"))
    ends = sorted({low, *(float(band.low) for band in bands if score.band), 100.0})
    names = [numbers.decimal(end, language, 0 if end == int(end) else 2) for end in ends]
    figure.update_xaxes(range=[low, 100], tickvals=ends, ticktext=names, showgrid=False, zeroline=False)
    figure.update_yaxes(range=[-1, 1.6], visible=False, fixedrange=True)
    alt = SCALE_ALT.format(
        name=terms.index_name(result.instrument),
        value=label,
        interval=numbers.interval(score.interval, language),
    )
    return Chart(finished(figure, 150, language), alt.in_language(language))


def squares_chart(odds: Odds, language: Language) -> Chart:
    """A hundred squares with letters, the likeliest first."""
    counts = squares(odds)
    letters = [mutu for mutu, n in counts for _ in range(n)]
    figure = go.Figure(
        go.Scatter(
            x=[i % _ROW for i in range(_SQUARES)],
            y=[i // _ROW for i in range(_SQUARES)],
            mode="markers+text",
            text=letters,
            textfont={"color": "#ffffff", "size": 13},
            marker={"symbol": "square", "size": 25, "color": [mutu_colour(m) for m in letters], "line": EDGE},
            hovertemplate="%{text}<extra></extra>",
        )
    )
    figure.update_xaxes(range=[-0.6, 9.6], visible=False, constrain="domain", constraintoward="left")
    figure.update_yaxes(range=[9.6, -0.6], visible=False, scaleanchor="x", constrain="domain")
    told = ", ".join(f"{mutu} {n}" for mutu, n in counts if n)
    return Chart(finished(figure, 340, language), SQUARES_ALT.format(counts=told).in_language(language))


def squares(odds: Odds) -> list[tuple[str, int]]:
    """How many of a hundred squares each letter has, the likeliest first: largest remainders."""
    chances = sorted(odds.probabilities or (), key=lambda pair: -pair[1])
    whole = {mutu: int(_SQUARES * p) for mutu, p in chances}
    by_rest = sorted(chances, key=lambda pair: int(_SQUARES * pair[1]) - _SQUARES * pair[1])
    for mutu, _ in by_rest[: _SQUARES - sum(whole.values())]:
        whole[mutu] += 1
    return list(whole.items())


def letters_chart(odds: Odds, language: Language) -> Chart:
    """Every letter in the order of the table: those that words name are filled. Nothing of how likely."""
    named, sureness = odds_words.possible_letters(odds), odds_words.sureness(odds) or Sureness.OPEN
    letters = [mutu for mutu, _ in odds.probabilities or ()]
    told = [(LIKELY[sureness] if m in named else LESS_LIKELY).in_language(language) for m in letters]
    figure = go.Figure(
        go.Scatter(
            x=list(range(len(letters))),
            y=[0] * len(letters),
            mode="markers+text",
            text=[f"<b>{m}</b>" for m in letters],
            textfont={"size": 18, "color": ["#ffffff" if m in named else QUIET for m in letters]},
            marker={
                "symbol": ["square" if m in named else "square-open" for m in letters],
                "size": 46,
                "color": [mutu_colour(m) if m in named else QUIET for m in letters],
            },
            hoverinfo="skip",
        )
    )
    words = ["<br>".join(wrap(word, 12)) for word in told]
    figure.update_xaxes(
        range=[-0.6, len(letters) - 0.4],
        tickvals=list(range(len(letters))),
        ticktext=words,
        showgrid=False,
        zeroline=False,
        automargin=True,
    )
    figure.update_yaxes(range=[-1, 1], visible=False)
    alt = ", ".join(f"{m} {word}" for m, word in zip(letters, told, strict=True))
    return Chart(finished(figure, 165, language), alt)


def change_chart(value: float, interval: Interval, language: Language) -> Chart:
    """A change and its interval round zero."""
    side = 1.2 * max(_LEAST_SIDE, *(abs(end) for end in interval))
    # Away from the line of no change.
    beside = "bottom left" if value < 0 else "bottom right"
    figure = go.Figure([_bar(*interval, 0), _mark(value, numbers.signed(value, language), beside)])
    figure.layout.shapes = [
        {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "y domain"}
        | {"line": {"color": QUIET, "width": 1.5, "dash": "dash"}}
    ]
    figure.layout.annotations = [
        _corner(f"← {DOWN.in_language(language)}", 0, "left"),
        _corner(f"{UP.in_language(language)} →", 1, "right"),
    ]
    figure.update_xaxes(range=[-side, side], showgrid=False, zeroline=False)
    figure.update_yaxes(range=[-1, 1.6], visible=False)
    voice = Voice(language)
    low, high = (voice.limit(end) for end in interval)
    alt = CHANGE_ALT.format(value=voice.signed(value), low=low, high=high)
    return Chart(finished(figure, 150, language), alt.in_language(language))


def rank_chart(place: Place, n: int, language: Language) -> Chart:
    """Both ranges of ranks on a line from 1 to `n`."""
    figure, alt = go.Figure(), []
    alone, together = (place.rank.low, place.rank.high), (place.together.low, place.together.high)
    for height, (of, (low, high)) in enumerate(((RangeOf.ONE, alone), (RangeOf.ALL, together))):
        bar = _bar(low - 0.4, high + 0.4, height)
        written, name = rank_words.written(place, of), rank_words.NAMES[of]
        figure.add_trace(bar)
        figure.add_annotation(
            x=0,
            xref="x domain",
            y=height + 0.42,
            text=f"{name.in_language(language)}: <b>{written}</b>",
            xanchor="left",
            showarrow=False,
        )
        alt.append(RANK_ALT.format(of=name, range=written, n=n).in_language(language))
    step = max(1, round(n / 5))
    ticks = [1, *(rank for rank in range(step, n - step // 2, step) if rank > 1 + step // 2), n]
    figure.update_xaxes(range=[0.4, n + 0.6], tickvals=ticks, showgrid=False, zeroline=False)
    figure.update_yaxes(range=[-0.4, 1.8], visible=False)
    return Chart(finished(figure, 190, language), "; ".join(reversed(alt)))


def _bar(low: float, high: float, height: float) -> go.Scatter:
    line = {"color": ACCENT, "width": 12}
    return go.Scatter(x=[low, high], y=[height, height], mode="lines", line=line, hoverinfo="skip")


def _mark(value: float, label: str, where: str) -> go.Scatter:
    """An upright line across the bar, with the number below it."""
    look = {"symbol": "line-ns", "size": 26, "line": {"width": 4, "color": QUIET}}
    return go.Scatter(
        x=[value],
        y=[0],
        mode="markers+text",
        marker=look,
        text=[f"<b>{label}</b>"],
        textposition=where,
        cliponaxis=False,
        hoverinfo="skip",
    )


def _corner(text: str, x: float, anchor: str) -> dict[str, Any]:
    place = {"x": x, "xref": "x domain", "y": 1, "yref": "y domain", "xanchor": anchor, "yanchor": "top"}
    return {"text": text, "showarrow": False, **place}
