"""The sentences that a unit's page begins with: what to lift first, where, and what a step gives."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.ikm import Step
from survey_app.instruments import Instrument
from survey_app.services.ikm.hours import Week
from survey_app.services.ikm.lead import Advice, Lead, Ranked
from survey_app.services.ikm.places_apart import Family, Group
from survey_app.text import Text
from survey_app.wording import way_words
from survey_app.wording.voice import Voice

#: What to do about an unsur, as a verb, by its key; of a questionnaire's own unsur `_MEND` with its name.
MEND = {
    "persyaratan": Text("Sederhanakan persyaratan", "Simplify the requirements"),
    "prosedur": Text("Permudah prosedur", "Make the procedure easier"),
    "waktu": Text("Percepat waktu penyelesaian", "Shorten the completion time"),
    "biaya": Text("Tinjau biaya/tarif", "Review costs and fees"),
    "produk": Text("Sesuaikan hasil layanan dengan yang dijanjikan", "Deliver what is promised"),
    "kompetensi": Text("Tingkatkan kompetensi pelaksana", "Raise the competence of the staff"),
    "perilaku": Text("Perbaiki perilaku pelaksana", "Improve the conduct of the staff"),
    "sarpras": Text("Perbaiki sarana dan prasarana", "Improve the facilities"),
    "pengaduan": Text("Perbaiki penanganan pengaduan", "Improve the handling of complaints"),
}
_MEND = Text("Benahi {unsur}", "Improve: {unsur}")
FIRST_ALONE = Text(
    "{mend} dahulu: satu-satunya unsur bermutu {mutu}",
    "{mend} first: the only service element of grade {mutu}",
)
FIRST_OF = Text(
    "{mend} dahulu: terendah dari {n} unsur bermutu {mutu}",
    "{mend} first: the lowest of {n} service elements of grade {mutu}",
)
MOST_NAMED = Text(", dan paling banyak dikeluhkan atau diminta", ", and what people ask for most")
KEEP = Text(
    "Pertahankan: semua unsur bermutu {mutu} atau lebih baik",
    "Keep it up: every service element has grade {mutu} or better",
)
KEEP_BEST = Text(
    "Pertahankan: semua unsur bermutu {mutu}", "Keep it up: every service element has grade {mutu}"
)
ALL_ALIKE = Text(
    "Nilai semua unsur sama: tidak ada yang perlu didahulukan",
    "All service elements have the same score: none has to come first",
)
MORE_RESPONDENTS = Text(
    "Tambah responden dahulu: baru {n} orang yang menjawab",
    "More respondents first: {n} people have answered",
)
LOWEST = Text(
    "{unsur} paling rendah ({value}, {mutu}): {share} menjawab {labels}{where}.",
    "{unsur} is lowest ({value}, {mutu}): {share} answered {labels}{where}.",
)
OR = Text("“{a}” atau “{b}”", "“{a}” or “{b}”")
WHEN = Text(", terutama {day} pukul {hour}", ", most of all {day} at {hour}")
WHERE = Text(", terutama pada {group}", ", most of all with {group}")
BY_WAY = Text(", terutama lewat {group}", ", most of all by {group}")
STEPS = Text("Naik {rise} sudah mutu {mutu}", "Up {rise} and it is grade {mutu}")
THEN = Text("naik {rise} mutu {mutu}", "up {rise} and it is {mutu}")
DAYS = (
    Text("Senin", "Monday"),
    Text("Selasa", "Tuesday"),
    Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"),
    Text("Jumat", "Friday"),
    Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
)


def headline(lead: Lead, n: int, voice: Voice, most_named: str | None = None) -> str:
    """What is to be done first, as one sentence without its full stop.

    Args:
        n: people who answered.
        most_named: key of the unsur that most comments are about.
    """
    lowest = lead.lowest
    if lead.advice is Advice.MORE_RESPONDENTS or lowest is None:
        return voice.text(MORE_RESPONDENTS.format(n=voice.count(n)))
    if lead.advice is Advice.ALL_ALIKE:
        return voice.text(ALL_ALIKE)
    if lead.advice is Advice.KEEP:
        words = KEEP if lowest.steps else KEEP_BEST
        return voice.text(words.format(mutu=lowest.mutu))
    mend = MEND.get(lowest.element.key) or _MEND.format(unsur=lowest.element.name)
    words = FIRST_ALONE if lead.of_its_letter == 1 else FIRST_OF
    told = voice.text(words.format(mend=mend, mutu=lowest.mutu, n=lead.of_its_letter))
    return told + (voice.text(MOST_NAMED) if most_named == lowest.element.key else "")


def about_lowest(lowest: Ranked, voice: Voice, week: Week | None, families: Sequence[Family]) -> str:
    """Who is not content with the lowest unsur, where or when clearly more than elsewhere, and how little is
    missing."""
    labels = [voice.text(label) for label in lowest.element.labels[: len(lowest.counts) // 2]]
    named = (
        OR.format(a=labels[0], b=labels[1])
        if len(labels) == 2
        else voice.enumerate([f"“{x}”" for x in labels])
    )
    said = LOWEST.format(
        unsur=lowest.element.name,
        value=voice.decimal(lowest.value),
        mutu=lowest.mutu,
        share=voice.percent(*lowest.low.as_integer_ratio(), 0),
        labels=named,
        where=_where(week, families),
    )
    steps = steps_told(lowest.steps[:2], voice)
    return f"{voice.text(said)} {steps}." if steps else voice.text(said)


def steps_told(steps: Sequence[Step], voice: Voice) -> str:
    """Naik 0,03 sudah mutu C, naik 0,49 mutu B; empty without a step."""
    return ", ".join(
        voice.text(words.format(rise=voice.decimal(step.told), mutu=step.target.mutu))
        for words, step in zip((STEPS, THEN, THEN), steps, strict=False)
    )


def _where(week: Week | None, families: Sequence[Family]) -> Text:
    """The hour before the group: it says more of what to do. Empty where nothing is beyond chance."""
    if week is not None and week.worst is not None:
        day, hour = week.worst
        return WHEN.format(day=DAYS[day], hour=f"{hour:02}")
    low = [group for family in families for group in family.groups if group.below]
    if not low:
        return Text("", "")
    first = min(low, key=lambda group: group.value.exact if group.value and group.value.exact else 0)
    words = WHERE if first.way is None else BY_WAY
    return words.format(group=_within(group_name(first), first))


def group_name(group: Group) -> Text:
    """What a group is called."""
    if group.way is not None:
        return way_words.NAMES[group.way]
    return group.name or Text("", "")


def _within(name: Text, group: Group) -> Text:
    """A name of ours begins with a small letter within a sentence; what somebody named stays as it is."""
    if group.way is None:
        return name
    return Text(*(word[:1].lower() + word[1:] for word in (name.id, name.en)))


def wanted(step: Step, n: int, voice: Voice) -> str:
    """How many of those who answered would have to answer one level better."""
    return voice.say(
        "{x} dari {n} jawaban satu tingkat lebih baik.",
        "{x} of {n} answers one level better.",
        x=voice.count(step.sheets),
        n=voice.count(n),
    )


def of_letter(instrument: Instrument, mutu: str, voice: Voice) -> str:
    """C · Kurang Baik."""
    return f"{mutu} · {voice.text(instrument.kinerja[mutu])}"
