"""The passages of a report that its authors may rewrite before publishing, and what they say until then.

A passage is plain text; a blank line begins a new paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from analytics import Reason
from survey_app.reports.statements import findings
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording.voice import Voice

Writer = Callable[[UnitResult, Voice], str]
AIM = Text(
    "Survei ini dimaksudkan untuk mengukur secara berkala {what} {unit}. Tujuan survei adalah mengetahui "
    "tingkat kinerja pelayanan, menemukan unsur pelayanan yang perlu diperbaiki lebih dahulu, dan "
    "mempertanggungjawabkan hasilnya kepada masyarakat.",
    "The survey regularly measures {what} {unit}. Its aims are to establish how well the service "
    "performs, to identify the service elements (unsur) to be improved first, and to account to the "
    "public for the result.",
)
#: Pasal 1 of PermenPANRB 14/2017, of the survey that it is about.
DUTY = Text(
    "Penyelenggara pelayanan publik wajib melaksanakan survei kepuasan masyarakat secara berkala, paling "
    "sedikit satu kali setahun. Sehubungan dengan itu, {unit} melaksanakan {title} pada {period}.",
    "Providers of public services must conduct a community satisfaction survey regularly, at least once a "
    "year. Accordingly, {unit} conducted its survey ({title}) in {period}.",
)
NO_DUTY = Text(
    "{unit} melaksanakan {title} pada {period}.", "{unit} conducted its survey ({title}) in {period}."
)
SATISFACTION = Text("kepuasan pengguna layanan", "how satisfied people are with")
JUDGEMENT = Text("penilaian pengguna layanan atas", "how people judge")


def written(result: UnitResult, voice: Voice, edited: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every passage by key: the edited wording where there is one, else the one made from the data."""
    made = {key: write(result, voice) for key, write in _WRITERS.items()}
    return {**made, **{key: text for key, text in (edited or {}).items() if key in made}}


def public(
    locked: Mapping[str, str], own: Collection[str], shown: UnitResult, whole: UnitResult, voice: Voice
) -> dict[str, str]:
    """The passages of a public edition: those about numbers that it hides are written from what it shows.

    Args:
        locked: passages as they were written, those of the unit too.
        own: keys of those that are the unit's own words, which may say what is hidden: they are left out.
        shown: the result as the edition may tell it.
        whole: the same with everything in it.
    """
    gone = _hidden(shown, whole, own)
    kept = {key: text for key, text in locked.items() if key not in gone}
    return kept | {key: voice.text(LEFT_OUT) for key in sorted(gone) if key in own}


LEFT_OUT = Text(
    "Naskah unit layanan untuk bagian ini tidak dimuat pada edisi ini, karena membahas angka yang tidak "
    "ditampilkan.",
    "The unit's own text of this part is left out of this edition, because it is about numbers that are not "
    "shown.",
)


def _hidden(shown: UnitResult, whole: UnitResult, own: Collection[str]) -> frozenset[str]:
    """Passages on something that `shown` does not tell."""
    gone: set[str] = set()
    if narrowed.hidden(shown.score):
        gone |= {"analisis", "perubahan", "kesimpulan", "saran"}
    if narrowed.unsur_hidden(shown.score):
        gone |= {"analisis", "saran"}
    before = findings.previous(whole)
    now = next((p for p in shown.trend if before is not None and p.period == before.period), None)
    # What a unit says of a period that it has not published is its own to say.
    if now is not before and not (
        "perubahan" in own and now and narrowed.hidden(now.score) is Reason.NOT_PUBLISHED
    ):
        gone.add("perubahan")
    return frozenset(gone)


def _background(result: UnitResult, voice: Voice) -> str:
    # The duty is to measure satisfaction: another questionnaire does not fulfil it.
    duty = DUTY if result.instrument.gives_ikm else NO_DUTY
    return voice.text(
        duty.format(
            unit=result.entry.unit.name,
            title=voice.text(result.instrument.title),
            period=voice.within(result.period),
        )
    ) + voice.say(
        "\n\nLaporan ini memuat hasil survei, kelebihan dan kelemahan pelayanan menurut masyarakat, serta "
        "rencana tindak lanjut.",
        "\n\nThis report presents the result of the survey, the strengths and weaknesses of the service in "
        "the eyes of the public, and the follow-up plan.",
    )


def _aim(result: UnitResult, voice: Voice) -> str:
    ours = result.instrument.gives_ikm
    return voice.text(
        AIM.format(
            unit=result.entry.unit.name,
            what=SATISFACTION if ours else JUDGEMENT,
        )
    )


def _conduct(result: UnitResult, voice: Voice) -> str:
    return voice.say(
        "Survei dilaksanakan oleh {unit}, {agency}, dari {first} sampai {last}.",
        "The survey was conducted by {unit}, {agency}, from {first} to {last}.",
        unit=result.entry.unit.name,
        agency=result.entry.agency.name,
        first=voice.date(result.period.first_day),
        last=voice.date(result.period.last_day),
    )


def _method(result: UnitResult, voice: Voice) -> str:
    # Not how they answered: a result does not know whether on line, on paper, or in a file of another system.
    return voice.say(
        "Responden adalah pengguna layanan yang jawabannya tercatat pada periode ini. Kuesioner memuat "
        "{k} unsur pelayanan, masing-masing dengan {levels} pilihan jawaban yang diberi nilai 1–{levels} "
        "(Lampiran 1). Nama dan nomor induk kependudukan tidak ditanyakan. Pertanyaan profil boleh tidak "
        "diisi.",
        "Respondents are service users whose answers were recorded in this period. The questionnaire has "
        "{k} service elements (unsur) each with {levels} possible answers, scored 1 to {levels} (Annex "
        "1). Names and identity numbers are not asked for. Questions about the respondent may be left "
        "blank.",
        k=len(result.instrument.elements),
        levels=result.instrument.levels,
    )


_WRITERS: Mapping[str, Writer] = {
    "latar_belakang": _background,
    "maksud_tujuan": _aim,
    "pelaksana": _conduct,
    "metode": _method,
    "analisis": findings.strengths_and_weaknesses,
    "perubahan": findings.change,
    "kesimpulan": findings.headline,
    "saran": findings.priorities,
}

#: What the passages are called, in the order of the report.
TITLES: Mapping[str, Text] = {
    "latar_belakang": Text("Latar belakang", "Background"),
    "maksud_tujuan": Text("Maksud dan tujuan", "Aims"),
    "pelaksana": Text("Pelaksana dan waktu", "Organiser and dates"),
    "metode": Text("Metode", "Method"),
    "analisis": Text("Kelebihan dan kelemahan", "Strengths and weaknesses"),
    "perubahan": Text("Tren nilai", "Trend"),
    "kesimpulan": Text("Kesimpulan", "Conclusion"),
    "saran": Text("Rekomendasi", "Recommendations"),
}
