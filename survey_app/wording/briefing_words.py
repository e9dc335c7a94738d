"""What stands on the first page of a scope, in words: the same on the page and on its sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.comparison import Difference
from analytics.text import Kind
from survey_app.services.briefing.briefing import Briefing
from survey_app.services.follow_up.practice import Done
from survey_app.services.ip_asn.overview import YearPoint
from survey_app.services.province.course import course
from survey_app.services.province.grading import without_letter
from survey_app.services.province.summary import Against, Change, Summary
from survey_app.services.voices.themes import Month, Theme
from survey_app.text import Text
from survey_app.wording import borrowed_words, headline, sureness
from survey_app.wording.ip_asn_words import IN_A_GAP
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

IKM = Text("Kepuasan warga (IKM)", "Citizens' satisfaction (IKM)")
IP_ASN = Text("Profesionalitas ASN (IP ASN)", "Professionalism of staff (IP ASN)")
COVERED = Text("{x} dari {y} unit", "units: {x} of {y}")
NOT_MEASURED_YET = Text("Belum ada IP ASN.", "There is no IP ASN yet.")
OTHER_RULES = Text(
    "Diukur dengan aturan yang berbeda sehingga nilainya tidak digabung.",
    "Measured under different rules, so the scores are not combined.",
)
NO_STAFF = Text("Tidak ada pegawai yang diukur di sini.", "No staff were measured here.")
FULLY_SCORED = Text("{n} dari {all} pegawai berdata lengkap", "{n} of {all} staff with complete records")
SINCE = Text("Dibandingkan dengan {before}: {moved}, {v}", "Compared with {before}: {moved}, {v}")
SAME_UNITS = Text("{n} unit pada kedua periode", "units in both periods: {n}")
OTHER_FORMS = Text(". Kuesioner berganti di {n} unit", ". Units whose questionnaire changed: {n}")
RUNNING = Text("{period}, masih berjalan", "{period}, still running")
NEW_RULES = Text("aturan baru {year}", "new rules {year}")
REGIONS = Text("Menurut daerah", "By region")
AGENCY, UNIT = Text("Instansi", "Agency"), Text("Unit layanan", "Service unit")
UNITS_BY_IKM = Text("Unit layanan menurut IKM", "Service units by IKM")
LOW = Text("Unit {low}", "{low} units")
OF = Text("{n} dari {all}", "{n} of {all}")

MOST = Text("Keluhan terbanyak: {unsur}", "Most complaints: {unsur}")
NO_COMPLAINT = Text("Belum ada keluhan", "No complaints yet")
READ = Text("{month}, {n} masukan", "{month}, {n} comments")
NEWEST = Text("{month}, {read} masukan terbaru dari {n}", "{month}, the newest {read} of {n} comments")
TIMES = Text("{n} kali", "said {n} times")
COMMENTS = Text("{n} masukan", "{n} comments")
EARLIER = Text("{n} keluhan pada {month}", "{n} complaints in {month}")
KINDS: dict[Kind, Text] = {
    Kind.COMPLAINT: Text("keluhan", "complaints"),
    Kind.SUGGESTION: Text("saran", "suggestions"),
    Kind.PRAISE: Text("pujian", "praise"),
}
BEST = Text(
    "Naik paling jelas setahun ini, dan yang dikerjakan", "Clearest rises this year, and what was done"
)
BEST_ALONE = Text("Naik paling jelas setahun ini", "Clearest rises this year")
BEST_SINCE = Text(
    "Naik paling jelas sejak {before}, dan yang dikerjakan",
    "Clearest rises since {before}, and what was done",
)
BEST_SINCE_ALONE = Text("Naik paling jelas sejak {before}", "Clearest rises since {before}")
NO_BEST = Text("Belum ada unit yang jelas naik", "No unit is clearly up yet")
NOT_CAUSED = Text(
    "Dipilih karena naik paling banyak. Kenaikan setelah tindakan belum tentu karena tindakan.",
    "Chosen because they rose most. A rise after an action is not necessarily its effect.",
)
#: The largest of many rises is larger than what it stands for.
CHOSEN = Text(
    "Dipilih karena naik paling banyak; kenaikan yang sebenarnya dapat lebih kecil.",
    "Chosen because they rose most; the true rise can be smaller.",
)
NO_ACTION = Text("Tindakan selesai belum tercatat", "No finished action on record")
#: Actions named for one unit.
_NAMED = 2


def lead(briefing: Briefing, name: str) -> Text:
    """Layanan provinsi membaik pelan; empat hal menunggu keputusan. `name`: of an agency or unit."""
    who = Text(name, name) if name else headline.PROVINCE
    rises = sum((c.difference.value or 0) > 0 for c in briefing.since.clear)
    measured = briefing.summary.index.estimate.value is not None
    way = course(briefing.summary).course
    return headline.sentence(who, way, len(briefing.alarms), rises, measured=measured)


def comparisons(summary: Summary, voice: Voice) -> list[str]:
    """The change since a year ago, where there is one, and since the period before."""
    compared = [summary.before] if summary.year_ago is None else [summary.year_ago, summary.before]
    return [since(summary, against, voice) for against in compared]


def change_words(change: Difference, before: str, voice: Voice) -> str:
    """Dibandingkan dengan Triwulan III 2026: +0,29, belum jelas naik atau turun."""
    if change.value is None:
        return sureness.without_comparison(change, before, voice)
    moved = voice.signed(change.value)
    return voice.text(SINCE.format(before=before, moved=moved, v=sureness.moved(change)))


def since(summary: Summary, against: Against, voice: Voice) -> str:
    """The change of the index, the units it stands on if not on all, and how many changed their form."""
    said = change_words(against.change, voice.period(against.period), voice)
    if against.change.value is None:
        return said
    earlier = next((a for p, a in summary.trend if p == against.period), summary.index)
    if any(a.coverage.reporting != against.compared for a in (earlier, summary.index)):
        said = f"{said} ({voice.text(SAME_UNITS.format(n=voice.count(against.compared)))})"
    if not against.changed_forms:
        return said
    return said + voice.text(OTHER_FORMS.format(n=voice.count(against.changed_forms)))


def when(briefing: Briefing, voice: Voice) -> str:
    """TW IV 2026, masih berjalan."""
    period = voice.short_period(briefing.summary.period)
    running = briefing.today < briefing.summary.period.end_day
    return voice.text(RUNNING.format(period=period)) if running else period


def first(summary: Summary, voice: Voice) -> str:
    """The oldest value of the course, and when that was."""
    period, index = next(
        ((p, a) for p, a in summary.trend if a.estimate.value is not None), summary.trend[-1]
    )
    value = index.estimate.value
    return f"{'–' if value is None else voice.decimal(value)} {voice.short_period(period)}"


def sampled(summary: Summary, voice: Voice) -> str:
    """95%: 81,20–81,82 · n 9.273."""
    interval = summary.index.estimate.interval
    return f"95%: {'–' if interval is None else voice.interval(interval)} · n {voice.count(summary.index.n)}"


def covered(summary: Summary, voice: Voice) -> str:
    """60 dari 60 unit."""
    coverage = summary.index.coverage
    return voice.text(COVERED.format(x=coverage.reporting, y=coverage.total))


def remarks(summary: Summary, voice: Voice) -> list[str]:
    """Why value, interval or letter is missing or unusual."""
    borrowed = borrowed_words.of_units(summary, voice)
    reasons = (None if borrowed else summary.index.estimate.reason, without_letter(summary.index))
    said = [voice.text(reason_text(why)) for why in reasons if why is not None]
    return [borrowed, *said] if borrowed else said


def of_staff(year: YearPoint, voice: Voice) -> str:
    """IP ASN 2025: 2.608 dari 2.754 pegawai berdata lengkap; or why there is no value."""
    index = year.measure.index
    if index is None:
        return f"IP ASN {year.year}. {voice.text(OTHER_RULES if year.measure.rulesets else NO_STAFF)}"
    category = index.total.category
    gap = f" {voice.text(IN_A_GAP)}" if category is not None and category.in_gap else ""
    n, every = voice.count(index.total.n), voice.count(index.headcount)
    return f"IP ASN {year.year}{gap}: {voice.text(FULLY_SCORED.format(n=n, all=every))}"


def most(month: Month, voice: Voice) -> str:
    """Of what people complain most."""
    if not month.themes or not month.themes[0].complaints:
        return voice.text(NO_COMPLAINT)
    return voice.text(MOST.format(unsur=voice.text(month.themes[0].name).lower()))


def read(month: Month, voice: Voice) -> str:
    """November 2026, 464 masukan; how many of them were read, where not all."""
    form = READ if month.read == month.total else NEWEST
    told = {"n": voice.count(month.total), "read": voice.count(month.read)}
    return voice.text(form.format(month=voice.period(month.month), **told))


def times(theme: Theme, voice: Voice) -> str:
    """How often the quoted words were said; empty where that may not be told."""
    return "" if theme.times is None else voice.text(TIMES.format(n=voice.count(theme.times)))


def best(briefing: Briefing, voice: Voice) -> str:
    """Over the clearest rises."""
    told = any(done is not None for _, done in briefing.best)
    if briefing.since is briefing.summary.year_ago:
        named = BEST if told else BEST_ALONE
    else:
        named = BEST_SINCE if told else BEST_SINCE_ALONE
    before = voice.period(briefing.since.period)
    return voice.text(named.format(before=before) if briefing.best else NO_BEST)


def what_it_means(briefing: Briefing, voice: Voice) -> str:
    """Below them: how they were chosen."""
    return voice.text(NOT_CAUSED if any(done for _, done in briefing.best) else CHOSEN)


def was(change: Change, since: Against, voice: Voice) -> str:
    """The value and letter before: 74,71 C."""
    earlier = next(part.score for part in change.result.trend if part.period == since.period)
    value = "–" if earlier.exact is None else voice.decimal(earlier.exact)
    return f"{value} {earlier.mutu or ''}".strip()


def done(change: Change, actions: Sequence[Done] | None, voice: Voice) -> str:
    """What was done there; to whom actions are hidden nothing says that there are none."""
    if actions is None:
        return ""
    names = {e.key: voice.text(e.name).lower() for e in change.result.instrument.elements}
    return _actions(actions, names, voice) or voice.text(NO_ACTION)


def _actions(actions: Sequence[Done], names: Mapping[str, str], voice: Voice) -> str:
    """What was done and how the unsur moved since, the largest rise first."""
    said = []
    for one in actions[:_NAMED]:
        moved = None if one.change is None else one.change.value
        words = one.action.realisation or one.action.plan
        name = names.get(one.action.unsur, one.action.unsur)
        effect = "" if moved is None else f" ({name} {voice.signed(moved)})"
        said.append(words.rstrip(".") + effect)
    return "; ".join(said)
