"""What units of the same kind do better, as sentences."""

from __future__ import annotations

from survey_app.services.disclosure.same_kind import Behind, SameKind
from survey_app.services.places.unit_kinds import kind_name
from survey_app.text import Text
from survey_app.wording.voice import Voice

TITLE = Text("Unit sejenis", "Units of the same kind")
BETTER = Text(
    "{unsur}: {n} dari {of} unit sejenis jelas lebih baik; tertinggi {unit} ({value} {mutu}, selang 95% "
    "{interval})",
    "{unsur}: {n} of {of} units of the same kind are clearly better; the highest is {unit} ({value} {mutu}, "
    "95% interval {interval})",
)
NONE_BETTER = Text(
    "Belum ada unit sejenis yang jelas lebih baik pada satu unsur pun",
    "No unit of the same kind is clearly better in any service element",
)
ALONE = Text(
    "Belum ada unit lain yang sejenis: {kind}", "There is no other unit of the same kind yet: {kind}"
)
NOT_COMPARED = Text(
    "Belum ada unit sejenis yang hasilnya dapat dibandingkan pada periode ini",
    "No unit of the same kind has a result of this period that can be compared",
)
UNKNOWN = Text(
    "Jenis layanan unit ini belum diketahui, sehingga unit sejenisnya belum diketahui",
    "The kind of this unit is not known yet, so no units are of the same kind",
)
DID = Text("Yang mereka lakukan", "What they did")
NOTHING_DONE = Text(
    "Belum ada tindakan selesai untuk unsur ini yang dapat ditampilkan.",
    "No finished action on this service element can be shown yet.",
)
NOT_ITS_EFFECT = Text(
    "Nilai yang lebih baik belum tentu karena tindakan itu.", "A better score need not be the effect of it."
)
ABOUT = Text(
    "{kind}: dibandingkan dengan {n} dari {of} unit lain pada periode yang sama. Jelas lebih baik dinilai "
    "dengan semua unit dan unsur diperhitungkan.",
    "{kind}: compared with {n} of {of} other units in the same period. Clearly better is judged with all "
    "units and service elements allowed for.",
)
OUTSIDE = Text(
    "Dari unit di luar lingkup Anda ({n}) hanya yang dipublikasikan yang dilihat.",
    "Of units outside your scope ({n}) only what is published is looked at.",
)


def headline(found: SameKind, voice: Voice) -> str:
    """What one sees first, without its full stop."""
    if found.kind is None:
        return voice.text(UNKNOWN)
    if not found.others:
        return voice.text(ALONE.format(kind=kind_name(found.kind)))
    if not found.compared:
        return voice.text(NOT_COMPARED)
    return better(found.behind[0], voice) if found.behind else voice.text(NONE_BETTER)


def better(one: Behind, voice: Voice) -> str:
    """Waktu penyelesaian: 3 dari 7 unit sejenis jelas lebih baik; tertinggi RSUD X (87,50 B, selang …)."""
    first = one.better[0]
    words = BETTER.format(
        unsur=one.element.name,
        n=voice.count(len(one.better)),
        of=voice.count(one.of),
        unit=first.entry.unit.name,
        value=voice.decimal(first.estimate.exact or 0),
        mutu=first.mutu or "",
        interval=voice.interval(first.estimate.interval or (0, 0), 1),
    )
    return voice.text(words)


def about(found: SameKind, voice: Voice) -> str:
    """Whom it is compared with, and how; empty where nobody is."""
    if found.kind is None or not found.compared:
        return ""
    name, n = kind_name(found.kind), voice.count(found.compared)
    said = [voice.text(ABOUT.format(kind=name, n=n, of=voice.count(found.others)))]
    if found.outside:
        said.append(voice.text(OUTSIDE.format(n=voice.count(found.outside))))
    return " ".join(said)
