"""The annexes of a unit's report: questionnaire, processing table, method."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from analytics.ikm import UnsurResult
from survey_app.instruments import Instrument
from survey_app.reports.statements import hidden_words, official, passages
from survey_app.reports.typesetting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from survey_app.reports.unit import reliability_section
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording import flag_words, spread_words, undated_words
from survey_app.wording.voice import Voice

EDITED = Text(
    "Naskah bagian berikut disunting oleh unit layanan: {names}. Angka, tabel, dan gambar berasal dari "
    "data dan tidak dapat disunting.",
    "The text of these parts was edited by the unit: {names}. Numbers, tables and figures come from the "
    "data and cannot be edited.",
)
TOTAL = Text("Jumlah nilai", "Total")


def questionnaire(instrument: Instrument, voice: Voice) -> list[Block]:
    """Lampiran 1: the questions and the words for every score."""
    scores = [Column(str(level), width=1) for level in range(1, instrument.levels + 1)]
    columns = (Column(voice.say("No.", "No.")), Column(voice.say("Pertanyaan", "Question"), width=3), *scores)
    rows = [
        (e.number, voice.text(e.question), *(voice.text(label) for label in e.labels))
        for e in instrument.elements
    ]
    asked = voice.say(
        "Profil (boleh tidak diisi): {fields}. Saran dan masukan: “{prompt}”.",
        "Profile (optional): {fields}. Comments: “{prompt}”.",
        fields=voice.enumerate([voice.text(f.name).lower() for f in instrument.profile]),
        prompt=voice.text(instrument.comment_prompt),
    )
    caption = voice.say("Kuesioner {ref}", "Questionnaire {ref}", ref=instrument.ref)
    return [
        Heading(1, voice.say("Lampiran 1 Kuesioner", "Annex 1 Questionnaire"), same_page=True),
        Table(caption=caption, columns=columns, rows=rows, note=asked, compact=True),
    ]


def processing(paper: UnitPaper, voice: Voice) -> list[Block]:
    """Lampiran 2: pengolahan data per responden dan per unsur, as on the regulation's form."""
    heading = Heading(
        1, voice.say("Lampiran 2 Olah data per responden dan per unsur", "Annex 2 Processing table")
    )
    result, sheets = paper.result, paper.sheets
    if sheets is None:
        return [heading, Paragraph(hidden_words.sheets(result.score, voice))]
    if not len(sheets):
        return [heading, Paragraph(voice.say("Belum ada responden.", "There are no respondents yet."))]
    number = Column(voice.say("Responden", "Respondent"), width=2.2)
    columns = (number, *(Column(e.number, "right", 1) for e in result.instrument.elements))
    rows = [
        (voice.count(i), *(str(score) if score else "–" for score in sheet))
        for i, sheet in enumerate(sheets.tolist(), start=1)
    ]
    totals = _totals(result, voice)
    caption = voice.say(
        "Nilai setiap responden, diurutkan menurut nilai, bukan menurut urutan masuk",
        "Scores of every respondent, sorted by score, not by order of arrival",
    )
    return [
        heading,
        Table(
            caption=caption,
            columns=columns,
            rows=[*rows, *totals],
            summary=len(totals),
            note=_closing(result, voice),
            compact=True,
            one_line=True,
        ),
    ]


def method(paper: UnitPaper, rewritten: Sequence[str], voice: Voice) -> list[Block]:
    """Lampiran 3: how the number is computed, what its interval means, and whose words the text is in."""
    result = paper.result
    return [
        Heading(1, voice.say("Lampiran 3 Catatan metode", "Annex 3 Method")),
        Bullets((*_formula(result, voice), *_uncertainty(result, voice), *_undated(result, voice))),
        Paragraph(_calculation(result, voice)),
        *_quality(result, voice),
        *reliability_section.blocks(paper, voice),
        *_own_words(rewritten, voice),
    ]


def _quality(result: UnitResult, voice: Voice) -> list[Block]:
    """The flags of the answers, and the value without those that carry one."""
    if result.quality is None:
        return []
    first, *others = (voice.text(title) for title in flag_words.COLUMNS)
    pattern, limit = flag_words.LIMITS
    columns = (Column(first, width=3), *(Column(title, "right", 1) for title in others))
    caption = voice.say(
        "Nilai dengan dan tanpa jawaban yang perlu ditinjau",
        "Score with and without the answers to be reviewed",
    )
    said = f"{voice.text(flag_words.NEVER_DELETES)} {flag_words.unchecked(result.quality, voice)}"
    return [
        Heading(2, voice.say("Pemeriksaan jawaban", "Check of answers")),
        Paragraph(said.strip()),
        Table(
            caption=caption,
            columns=columns,
            rows=flag_words.rows(result.quality, voice),
            summary=1,
        ),
        Table(
            caption=voice.say("Pola yang dicari dan batasnya", "Patterns looked for and their limits"),
            columns=(Column(voice.text(pattern), width=1), Column(voice.text(limit), width=3)),
            rows=flag_words.limits(voice),
            note=voice.text(flag_words.CHOICES),
        ),
    ]


def _own_words(rewritten: Sequence[str], voice: Voice) -> list[Block]:
    """Which passages the unit wrote itself; nothing when the text is written from the data."""
    names = [voice.text(title) for key, title in passages.TITLES.items() if key in rewritten]
    if not names:
        return []
    words = voice.text(EDITED.format(names=voice.enumerate(names)))
    return [Paragraph(words)]


def _totals(result: UnitResult, voice: Voice) -> list[tuple[str, ...]]:
    """The rows under the answers: total, answers, NRR, weighted NRR, IKM per unsur."""
    unsur = result.score.unsur
    return [
        (voice.text(TOTAL), *(voice.count(u.total) for u in unsur)),
        (voice.say("Yang menjawab", "Answers"), *(voice.count(u.n) for u in unsur)),
        ("NRR", *(_or_dash(u.exact, 3, voice) for u in unsur)),
        (voice.say("NRR tertimbang", "Weighted"), *(_or_dash(u.weighted, 3, voice) for u in unsur)),
        (
            official.unsur_value(result.instrument, voice),
            *("–" if u.ikm is None else voice.decimal(u.ikm) for u in unsur),
        ),
    ]


def _or_dash(value: Fraction | None, places: int, voice: Voice) -> str:
    return "–" if value is None else voice.decimal(value, places)


def _closing(result: UnitResult, voice: Voice) -> str:
    score = result.score
    unanswered = voice.say(
        "–: tidak dijawab, tidak dihitung dalam rata-rata.", "–: not answered, not counted in the mean."
    )
    if score.ikm is None or score.mutu is None:
        return unanswered
    return voice.say(
        "{unanswered} Nilai unit layanan: {ikm}, mutu {grade}.",
        "{unanswered} Score of the unit: {ikm}, grade {grade}.",
        unanswered=unanswered,
        ikm=voice.decimal(score.ikm),
        grade=official.grade(result.instrument, score.mutu, voice),
    )


def _formula(result: UnitResult, voice: Voice) -> tuple[str, ...]:
    weights = set(result.instrument.weights)
    equal = len(weights) == 1
    weight = str(next(iter(weights))) if equal else voice.say("menurut kuesioner", "by the questionnaire")
    return (
        voice.say(
            "NRR unsur = jumlah nilai unsur / jumlah kuesioner terisi untuk unsur itu.",
            "NRR of a service element (unsur) = sum of its scores / number of questionnaires in which it "
            "is answered.",
        ),
        voice.say(
            "Indeks = jumlah (bobot × NRR), bobot {weight} per unsur. Nilai = indeks × {scale}.",
            "Index = sum of (weight × NRR), weight {weight} per element. Score = index × {scale}.",
            weight=weight,
            scale=voice.decimal(result.score.scale, 0),
        ),
        voice.say(
            "Nilai dihitung secara eksak dari bilangan bulat dan hanya dibulatkan satu kali, menjadi dua "
            "desimal (angka 5 dibulatkan ke atas). Mutu ditetapkan dari nilai yang sudah dibulatkan.",
            "The score is computed exactly from whole numbers and rounded only once, half up, to two "
            "decimals. The grade is read from the rounded score.",
        ),
        voice.say(
            "Batas mutu: {bands}.",
            "Bands of the grades: {bands}.",
            bands=_bands(result.instrument, voice),
        ),
    )


def _bands(instrument: Instrument, voice: Voice) -> str:
    return "; ".join(
        f"{voice.decimal(b.low)}–{voice.decimal(b.high)} {official.grade(instrument, b.mutu, voice)}"
        for b in instrument.bands
    )


def _uncertainty(result: UnitResult, voice: Voice) -> tuple[str, ...]:
    sample = result.score.sample
    method = voice.say(
        "Selang kepercayaan 95% dihitung menurut Wilson, dengan koreksi populasi terbatas jika jumlah "
        "pengguna layanan diketahui. Keragaman jawaban pada sampel digabung dengan keragaman yang "
        "diandaikan bagi kuesioner ini.",
        "The 95% interval is Wilson's, with the finite population correction when the number of service "
        "users is known. How much the answers differ in the sample is combined with what is supposed "
        "for this questionnaire.",
    )
    limits = voice.text(spread_words.LIMITS)
    past = "" if sample is None else spread_words.of_past(sample, voice)
    anew = ""
    if result.current.interval_anew:
        anew = voice.say(
            "Hasil ini dipublikasikan ketika selang kepercayaan dihitung dengan cara lain. Di sini selang "
            "kepercayaan dihitung ulang, sehingga dokumen yang terbit saat itu dapat memuat angka yang "
            "berbeda.",
            "This result was published when intervals were computed otherwise. They are computed anew here, "
            "so the document issued then may show other intervals.",
        )
    said = " ".join(filter(None, (method, past, anew, limits)))
    if result.score.comparator_011 is None:
        return (said,)
    comparators = voice.say(
        "Bobot 0,11 dan 0,111 tercetak dalam peraturan sebagai pembulatan dari 1/9. Nilai menurut "
        "keduanya ditampilkan sebagai pembanding, bukan sebagai hasil.",
        "The regulation prints the weights 0.11 and 0.111, rounded from 1/9. The scores they give are "
        "comparators, not the result.",
    )
    return (said, comparators)


def _undated(result: UnitResult, voice: Voice) -> tuple[str, ...]:
    said = undated_words.of_period(result, voice)
    return () if said is None else (said,)


def _calculation(result: UnitResult, voice: Voice) -> str:
    """In whole numbers and fractions: who follows it gets the printed value; nothing is rounded before."""
    score = result.score
    if narrowed.unsur_hidden(score):
        return hidden_words.unsur(score, voice)
    if score.exact is None or score.ikm is None:
        return official.undefined(result, voice)
    return voice.say(
        "Hitungan: {index} × {scale} = {exact}, dibulatkan menjadi {ikm}.",
        "Calculation: {index} × {scale} = {exact}, rounded to {ikm}.",
        index=_index(score.unsur, voice),
        scale=score.scale,
        exact=voice.digits(score.exact),
        ikm=voice.decimal(score.ikm),
    )


def _index(unsur: Sequence[UnsurResult], voice: Voice) -> str:
    """The sum of (weight × NRR), with weights and numbers of answers that all share written once."""
    if len({u.weight for u in unsur}) > 1:
        return "(" + " + ".join(f"{_nrr(u, voice)} × {u.weight}" for u in unsur) + ")"
    if len({u.n for u in unsur}) > 1:
        return f"({' + '.join(_nrr(u, voice) for u in unsur)}) × {unsur[0].weight}"
    totals = " + ".join(voice.count(u.total) for u in unsur)
    return f"({totals})/{voice.count(unsur[0].n)} × {unsur[0].weight}"


def _nrr(unsur: UnsurResult, voice: Voice) -> str:
    return f"{voice.count(unsur.total)}/{voice.count(unsur.n)}"
