"""The two indices: value, letter or category, the whole course, what it stands on, and its target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from analytics import half_up
from analytics.ikm import AgainstTarget, Standing, against_target
from survey_app.services.briefing.briefing import Briefing
from survey_app.services.ikm.targets import Target
from survey_app.services.ip_asn.overview import YearPoint
from survey_app.services.province.summary import Summary
from survey_app.ui import links, marks
from survey_app.ui.choosing import METHODS
from survey_app.ui.target_view import target_words
from survey_app.ui.words import language, say, t
from survey_app.wording import briefing_words, numbers
from survey_app.wording.voice import Voice


def both(shown: Briefing) -> str:
    """Both indices, one below the other."""
    return f'<section class="sum-ix">{_ikm(shown)}{_ip_asn(shown)}</section>'


def _ikm(shown: Briefing) -> str:
    """The IKM of the scope with interval, n, coverage and method, and its units by letter."""
    summary, lang, voice = shown.summary, language(), Voice(language())
    estimate, band = summary.index.estimate, summary.index.band
    value = None if estimate.exact is None else half_up(estimate.exact)
    known = summary.index_grading.words.get(band.mutu) if band else None
    chip = marks.chip(band.mutu if band else None, "" if known is None else say(known))
    when = briefing_words.when(shown, voice)
    target = None if shown.ikm_target is None else float(shown.ikm_target.value)
    values = [a.estimate.value for _, a in summary.trend]
    spark = marks.spark(values, [bool(b) for b in summary.breaks], target, high=32)
    method = say(METHODS[summary.index.method])
    facts = [
        briefing_words.sampled(summary, voice),
        f"{method} · {briefing_words.covered(summary, voice)}",
    ]
    notes = _target_note(shown.ikm_target, value, estimate.interval)
    notes += [_line(words) for words in briefing_words.remarks(summary, voice)]
    parts = [_big(say(briefing_words.IKM), numbers.decimal(value, lang), chip), spark]
    parts += [_ends(briefing_words.first(summary, voice), when) if spark else _line(when)]
    return f"<div>{''.join(parts + [_line(fact) for fact in facts] + notes)}{_by_letter(summary)}</div>"


def _by_letter(summary: Summary) -> str:
    """How many units have each letter, as a bar."""
    counted = [(letter, n) for letter, n in summary.by_mutu if n]
    if not counted:
        return ""
    lang = language()
    said = ", ".join(f"{letter} {numbers.whole(n, lang)}" for letter, n in counted)
    label = t("Unit menurut mutu: {said}", "Units by grade: {said}", said=said)
    parts = "".join(
        f'<i class="c{escape(letter)}" style="flex:{n}">{escape(letter)} {numbers.whole(n, lang)}</i>'
        for letter, n in counted
    )
    return f'<div class="sum-dist" role="img" aria-label="{escape(label)}">{parts}</div>'


def _ip_asn(shown: Briefing) -> str:
    """The IP ASN of the last measured year, and of the years before; or where to import it."""
    title, lang = say(briefing_words.IP_ASN), language()
    if shown.staff is None:
        words = escape(t("Impor IP ASN", "Import the IP ASN"))
        link = f'<a href="{links.page(links.IP_ASN)}" target="_self">{words}</a>'
        nothing = f'<p class="s">{escape(say(briefing_words.NOT_MEASURED_YET))} {link}</p>'
        return f"<div>{_big(title, numbers.UNDEFINED, '')}{nothing}</div>"
    measure, staff = shown.staff.measure, _line(briefing_words.of_staff(shown.staff, Voice(lang)))
    if measure.index is None:
        return f"<div>{_big(title, numbers.UNDEFINED, '')}{staff}</div>"
    total, target = measure.index.total, shown.ip_asn_target
    chip = ""
    if total.category is not None:
        chip = f'<span class="chip cat">{escape(total.category.name)}</span>'
    values = [None if p.measure.index is None else _number(p) for p in shown.years]
    spark = marks.spark(
        values, [p.breaks for p in shown.years], None if target is None else float(target.value), high=26
    )
    notes = _target_note(target, total.value, total.interval)
    parts = [_big(title, numbers.decimal(total.value, lang), chip), spark]
    parts += [_year_axis(shown.years) if spark else "", staff, *notes]
    return f"<div>{''.join(parts)}</div>"


def _number(point: YearPoint) -> float | None:
    index = point.measure.index
    return None if index is None or index.total.value is None else float(index.total.value)


def _year_axis(years: Sequence[YearPoint]) -> str:
    """The first year, where the rules began anew, and the last."""
    breaks = [say(briefing_words.NEW_RULES.format(year=point.year)) for point in years if point.breaks]
    return _ends(str(years[0].year), *breaks, str(years[-1].year))


def _target_note(
    target: Target | None, value: Decimal | None, interval: tuple[float, float] | None
) -> list[str]:
    against = None if target is None else against_target(value, interval, target.value)
    return [] if against is None else [_against(against)]


def _against(against: AgainstTarget) -> str:
    tone = " sum-warn" if against.standing is Standing.BELOW else ""
    return f'<p class="s{tone}">{escape(target_words(against))}</p>'


def _big(title: str, value: str, chip: str) -> str:
    return f'<h2>{escape(title)}</h2><p class="sum-big"><b>{escape(value)}</b>{chip}</p>'


def _ends(*words: str) -> str:
    return f'<p class="s sum-ends">{"".join(f"<span>{escape(word)}</span>" for word in words)}</p>'


def _line(words: str) -> str:
    return f'<p class="s">{escape(words)}</p>'
