"""The sheet of A4: what the page of a scope shows, in the same words and figures.

It is never more than one page: what is too long for its place is shortened with "…", of what is too much the
rest is counted, and a narrower setting is taken before anything would leave the page (`briefing.typ`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from analytics import half_up
from analytics.ikm import against_target
from survey_app.reports.briefing import places
from survey_app.reports.briefing.shortened import shortened
from survey_app.reports.recap.shared import METHODS
from survey_app.reports.statements import editions, target_words
from survey_app.reports.typesetting import document
from survey_app.reports.typesetting.blocks import Picture, block_data
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.figures import Figure, region_tiles, small_trend
from survey_app.reports.typesetting.printable import legible
from survey_app.services.alarms.alarm import Alarm
from survey_app.services.briefing.briefing import Briefing
from survey_app.services.ikm.targets import Target
from survey_app.services.ip_asn.overview import YearPoint
from survey_app.services.province.summary import Change
from survey_app.services.voices.themes import Theme
from survey_app.text import Language, Text
from survey_app.wording import alarm_words, briefing_words, numbers, region_words
from survey_app.wording.voice import Voice

#: Cards on the sheet; the others are counted.
CARDS = 5
TITLE = Text("Ringkasan: {who}, {period}", "Summary: {who}, {period}")
EVERYWHERE = Text("Seluruh provinsi", "The whole province")
ATTENTION = Text("Yang perlu perhatian", "What needs attention")
MORE = Text(
    "Masih ada {n} hal lain yang perlu perhatian di halaman Ringkasan.",
    "Other matters that need attention, on the page Summary: {n}.",
)
NOTHING = Text(
    "Tidak ada yang perlu perhatian dalam periode ini.", "Nothing calls for attention in this period."
)
MOVED = Text("{was} menjadi {now} ({change})", "{was} to {now} ({change})")
COURSE = Text("Perjalanan {index}: {values}", "Course of the {index}: {values}")
SOURCE = Text(
    "Sumber: {n} jawaban survei dari {units} unit, {period}. Dibuat pada {day}. Cara menghitung: halaman "
    "Ringkasan, tab “Cara menghitung”. IKM menurut PermenPANRB 14/2017; selang 95% menyatakan galat "
    "pengambilan sampel.",
    "Source: {n} survey answers, {period} (units: {units}). Made on {day}. How it is computed: page Summary, "
    "tab “How it is computed”. IKM by PermenPANRB 14/2017; 95% intervals tell the sampling error.",
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a sheet is made of.

    Attributes:
        name: of the agency or unit; empty for the province.
        made_at: aware, and the only moment in it.
    """

    briefing: Briefing
    name: str
    made_at: datetime
    language: Language


def sheet(of: Sheet) -> Document:
    """The document for `workers.render_pdf`: equal sheets become equal bytes."""
    briefing, voice, files = of.briefing, Voice(of.language), dict[str, str]()
    period, who = voice.period(briefing.summary.period), of.name or voice.text(EVERYWHERE)
    mark = voice.text(editions.MARK if briefing.inside else editions.OFFICE)
    title = voice.text(TITLE.format(who=shortened(who, 120), period=period))
    drawn = places.drawn(briefing, voice)
    data = {
        "lang": voice.language,
        "title": f"{title} ({mark})",
        "author": voice.say("Pemerintah provinsi", "Provincial government"),
        "mark": mark,
        "kicker": title,
        "lead": voice.text(briefing_words.lead(briefing, shortened(of.name, 90))),
        "compared": briefing_words.comparisons(briefing.summary, voice),
        "attention": voice.text(ATTENTION if briefing.alarms else NOTHING),
        "cards": [_card(alarm, voice) for alarm in briefing.alarms[:CARDS]],
        "more": _more(briefing, voice),
        "indices": [_ikm(briefing, voice, files), _ip_asn(briefing, voice, files)],
        "places": {
            "title": drawn.title,
            "figure": _image(drawn.figure, files),
            "note": drawn.note,
        },
        "map": _map(briefing, voice, files),
        "said": {
            "title": shortened(briefing_words.most(briefing.said, voice), 90),
            "read": briefing_words.read(briefing.said, voice),
            "themes": [_theme(theme, briefing, voice) for theme in briefing.said.themes],
        },
        "best": {
            "title": briefing_words.best(briefing, voice),
            "rows": [_risen(change, briefing, voice) for change, _ in briefing.best],
            "note": briefing_words.what_it_means(briefing, voice) if briefing.best else "",
        },
        "foot": _source(briefing, voice),
    }
    return document.document("briefing.typ", data, files, of.made_at)


def _card(alarm: Alarm, voice: Voice) -> dict[str, object]:
    facts = [
        (alarm_words.SINCE, alarm_words.since(alarm, voice)),
        (alarm_words.HOW_SURE, alarm_words.sure(alarm, voice)),
        (alarm_words.BY, voice.text(alarm.responsible)),
    ]
    return {
        "tag": voice.text(alarm_words.TAGS[alarm.kind]),
        "subject": shortened(voice.text(alarm.subject), 80),
        "what": shortened(voice.text(alarm.what), 150),
        "value": "" if alarm.value is None else voice.decimal(alarm.value),
        "letter": alarm.mutu or "",
        "facts": [(voice.text(name), shortened(said, 60)) for name, said in facts if said],
    }


def _more(briefing: Briefing, voice: Voice) -> str:
    left = len(briefing.alarms) - CARDS
    return voice.text(MORE.format(n=voice.count(left))) if left > 0 else ""


def _ikm(briefing: Briefing, voice: Voice, files: dict[str, str]) -> dict[str, object]:
    summary = briefing.summary
    estimate, band = summary.index.estimate, summary.index.band
    value = None if estimate.exact is None else half_up(estimate.exact)
    word = summary.index_grading.words.get(band.mutu) if band else None
    target = briefing.ikm_target
    values = [a.estimate.value for _, a in summary.trend]
    figure = small_trend(
        values,
        [bool(b) for b in summary.breaks],
        None if target is None else float(target.value),
        _course(briefing_words.IKM, values, voice),
    )
    lines = [
        briefing_words.sampled(summary, voice),
        f"{voice.text(METHODS[summary.index.method])} · {briefing_words.covered(summary, voice)}",
    ]
    lines += _against(target, value, estimate.interval, voice)
    return {
        "title": voice.text(briefing_words.IKM),
        "value": numbers.decimal(value, voice.language),
        "letter": band.mutu if band else "",
        "word": "" if word is None else voice.text(word),
        "figure": _image(figure, files),
        "ends": [briefing_words.first(summary, voice), briefing_words.when(briefing, voice)],
        "lines": [*lines, *(shortened(said, 200) for said in briefing_words.remarks(summary, voice))],
    }


def _ip_asn(briefing: Briefing, voice: Voice, files: dict[str, str]) -> dict[str, object]:
    years, staff = briefing.years, briefing.staff
    shown: dict[str, object] = {
        "title": voice.text(briefing_words.IP_ASN),
        "value": numbers.UNDEFINED,
        "letter": "",
        "word": "",
        "figure": {},
        "ends": [],
        "lines": [voice.text(briefing_words.NOT_MEASURED_YET)],
    }
    if staff is None:
        return shown
    shown["lines"] = lines = [briefing_words.of_staff(staff, voice)]
    index = staff.measure.index
    if index is None:
        return shown
    total, target = index.total, briefing.ip_asn_target
    values = [_value(point) for point in years]
    figure = small_trend(
        values,
        [p.breaks for p in years],
        None if target is None else float(target.value),
        _course(briefing_words.IP_ASN, values, voice),
    )
    breaks = [voice.text(briefing_words.NEW_RULES.format(year=p.year)) for p in years if p.breaks]
    return shown | {
        "value": numbers.decimal(total.value, voice.language),
        "word": "" if total.category is None else total.category.name,
        "figure": _image(figure, files),
        "ends": [str(years[0].year), *breaks, str(years[-1].year)],
        "lines": [*lines, *_against(target, index.total.value, index.total.interval, voice)],
    }


def _value(point: YearPoint) -> float | None:
    index = point.measure.index
    return None if index is None or index.total.value is None else float(index.total.value)


def _against(
    target: Target | None, value: Decimal | None, interval: tuple[float, float] | None, voice: Voice
) -> list[str]:
    against = None if target is None else against_target(value, interval, target.value)
    return [] if against is None else [target_words.in_short(against, voice)]


def _course(index: Text, values: list[float | None], voice: Voice) -> str:
    told = ", ".join("–" if value is None else voice.decimal(value) for value in values)
    return voice.text(COURSE.format(index=voice.text(index), values=told))


def _map(briefing: Briefing, voice: Voice, files: dict[str, str]) -> dict[str, object]:
    if briefing.regions is None:
        return {}
    others = briefing.regions.others
    note = region_words.OTHERS.format(n=voice.count(others)) if others else region_words.MEANING
    figure = _image(region_tiles(briefing.regions, voice), files)
    return {"title": voice.text(briefing_words.REGIONS), "figure": figure, "note": voice.text(note)}


def _theme(theme: Theme, briefing: Briefing, voice: Voice) -> dict[str, object]:
    kinds = ", ".join(f"{voice.count(n)} {voice.text(briefing_words.KINDS[kind])}" for kind, n in theme.kinds)
    earlier = ""
    if theme.earlier is not None:
        before = voice.period(briefing.said.month.shift(-1))
        earlier = voice.text(briefing_words.EARLIER.format(n=voice.count(theme.earlier), month=before))
    quote = None if theme.quote is None else legible(theme.quote)
    times = "" if quote is None else briefing_words.times(theme, voice)
    return {
        "name": shortened(voice.text(theme.name), 60),
        "kinds": kinds,
        "quote": "" if quote is None else f"“{shortened(quote, 100)}”",
        "times": times,
        "earlier": earlier,
    }


def _risen(change: Change, briefing: Briefing, voice: Voice) -> dict[str, str]:
    score = change.result.score
    actions = next(done for risen, done in briefing.best if risen is change)
    now = f"{numbers.decimal(score.exact, voice.language)} {score.mutu or ''}".strip()
    moved = numbers.signed(change.difference.value, voice.language)
    was = briefing_words.was(change, briefing.since, voice)
    return {
        "name": shortened(change.result.entry.unit.name, 90),
        "moved": voice.text(MOVED.format(was=was, now=now, change=moved)),
        "done": shortened(briefing_words.done(change, actions, voice), 150),
    }


def _source(briefing: Briefing, voice: Voice) -> str:
    summary = briefing.summary
    return voice.text(
        SOURCE.format(
            n=voice.count(summary.index.n),
            units=voice.count(summary.index.coverage.reporting),
            period=voice.period(summary.period),
            day=voice.date(briefing.today),
        )
    )


def _image(figure: Figure | None, files: dict[str, str]) -> dict[str, object]:
    """Its file and words for the template; empty without a figure."""
    if figure is None:
        return {}
    told = block_data(Picture(figure, ""), files)
    return {"file": told["file"], "alt": told["alt"]}
