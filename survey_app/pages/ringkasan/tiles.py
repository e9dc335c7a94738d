"""The two indices side by side: value, grade, what it stands on, its target and its change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from analytics import half_up
from analytics.comparison import Difference
from analytics.ikm import AgainstTarget, Standing, against_target
from analytics.ip_asn import GroupIndex
from survey_app.services.ikm.targets import Target
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.province.grading import without_letter
from survey_app.services.province.summary import Summary
from survey_app.text import Text
from survey_app.ui import cards, layout, links
from survey_app.ui.choosing import METHODS
from survey_app.ui.colours import PLAIN
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


def tiles(*parts: str) -> str:
    """Tiles in a row, below each other where there is no room."""
    return f'<div class="tiles">{"".join(parts)}</div>'


def ikm_tile(summary: Summary, target: Target | None, today: date) -> str:
    """The IKM of the scope with interval, n, coverage and method, against its target and the last period."""
    lang, estimate, coverage = language(), summary.index.estimate, summary.index.coverage
    value = None if estimate.exact is None else half_up(estimate.exact)
    band = summary.index.band
    known = summary.index_grading.words.get(band.mutu) if band else None
    units = say(COVERED.format(x=coverage.reporting, y=coverage.total))
    facts = [
        f"{numbers.interval(estimate.interval, lang)} (95%)",
        f"n {numbers.whole(summary.index.n, lang)} · {units}",
        say(METHODS[summary.index.method]),
    ]
    notes = [_target_note(against_target(value, estimate.interval, target.value))] if target else []
    notes.append(_note("", _since_before(summary)))
    borrowed = borrowed_words.of_units(summary, Voice(lang))
    notes += [_note("", borrowed)] if borrowed else []
    for why in (None if borrowed else estimate.reason, without_letter(summary.index)):
        notes += [] if why is None else [_note("bad", say(reason_text(why)))]
    caption = t("IKM {p}", "IKM, {p}", p=periods.name(summary.period, lang))
    if today < summary.period.end_day:
        caption += t(" (masih berjalan)", " (still running)")
    chip = cards.mutu_chip(band.mutu if band else None, None if known is None else say(known))
    return _tile(caption, numbers.decimal(value, lang), chip, facts, notes)


def ip_asn_tile(found: tuple[int, Measure] | None, target: Target | None) -> str:
    """The IP ASN of the last measured year, or where to import it."""
    if found is None:
        name = t("Impor IP ASN", "Import the IP ASN")
        link = f'<a href="{links.page(links.IP_ASN)}" target="_self">{name}</a>'
        nothing = escape(say(NOT_MEASURED_YET))
        return _tile("IP ASN", numbers.UNDEFINED, "", [], [f"<p>{nothing} {link}</p>"])
    (year, measure), lang = found, language()
    caption = f"IP ASN {year}"
    if measure.index is None:
        why = _without_index(measure)
        return _tile(caption, numbers.UNDEFINED, "", [], [_note("", why)])
    total = measure.index.total
    chip = _category(total)
    staff = say(
        FULLY_SCORED.format(n=numbers.whole(total.n, lang), all=numbers.whole(measure.index.headcount, lang))
    )
    notes = [_target_note(against_target(total.value, total.interval, target.value))] if target else []
    more = t("Dimensi dan data yang belum ada", "Dimensions and missing records")
    notes.append(f'<p><a href="{links.page(links.IP_ASN)}" target="_self">{escape(more)}</a></p>')
    return _tile(caption, numbers.decimal(total.value, lang), chip, [staff], notes)


def _category(total: GroupIndex) -> str:
    """The category as a chip; that it lies between two stands beside it, where it may wrap."""
    if total.category is None:
        return ""
    chip = f'<span class="mutu" style="background:{PLAIN}">{escape(total.category.name)}</span>'
    return f"{chip}<small>{escape(say(IN_A_GAP))}</small>" if total.category.in_gap else chip


def change_words(change: Difference, before: str) -> str:
    """Dibandingkan dengan Triwulan III 2026: +0,29, belum jelas naik atau turun."""
    if change.value is None:
        return layout.without_comparison(change, before)
    moved = numbers.signed(change.value, language())
    return say(SINCE.format(before=before, moved=moved, v=sureness.moved(change)))


def _since_before(summary: Summary) -> str:
    """The change of the index, the units it stands on if not on all, and how many changed their form."""
    said = change_words(summary.change, periods.name(summary.period.shift(-1), language()))
    if summary.change.value is None:
        return said
    if summary.other_units:
        same = say(SAME_UNITS.format(n=numbers.whole(summary.compared, language())))
        said = f"{said} ({same})"
    if not summary.changed_forms:
        return said
    return said + t(
        ". Kuesioner berganti di {n} unit",
        ". Units whose questionnaire changed: {n}",
        n=numbers.whole(summary.changed_forms, language()),
    )


def _without_index(measure: Measure) -> str:
    if measure.rulesets:
        return t(
            "Diukur dengan aturan yang berbeda sehingga nilainya tidak digabung.",
            "Measured under different rules, so the scores are not combined.",
        )
    return t("Tidak ada pegawai yang diukur di sini.", "No staff were measured here.")


def _target_note(against: AgainstTarget | None) -> str:
    if against is None:
        return ""
    tone = {Standing.ABOVE: "good", Standing.BELOW: "bad"}.get(against.standing, "")
    return _note(tone, target_words(against))


def _note(tone: str, words: str) -> str:
    return f'<p class="{tone}">{escape(words)}</p>' if tone else f"<p>{escape(words)}</p>"


def _tile(caption: str, value: str, chip: str, facts: Sequence[str], notes: Sequence[str]) -> str:
    listed = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    return (
        f'<section class="index-card tile"><p class="caption">{escape(caption)}</p>'
        f'<p class="big">{escape(value)}</p>{chip}<ul>{listed}</ul>'
        f'<div class="notes">{"".join(notes)}</div></section>'
    )
