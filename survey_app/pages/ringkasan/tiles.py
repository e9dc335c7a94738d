"""The two indices: value, letter or category, the whole course, what it stands on, and its target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape

from analytics import half_up
from analytics.comparison import Difference
from analytics.ikm import AgainstTarget, Standing, against_target
from survey_app.pages.ringkasan.asked import Shown
from survey_app.services.ikm.targets import Target
from survey_app.services.ip_asn.overview import YearPoint
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.province.grading import without_letter
from survey_app.services.province.summary import Against, Summary
from survey_app.text import Text
from survey_app.ui import layout, links, marks
from survey_app.ui.choosing import METHODS
from survey_app.ui.target_view import target_words
from survey_app.ui.words import language, say, t
from survey_app.wording import borrowed_words, numbers, periods, sureness
from survey_app.wording.ip_asn_words import IN_A_GAP
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

COVERED = Text("{x} dari {y} unit", "units: {x} of {y}")
NOT_MEASURED_YET = Text("Belum ada IP ASN.", "There is no IP ASN yet.")
FULLY_SCORED = Text("{n} dari {all} pegawai berdata lengkap", "{n} of {all} staff with complete records")
SINCE = Text("Dibandingkan dengan {before}: {moved}, {v}", "Compared with {before}: {moved}, {v}")
SAME_UNITS = Text("{n} unit pada kedua periode", "units in both periods: {n}")
RUNNING = Text("{period}, masih berjalan", "{period}, still running")
_NEW_RULES = Text("aturan baru {year}", "new rules {year}")


def both(shown: Shown, today: date) -> str:
    """Both indices, one below the other."""
    return f'<section class="sum-ix">{_ikm(shown, today)}{_ip_asn(shown)}</section>'


def _ikm(shown: Shown, today: date) -> str:
    """The IKM of the scope with interval, n, coverage and method, and its units by letter."""
    summary, lang = shown.summary, language()
    estimate, coverage, band = summary.index.estimate, summary.index.coverage, summary.index.band
    value = None if estimate.exact is None else half_up(estimate.exact)
    known = summary.index_grading.words.get(band.mutu) if band else None
    chip = marks.chip(band.mutu if band else None, "" if known is None else say(known))
    period = periods.short(summary.period, lang)
    when = say(RUNNING.format(period=period)) if today < summary.period.end_day else period
    target = None if shown.ikm_target is None else float(shown.ikm_target.value)
    values = [a.estimate.value for _, a in summary.trend]
    spark = marks.spark(values, [bool(b) for b in summary.breaks], target, high=32)
    covered = COVERED.format(x=coverage.reporting, y=coverage.total)
    facts = [
        f"95%: {numbers.interval(estimate.interval, lang)} · n {numbers.whole(summary.index.n, lang)}",
        f"{say(METHODS[summary.index.method])} · {say(covered)}",
    ]
    notes = _target_note(shown.ikm_target, value, estimate.interval)
    borrowed = borrowed_words.of_units(summary, Voice(lang))
    notes += [_line(borrowed)] if borrowed else []
    for why in (None if borrowed else estimate.reason, without_letter(summary.index)):
        notes += [] if why is None else [_line(say(reason_text(why)))]
    title = t("Kepuasan warga (IKM)", "Citizens' satisfaction (IKM)")
    parts = [_big(title, numbers.decimal(value, lang), chip), spark]
    parts += [_ends(_first(summary), when) if spark else _line(when)]
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


def _ip_asn(shown: Shown) -> str:
    """The IP ASN of the last measured year, and of the years before; or where to import it."""
    title, lang = t("Profesionalitas ASN (IP ASN)", "Professionalism of staff (IP ASN)"), language()
    if shown.staff is None:
        words = escape(t("Impor IP ASN", "Import the IP ASN"))
        link = f'<a href="{links.page(links.IP_ASN)}" target="_self">{words}</a>'
        nothing = f'<p class="s">{escape(say(NOT_MEASURED_YET))} {link}</p>'
        return f"<div>{_big(title, numbers.UNDEFINED, '')}{nothing}</div>"
    year, measure = shown.staff.year, shown.staff.measure
    if measure.index is None:
        body = _big(title, numbers.UNDEFINED, "") + _line(f"IP ASN {year}") + _line(_without_index(measure))
        return f"<div>{body}</div>"
    total, target = measure.index.total, shown.ip_asn_target
    chip = gap = ""
    if total.category is not None:
        gap = f" {say(IN_A_GAP)}" if total.category.in_gap else ""
        chip = f'<span class="chip cat">{escape(total.category.name)}</span>'
    values = [None if p.measure.index is None else _number(p) for p in shown.years]
    spark = marks.spark(
        values, [p.breaks for p in shown.years], None if target is None else float(target.value), high=26
    )
    staff = FULLY_SCORED.format(
        n=numbers.whole(total.n, lang), all=numbers.whole(measure.index.headcount, lang)
    )
    notes = _target_note(target, total.value, total.interval)
    parts = [_big(title, numbers.decimal(total.value, lang), chip), spark]
    parts += [_year_axis(shown.years) if spark else "", _line(f"IP ASN {year}{gap}: {say(staff)}"), *notes]
    return f"<div>{''.join(parts)}</div>"


def _number(point: YearPoint) -> float | None:
    index = point.measure.index
    return None if index is None or index.total.value is None else float(index.total.value)


def _year_axis(years: Sequence[YearPoint]) -> str:
    """The first year, where the rules began anew, and the last."""
    breaks = [say(_NEW_RULES.format(year=point.year)) for point in years if point.breaks]
    return _ends(str(years[0].year), *breaks, str(years[-1].year))


def change_words(change: Difference, before: str) -> str:
    """Dibandingkan dengan Triwulan III 2026: +0,29, belum jelas naik atau turun."""
    if change.value is None:
        return layout.without_comparison(change, before)
    moved = numbers.signed(change.value, language())
    return say(SINCE.format(before=before, moved=moved, v=sureness.moved(change)))


def since(summary: Summary, against: Against) -> str:
    """The change of the index, the units it stands on if not on all, and how many changed their form."""
    said = change_words(against.change, periods.name(against.period, language()))
    if against.change.value is None:
        return said
    earlier = next((a for p, a in summary.trend if p == against.period), summary.index)
    if any(a.coverage.reporting != against.compared for a in (earlier, summary.index)):
        said = f"{said} ({say(SAME_UNITS.format(n=numbers.whole(against.compared, language())))})"
    if not against.changed_forms:
        return said
    return said + t(
        ". Kuesioner berganti di {n} unit",
        ". Units whose questionnaire changed: {n}",
        n=numbers.whole(against.changed_forms, language()),
    )


def _without_index(measure: Measure) -> str:
    if measure.rulesets:
        return t(
            "Diukur dengan aturan yang berbeda sehingga nilainya tidak digabung.",
            "Measured under different rules, so the scores are not combined.",
        )
    return t("Tidak ada pegawai yang diukur di sini.", "No staff were measured here.")


def _target_note(
    target: Target | None, value: Decimal | None, interval: tuple[float, float] | None
) -> list[str]:
    against = None if target is None else against_target(value, interval, target.value)
    return [] if against is None else [_against(against)]


def _against(against: AgainstTarget) -> str:
    tone = " sum-warn" if against.standing is Standing.BELOW else ""
    return f'<p class="s{tone}">{escape(target_words(against))}</p>'


def _first(summary: Summary) -> str:
    """The oldest value of the course, and when that was."""
    period, index = next(
        ((p, a) for p, a in summary.trend if a.estimate.value is not None), summary.trend[-1]
    )
    return f"{numbers.decimal(index.estimate.value, language())} {periods.short(period, language())}"


def _big(title: str, value: str, chip: str) -> str:
    return f'<h2>{escape(title)}</h2><p class="sum-big"><b>{escape(value)}</b>{chip}</p>'


def _ends(*words: str) -> str:
    return f'<p class="s sum-ends">{"".join(f"<span>{escape(word)}</span>" for word in words)}</p>'


def _line(words: str) -> str:
    return f'<p class="s">{escape(words)}</p>'
