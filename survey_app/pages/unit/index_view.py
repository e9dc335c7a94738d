"""A unit's index in a panel: the value against the letters, how sure it is, and how it moved."""

from __future__ import annotations

import re
from html import escape

from analytics.ikm import Band, against_target
from survey_app.instruments import Instrument
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.history import history
from survey_app.services.ikm.insight import Insight
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Target
from survey_app.text import Text
from survey_app.ui import layout, marks
from survey_app.ui.target_view import target_words
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, odds_words, periods, terms
from survey_app.wording.voice import Voice

CAPTION = Text("{index} {period}", "{index}, {period}")
RUNNING = Text(" (masih berjalan)", " (still running)")
RESPONDENTS = Text("Responden (n)", "Respondents (n)")
#: What the height of the small trend is worth at least, in points.
_REACH = 10.0
#: The worst letter reaches far down, where values seldom lie: so much of it is drawn.
_OF_THE_WORST = 10.0
USERS = Text("Jumlah pengguna layanan (N)", "Service users (N)")


def panel(result: UnitResult, insight: Insight | None, target: Target | None, *, running: bool) -> str:
    """The index big, its letter, what it rests on, and its trend as a line."""
    lang, score = language(), result.score
    index = say(terms.index_name(result.instrument))
    caption = say(CAPTION.format(index=index, period=periods.name(result.period, lang)))
    chip = marks.chip(score.mutu, kinerja(result.instrument, score.mutu) or "")
    parts = [
        f"<h2>{escape(caption + (say(RUNNING) if running else ''))}</h2>",
        f'<p class="big">{numbers.decimal(score.ikm, lang)}</p>{chip}',
        _scale(result),
        _facts(result, target),
    ]
    if insight is not None:
        parts += _certainty(result, insight)
    return f'<section class="ikm">{"".join(parts)}{_trend(result, target)}</section>'


def kinerja(instrument: Instrument, mutu: str | None) -> str | None:
    """The word of a letter in the instrument's table; None without a letter."""
    return None if mutu is None else say(instrument.kinerja[mutu])


def _scale(result: UnitResult) -> str:
    """The letters over the whole scale, with the value and its interval below them."""
    bands, score = result.instrument.bands, result.score
    if score.exact is None:
        return ""
    lowest = min(float(score.exact), *(score.interval or (100.0,)))
    begin = max(float(bands[0].low), min(float(bands[1].low) - _OF_THE_WORST, lowest - 1))
    scale = marks.Scale(begin, float(bands[-1].high))
    strips = "".join(_strip(band, scale) for band in bands)
    drawn = marks.plot(float(score.exact), score.interval, score.mutu, scale)
    return f'<div class="scale" aria-hidden="true">{strips}{drawn}</div>'


def _strip(band: Band, scale: marks.Scale) -> str:
    start, end = scale.share(float(band.low)), scale.share(float(band.high))
    letter = escape(band.mutu) if end - start > 6 else ""
    return (
        f'<i class="sg t{escape(band.mutu)}" style="left:{start:.1f}%;width:{end - start:.1f}%">{letter}</i>'
    )


def _facts(result: UnitResult, target: Target | None) -> str:
    lang, score = language(), result.score
    facts = [(t("Selang 95%", "95% interval"), numbers.interval(score.interval, lang))]
    if narrowed.hidden(score) is None:
        facts.append((say(RESPONDENTS), numbers.whole(score.n, lang)))
    if score.population is not None:
        facts.append((say(USERS), numbers.whole(score.population, lang)))
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(fact)}</dd>" for name, fact in facts)
    against = None if target is None else against_target(score.ikm, score.interval, target.value)
    told = "" if against is None else f"<p>{escape(target_words(against))}.</p>"
    return f"<dl>{rows}</dl>{told}"


def _certainty(result: UnitResult, insight: Insight) -> list[str]:
    """How sure the letter is, and whether the index moved."""
    said = [layout.change_sentence(insight.change, result.period.shift(-1))]
    if insight.odds.probabilities is not None:
        said.insert(0, f"{odds_words.of_letters(insight.odds, Voice(language()))}.")
    return [f"<p>{_bold(words)}</p>" for words in said]


def _bold(words: str) -> str:
    """Words of which Markdown would set some bold, as HTML."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(words))


def _trend(result: UnitResult, target: Target | None) -> str:
    """All periods as a line, with the first and the last named."""
    steps = history(result)
    values = [None if s.result.score.exact is None else float(s.result.score.exact) for s in steps]
    goal = None if target is None else float(target.value)
    line = marks.spark(values, [bool(s.breaks) for s in steps], goal, reach=_REACH)
    if not line:
        return ""
    lang = language()
    known = [step.result for step in steps if step.result.score.ikm is not None]
    ends = "".join(
        f"<span>{numbers.decimal(p.score.ikm, lang)} {escape(periods.short(p.period, lang))}</span>"
        for p in (known[0], known[-1])
    )
    return f'{line}<p class="ends s">{ends}</p>'
