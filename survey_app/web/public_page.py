"""Drawing the public pages: published results as text, tables and SVG, one request and no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup

from analytics.disclosure import MINIMUM
from survey_app.reports.recap import shared
from survey_app.reports.statements import official
from survey_app.reports.typesetting.figures import Figure, region_tiles, trend_line, unsur_bars
from survey_app.services.disclosure import public_results
from survey_app.services.disclosure.public_recaps import PublicRecap
from survey_app.services.disclosure.public_regions import PublicRegions
from survey_app.services.disclosure.public_results import PublicResult
from survey_app.services.follow_up.actions import Pair
from survey_app.services.ikm.results import TREND_LENGTH
from survey_app.services.places.catalogue import UnitEntry
from survey_app.settings import Contact, Retention
from survey_app.text import Language, Text
from survey_app.web import assets, open_index
from survey_app.web.assets import Inline
from survey_app.web.headers import CLOSED_POLICY
from survey_app.web.open_data import FIELDS
from survey_app.web.templating import environment
from survey_app.wording import personal_data, plots, region_words
from survey_app.wording.plots import TrendPlot, TrendPoint
from survey_app.wording.voice import Voice

_STYLE = Path(__file__).with_name("static") / "public.css"
#: What a citizen is told of a confidence interval.
RANGE = Text("Perkiraan rentang nilai", "Likely range of the score")
RANGE_MEANS = Text(
    "Nilai sebenarnya diperkirakan berada di antara kedua ujung rentang ini (keyakinan 95%).",
    "The true score is estimated to lie between the two ends of the range (95% confidence).",
)
PER_MATTER = Text("nilai setiap hal yang dinilai", "scores of the service elements (unsur)")


@dataclass(frozen=True)
class Section:
    """An agency on the index: the value of its last published recap, and its units."""

    agency: str
    recap: PublicRecap | None
    units: tuple[PublicResult, ...]


def index_html(
    results: Sequence[PublicResult],
    recaps: Sequence[PublicRecap],
    regions: PublicRegions | None,
    words: str,
    language: Language,
) -> str:
    """The province's value, its regions, and agencies and units that published, those that match `words`."""
    province, voice = next((recap for recap in recaps if recap.agency is None), None), Voice(language)
    return render(
        "public_index.html",
        language,
        "/hasil",
        province=None if words else province,
        sections=_sections(results, recaps, words),
        query=words,
        fields=open_index.FIELDS,
        published_on=None if province is None else _published_on(province, voice),
        regions=regions,
        region_words=region_words,
        map=_svg(None if regions is None else region_tiles(regions.found, voice)),
    )


def _sections(
    results: Sequence[PublicResult], recaps: Sequence[PublicRecap], words: str
) -> tuple[Section, ...]:
    of_agency = {recap.agency.name: recap for recap in recaps if recap.agency is not None}
    units: dict[str, list[PublicResult]] = {
        name: [] for name in of_agency if public_results.fits(name, words)
    }
    for result in results:
        units.setdefault(result.agency, []).append(result)
    names = sorted(units, key=str.casefold)
    return tuple(Section(name, of_agency.get(name), tuple(units[name])) for name in names)


def unit_html(
    results: Sequence[PublicResult], chosen: PublicResult, pairs: Sequence[Pair], language: Language
) -> str:
    """A unit's published period, its trend over those of the same length, and what the unit has mended."""
    voice, address = Voice(language), f"/hasil/{chosen.unit_code}"
    return render(
        "public_unit.html",
        language,
        address,
        result=chosen,
        found=results[::-1],
        pairs=pairs,
        published_on=_published_on(chosen, voice),
        unsur=_svg(_unsur_figure(chosen, voice)),
        trend=_svg(_trend_figure(results, chosen, voice)),
        newest=chosen is public_results.preferred(reversed(results)),
        fields=FIELDS,
    )


def nothing_html(entry: UnitEntry, language: Language) -> str:
    """A unit that has published nothing."""
    return render("public_nothing.html", language, f"/hasil/{entry.unit.code}", entry=entry)


def personal_html(kept: Retention, contact: Contact | None, language: Language) -> str:
    """What is kept of an answer, why, how long, the rights, and whom to ask."""
    return render(
        "personal.html",
        language,
        "/data-pribadi",
        words=personal_data,
        rows=personal_data.rows(kept),
        ask=personal_data.ask(contact),
    )


def error_html(status: int, language: Language) -> str:
    """What went wrong, as a page: it is not there, or it is there and cannot be shown now."""
    return render("public_error.html", language, "/hasil", status=status)


def policy() -> str:
    """Nothing but this page's own style, and a search that is sent to us."""
    closed = CLOSED_POLICY.replace("form-action 'none'", "form-action 'self'")
    return f"{closed}; style-src {_style().source}; img-src data:"


def _published_on(shown: PublicResult | PublicRecap, voice: Voice) -> str:
    """The day of publishing, where it was published."""
    return voice.date(shown.published_at.astimezone(ZoneInfo(shown.time_zone)).date())


def _unsur_figure(result: PublicResult, voice: Voice) -> Figure | None:
    if result.unsur is None or not any(u.n for u in result.unsur):
        return None
    return unsur_bars(plots.of_unsur(result.instrument, result.unsur, PER_MATTER), voice)


def _trend_figure(found: Sequence[PublicResult], chosen: PublicResult, voice: Voice) -> Figure | None:
    """The periods up to the last published one; a period that is not published leaves a gap."""
    alike = [r for r in found if r.period.kind == chosen.period.kind]
    shown = {r.period: r for r in alike if r.score is not None and r.score.ikm is not None}
    if len(shown) < 2:
        return None
    first, last = min(shown), max(shown)
    count = min((last.start - first.start) // last.months + 1, TREND_LENGTH[last.kind])
    results = [shown.get(last.shift(-back)) for back in range(count - 1, -1, -1)]
    points, before = [], None
    for back, result in zip(range(count - 1, -1, -1), results, strict=True):
        period = last.shift(-back)
        if result is None or result.score is None:
            points.append(TrendPoint(period=period, value=None))
            continue
        points.append(
            TrendPoint(
                period=period,
                value=result.score.ikm,
                interval=result.score.interval,
                n=result.score.n,
                break_before=before is not None and before.instrument.series != result.instrument.series,
            )
        )
        before = result
    return trend_line(TrendPlot(points=tuple(points), bands=tuple(chosen.instrument.bands)), voice)


def _svg(figure: Figure | None) -> Markup:
    return Markup("" if figure is None else figure.svg)  # noqa: S704  # drawn by us, every text escaped


def render(name: str, language: Language, address: str, **values: object) -> str:
    """A page in the frame of the public pages; in the other language it is found at the same `address`."""
    voice = Voice(language)
    suffix = "?lang=en" if language == "en" else ""
    html: str = (
        _environment()
        .get_template(name)
        .render(
            values,
            voice=voice,
            say=voice.say,
            RANGE=RANGE,
            RANGE_MEANS=RANGE_MEANS,
            language=language,
            address=address,
            suffix=suffix,
            style=Markup(_style().text),  # noqa: S704  # our own files, never input
        )
    )
    return html


@cache
def _style() -> Inline:
    lines = (line.strip() for line in _STYLE.read_text(encoding="utf-8").splitlines())
    return Inline(assets.style().text + "".join(f"{line}\n" for line in lines if not line.startswith("/*")))


@cache
def _environment() -> Environment:
    return environment(official=official, blocks=shared, minimum=MINIMUM)
