"""One word for each concept: no text for people uses one that data/reference/glossary.json rules out."""

from __future__ import annotations

import re

from survey_app import instruments
from survey_app.reports.typesetting.compiler import TEMPLATES
from survey_app.text import Text
from tests.wording import elsewhere, glossary, golden
from tests.wording.glossary import CITIZENS, REPORTS, STAFF, Never

#: PermenPANRB 14/2017, Lampiran, the questionnaire's order.
UNSUR = [
    "Persyaratan",
    "Sistem, Mekanisme, dan Prosedur",
    "Waktu Penyelesaian",
    "Biaya/Tarif",
    "Produk Spesifikasi Jenis Pelayanan",
    "Kompetensi Pelaksana",
    "Perilaku Pelaksana",
    "Sarana dan Prasarana",
    "Penanganan Pengaduan, Saran dan Masukan",
]


def test_no_text_uses_a_word_that_nobody_is_to_read() -> None:
    """`python -m tests.wording.glossary` names them by concept."""
    assert glossary.used(glossary.everything()) == {}


def test_every_word_that_is_ruled_out_would_be_found() -> None:
    for never in glossary.nevers():
        text = Text(f"Ini {never.word}nya.", f"This is {never.word}.")
        assert all(never.is_in(text, reader) for reader in never.to), never


def test_a_word_within_another_or_within_its_phrase_is_not_meant() -> None:
    kiosk = Never(concept="kiosk", word="kios", language="id", to=(STAFF,), but=("mode kios",))
    assert not kiosk.is_in(Text("Anjungan dalam mode kios", ""), STAFF)
    assert not kiosk.is_in(Text("kiosk.html, --kios, {kios}, ‹kios›, docs/kios.md", ""), STAFF)
    assert kiosk.is_in(Text("Kios dalam mode kios", ""), STAFF)
    assert kiosk.is_in(Text("**Kiosnya** tutup", ""), STAFF)


def test_who_reads_a_text_is_known_by_its_name() -> None:
    assert glossary.reader_of("web.kiosk_words.json[begin]") == CITIZENS
    assert glossary.reader_of("web.kiosk_words.json[pairing]") == STAFF
    assert glossary.reader_of("reports.prints.poster(0)") == CITIZENS
    assert glossary.reader_of("reports.unit.report(0)") == REPORTS
    assert glossary.reader_of("services.places.setup.add_unit(0)") == STAFF


def test_the_texts_outside_the_code_are_read_too() -> None:
    """Of each kind one is there, and what is typed or printed by the regulation is not."""
    texts = elsewhere.everything()
    assert texts["cli.help.main.backup"].id
    assert any(name.startswith("docs.panduan.cadangan.md") for name in texts)
    assert "instruments.skm-2017@1.comment" in texts
    assert not any("pg_dump --format" in text.id or "GRANT" in text.id for text in texts.values())
    assert not any("Saudara tentang" in text.id for text in texts.values())


def test_a_guide_quotes_what_is_really_shown() -> None:
    """Between “ ”, with … for what is filled in: whoever looks for it by these words must find them."""
    shown = [text.id for text in golden.everything().values()]
    quoted = {
        words: re.compile(".+".join(map(re.escape, words.split("…"))), re.IGNORECASE)
        for text in elsewhere.guides().values()
        for words in re.findall("“([^”]+)”", text.id)
    }
    assert len(quoted) > 12
    assert [words for words, form in quoted.items() if not any(map(form.search, shown))] == []


def test_the_unsur_have_the_names_of_the_regulation() -> None:
    questionnaire = instruments.get("skm-2017@1")
    assert [element.name.id for element in questionnaire.elements] == UNSUR


def test_the_typesetter_has_no_words_of_its_own() -> None:
    """They come from the reports, in the language that is asked for."""
    paths = sorted(TEMPLATES.glob("*.typ"))
    assert paths
    for path in paths:
        code = re.sub(r"//.*|panic\(.*\)", "", path.read_text(encoding="utf-8"))
        written = re.findall(r'"([^"\n]*)"|\[([^\[\]#\n]*)\]', code)
        words = {said for both in written for said in both if re.search(r"[a-z]{2} [a-zA-Z]{2}", said)}
        assert words <= {"Noto Sans"}, path
