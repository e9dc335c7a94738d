"""What is planned about the lowest unsur, and what became of what was planned before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from survey_app.instruments import Element
from survey_app.reports.statements import findings, official
from survey_app.reports.typesetting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.follow_up.effect import Finding, FollowUp, Movement
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording import sureness, terms
from survey_app.wording.voice import Voice

STATUS: Mapping[Status, Text] = {
    Status.PLANNED: Text("Direncanakan", "Planned"),
    Status.RUNNING: Text("Berjalan", "Under way"),
    Status.DONE: Text("Selesai", "Done"),
    Status.POSTPONED: Text("Ditunda", "Postponed"),
    Status.CANCELLED: Text("Dibatalkan", "Cancelled"),
}
_PlanRow = tuple[str, ...]
NOTHING_TO_PRIORITISE = Text(
    "Data belum cukup untuk menentukan unsur pelayanan prioritas.",
    "There are not enough data to choose priorities.",
)
ANNEX = Text("Lampiran 4 Tindak lanjut periode sebelumnya", "Annex 4 Follow-up of the previous period")
NOTHING_PLANNED_BEFORE = Text(
    "Tidak ada tindak lanjut periode sebelumnya yang tercatat.",
    "No follow-up of an earlier period is on record.",
)
RANGE = Text(" ({low} sampai {high})", " ({low} to {high})")
PROPOSED = Text(
    "Unsur pelayanan diusulkan menurut data, mulai dari nilai terendah. Unsur dengan nilai yang sama "
    "diurutkan menurut nomornya. Program, waktu, dan penanggung jawab diisi unit layanan.",
    "The service elements with the lowest scores are proposed from the data. Those with equal scores are "
    "in the order of their numbers. The unit fills in the programme, the dates and the person "
    "responsible.",
)
PRIORITY = Text("Prioritas unsur", "Priority service element")
REGISTERED = Text(
    "Menurut daftar tindak lanjut unit layanan; unsur dengan nilai terendah lebih dahulu.",
    "From the unit's follow-up register; the lowest service elements first.",
)
MOVED = Text("{was} menjadi {is_}", "{was} to {is_}")


def plan(result: UnitResult, actions: Sequence[Action], voice: Voice) -> list[Block]:
    """The registered actions, the lowest unsur first; the three lowest unsur while none is registered."""
    elements = findings.lowest(result)
    if not (actions or elements):
        words = voice.text(NOTHING_TO_PRIORITISE)
        return [Paragraph(words)]
    quarters = [Column(voice.say("TW {q}", "Q {q}", q=q), "center") for q in ("I", "II", "III", "IV")]
    columns = (
        Column(voice.say("No.", "No.")),
        Column(voice.text(PRIORITY), width=2.4),
        Column(voice.say("Program/kegiatan", "Programme"), width=3.2),
        *quarters,
        Column(voice.say("Penanggung jawab", "Person responsible"), width=1.8),
    )
    rows = _registered(result, actions, voice) or [
        (official.element_name(element, voice), "", "", "", "", "", "") for element in elements
    ]
    numbered = [(str(i), *row) for i, row in enumerate(rows, start=1)]
    note = _note_registered(voice) if actions else _note_proposed(voice)
    return [
        Table(
            caption=voice.say("Rencana tindak lanjut", "Follow-up plan"),
            columns=columns,
            rows=numbered,
            note=note,
            long=bool(actions),
        )
    ]


def previous(result: UnitResult, told: FollowUp, voice: Voice) -> list[Block]:
    """Lampiran 4: what was planned after earlier periods, how far it is, and where the unsur stands now."""
    title = voice.text(ANNEX)
    if not told.previous:
        words = voice.text(NOTHING_PLANNED_BEFORE)
        return [Heading(1, title, same_page=True), Paragraph(words)]
    columns = (
        Column(voice.say("No.", "No.")),
        Column(voice.text(terms.UNSUR), width=1.7),
        Column(voice.say("Rencana", "Plan"), width=2.3),
        Column(voice.say("Status dan realisasi", "Status and what was done"), width=2.7),
        Column("NRR", width=1.2),
        Column(voice.say("Perubahan (95%)", "Change (95%)"), width=2.1),
    )
    now = Finding.of(result)
    rows = [
        (str(i), *_previous_row(action, told, now, voice)) for i, action in enumerate(told.previous, start=1)
    ]
    caption = voice.say("Tindak lanjut yang direncanakan sebelumnya", "Follow-up planned before")
    table = Table(caption=caption, columns=columns, rows=rows, note=_note_measured(voice), long=True)
    return [Heading(1, title), table, *_documentation(told.previous, voice)]


def unsur_name(elements: Sequence[Element], key: str, voice: Voice) -> str:
    """The unsur as the questionnaire names it, or its key when it is not in it."""
    return next((official.element_name(e, voice) for e in elements if e.key == key), key)


def _registered(result: UnitResult, actions: Sequence[Action], voice: Voice) -> list[_PlanRow]:
    order = {element.key: i for i, (element, _) in enumerate(findings.ranked(result))}
    lowest_first = sorted(actions, key=lambda a: order.get(a.unsur, len(order)))
    return [
        (
            unsur_name(result.instrument.elements, action.unsur, voice),
            action.plan,
            *_quarters(action),
            action.responsible,
        )
        for action in lowest_first
    ]


def _quarters(action: Action) -> tuple[str, ...]:
    """The year in the column of the quarter the action is due in."""
    if action.due is None:
        return ("",) * 4
    year, month = divmod(action.due.start, 12)
    return tuple(str(year) if quarter == month // 3 else "" for quarter in range(4))


def _previous_row(action: Action, told: FollowUp, now: Finding, voice: Voice) -> tuple[str, ...]:
    moved = told.movement(action, now)
    finding = next(f for f in told.findings if f.measured.period == action.period)
    name = unsur_name(finding.instrument.elements, action.unsur, voice)
    plan = f"{action.plan} ({action.responsible})" if action.responsible else action.plan
    return (
        f"{name} ({voice.short_period(action.period)})",
        plan,
        _state(action, voice),
        _values(moved, voice),
        _change(moved, voice),
    )


def _state(action: Action, voice: Voice) -> str:
    return f"{voice.text(STATUS[action.status])}. {action.realisation}".strip()


def _documentation(actions: Sequence[Action], voice: Voice) -> list[Block]:
    """The evidence under the table: an address is wider than a column."""
    known = tuple(
        f"No. {i}: {action.evidence}" for i, action in enumerate(actions, start=1) if action.evidence
    )
    title = Heading(2, voice.say("Dokumentasi", "Documentation"))
    return [title, Bullets(known)] if known else []


def _values(moved: Movement, voice: Voice) -> str:
    was, is_ = (
        "–" if e is None or e.exact is None else voice.decimal(e.exact) for e in (moved.before, moved.after)
    )
    return voice.text(MOVED.format(was=was, is_=is_))


def _change(moved: Movement, voice: Voice) -> str:
    change = moved.change
    if change is None or change.value is None:
        return voice.say("tidak dapat dibandingkan", "cannot be compared")
    said = voice.signed(change.value)
    if change.interval is not None:
        low, high = (voice.limit(end) for end in change.interval)
        said += voice.text(RANGE.format(low=low, high=high))
    return f"{said}; {voice.text(sureness.significance(change))}"


def _note_registered(voice: Voice) -> str:
    return voice.text(REGISTERED)


def _note_proposed(voice: Voice) -> str:
    return voice.text(PROPOSED)


def _note_measured(voice: Voice) -> str:
    return voice.say(
        "NRR pada periode temuan dan pada periode laporan ini, dengan selang kepercayaan 95% selisihnya. "
        "Signifikan berarti signifikan secara statistik; belum signifikan berarti masih dalam batas galat "
        "pengambilan sampel. Unsur pelayanan dipilih karena nilainya rendah, sehingga sebagian kenaikan "
        "dapat terjadi tanpa tindakan. Perubahan tidak membuktikan bahwa tindakan itu penyebabnya.",
        "NRR in the period of the finding and in the period of this report, with the 95% confidence "
        "interval of the change. Significant means statistically significant; not significant means within "
        "sampling error. "
        "The service elements were chosen because they were low, so part of a rise can happen without any "
        "action. A change does not prove that the action caused it.",
    )
