"""Instruments: every published file is a test by existing, every kind of fault is named by code and path."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from analytics.ikm.bands import SKM_2017
from survey_app import instruments
from survey_app.errors import InstrumentError, NotFound
from survey_app.instruments import DATA, ProfileField
from survey_app.instruments.files import CORRECTIONS, LOCK
from tests import questionnaires

BESIDE = (LOCK, CORRECTIONS)
FILES = sorted(p for p in (DATA / "instruments").glob("*.json") if p.name not in BESIDE)
SKM = json.loads((DATA / "instruments/skm-2017.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_instrument_file_is_valid_and_unchanged_since_it_was_published(path: Any) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert instruments.check(data) == []
    lock = json.loads((DATA / "instruments/published.json").read_text(encoding="utf-8"))
    instrument = instruments.parse(data)
    assert lock[instrument.ref] == instruments.fingerprint(data)
    # What people read otherwise: nothing by which an answer is stored, read or counted.
    read = instruments.get(instrument.ref)
    assert replace(read, comment_prompt=instrument.comment_prompt, profile=instrument.profile) == instrument
    assert [_without_labels(f) for f in read.profile] == [_without_labels(f) for f in instrument.profile]


def _without_labels(field: ProfileField) -> tuple[object, ...]:
    return field.key, field.name, [(o.key, o.low, o.high) for o in field.options]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_around_the_unsur_people_are_spoken_to_as_everywhere_and_ranges_have_their_dash(path: Any) -> None:
    read = instruments.get(instruments.parse(json.loads(path.read_text(encoding="utf-8"))).ref)
    names = [text for f in read.profile for text in (f.name, *(o.label for o in f.options))]
    for text in (read.comment_prompt, *names):
        assert not re.search(r"Saudara|\d\s?-\s?\w*\d", f"{text.id} {text.en}"), text


def test_every_correction_is_of_a_word_that_each_named_version_has() -> None:
    corrections = json.loads((DATA / "instruments" / CORRECTIONS).read_text(encoding="utf-8"))
    by_ref = {i.ref: i for i in (instruments.parse(json.loads(p.read_text("utf-8"))) for p in FILES)}
    for ref, words in corrections["words"].items():
        published = by_ref[ref]
        texts = [published.comment_prompt, *(o.label for f in published.profile for o in f.options)]
        assert set(words) <= {word for text in texts for word in (text.id, text.en)}


def test_skm_2017_is_the_regulations_questionnaire() -> None:
    """Unsur, order and labels as in the questionnaire of PermenPANRB 14/2017."""
    skm = instruments.get("skm-2017@1")
    assert skm.keys == (
        "persyaratan",
        "prosedur",
        "waktu",
        "biaya",
        "produk",
        "kompetensi",
        "perilaku",
        "sarpras",
        "pengaduan",
    )
    assert [e.number for e in skm.elements] == [f"U{i}" for i in range(1, 10)]
    assert skm.weights == (Fraction(1, 9),) * 9
    assert skm.bands == SKM_2017
    assert [t.id for t in skm.elements[3].labels] == ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"]
    assert [t.id for t in skm.elements[8].labels][1] == "Ada tetapi tidak berfungsi"
    assert [f.key for f in skm.profile] == ["jenis_kelamin", "usia", "pendidikan", "pekerjaan"]


def test_a_questionnaire_says_whether_its_result_is_an_ikm() -> None:
    """Whatever it is called: one that counts in no index of the province must not do so by its name."""
    found = {ref: instrument.gives_ikm for ref, instrument in instruments.published().items()}
    assert found == {"skm-2017@1": True, "skm-2017-tanpa-biaya@1": True, "spak@1": False}
    own = SKM | {"id": "survei-kota"}
    assert [(p.code, p.path) for p in instruments.check(own)] == [("instrument-index", "index")]
    assert instruments.parse(own | {"index": "ikm"}).gives_ikm
    assert not instruments.parse(own | {"index": "other"}).gives_ikm


def test_the_variant_without_biaya_and_spak_are_general() -> None:
    eight = instruments.get("skm-2017-tanpa-biaya@1")
    assert len(eight.keys) == 8
    assert "biaya" not in eight.keys
    assert set(eight.weights) == {Fraction(1, 8)}
    assert len(instruments.get("spak@1").elements) == 5


def broken(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(SKM)
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (lambda d: d.pop("levels"), "instrument-schema", "$"),
        (lambda d: d["elements"][0].pop("question"), "instrument-schema", "elements[0]"),
        (lambda d: d["title"].update(id=""), "instrument-schema", "title.id"),
        (lambda d: d.update(surprise=1), "instrument-schema", "$"),
        (lambda d: d["elements"][2].update(key="biaya"), "instrument-repeated", "elements"),
        (lambda d: d["elements"][2].update(number="U4"), "instrument-repeated", "elements"),
        (lambda d: d["profile"][1].update(key="jenis_kelamin"), "instrument-repeated", "profile"),
        (
            lambda d: d["profile"][0]["options"][0].update(key="P"),
            "instrument-repeated",
            "profile[0].options",
        ),
        (lambda d: d["elements"][4]["labels"].pop(), "instrument-labels", "elements[4].labels"),
        (lambda d: d["weights"].pop("waktu"), "instrument-weight-keys", "weights"),
        (lambda d: d["weights"].update(waktu="2/9"), "instrument-weight-sum", "weights"),
        (lambda d: d["bands"][1].update(low="65.01"), "instrument-bands", "bands[1]"),
        (lambda d: d["bands"][3].update(high="99.99"), "instrument-bands", "bands[3].high"),
    ],
)
def test_a_fault_is_named_by_code_and_path(
    change: Callable[[dict[str, Any]], None], code: str, path: str
) -> None:
    problems = instruments.check(broken(change))
    assert (code, path) in {(p.code, p.path) for p in problems}
    with pytest.raises(InstrumentError, match="instrument-invalid"):
        instruments.parse(broken(change))


def test_all_faults_of_meaning_are_listed_at_once() -> None:
    def change(data: dict[str, Any]) -> None:
        data["weights"]["waktu"] = "1/3"
        data["elements"][0]["labels"].pop()
        data["bands"][0]["high"] = "60.00"

    assert len(instruments.check(broken(change))) == 3


def test_six_levels_are_possible() -> None:
    def change(data: dict[str, Any]) -> None:
        data["levels"] = 6
        for element in data["elements"]:
            element["labels"] += [{"id": "lagi", "en": "more"}] * 2
        data["bands"][0]["low"] = "16.67"

    assert instruments.check(broken(change)) == []


def test_a_changed_published_file_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from survey_app.instruments import files

    (tmp_path / "instruments").mkdir()
    for path in (DATA / "instruments").iterdir():
        (tmp_path / "instruments" / path.name).write_bytes(path.read_bytes())
    changed = broken(lambda d: d["elements"][0]["labels"][0].update(id="Jelek"))
    (tmp_path / "instruments/skm-2017.json").write_text(json.dumps(changed), encoding="utf-8")
    monkeypatch.setattr(files, "DATA", tmp_path)
    with pytest.raises(InstrumentError, match="instrument-changed"):
        files.published.__wrapped__()


def test_an_unknown_instrument_is_said_to_be_unknown() -> None:
    with pytest.raises(NotFound, match=r"skm-1999.*skm-2017@1"):
        instruments.get("skm-1999@1")


def test_wording_may_differ_within_a_series_but_codes_may_not() -> None:
    skm = instruments.get("skm-2017@1")
    reworded = instruments.parse(
        broken(
            lambda d: (
                d.update(version=2, index="ikm"),
                d["elements"][0]["labels"][0].update(id="Sama sekali tidak"),
            )[0]
        )
    )
    assert reworded.ref == "skm-2017@2"
    assert reworded.series == skm.series
    assert instruments.get("skm-2017-tanpa-biaya@1").series != skm.series


def test_names_of_files_and_of_databases_never_meet() -> None:
    """An update may bring any file: none of them is called as somebody's own questionnaire is."""
    assert not [ref for ref in instruments.published() if ref.startswith(instruments.PREFIX)]
    own = questionnaires.content("lokal.pasar")
    assert instruments.check(own, added=True) == []
    assert [(p.code, p.path) for p in instruments.check(own)] == [("instrument-id", "id")]
    as_file = own | {"id": "pasar"}
    assert instruments.check(as_file) == []
    assert [(p.code, p.path) for p in instruments.check(as_file, added=True)] == [("instrument-id", "id")]
    with pytest.raises(InstrumentError, match="instrument-id"):
        instruments.parse(own)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "instrument-json"),
        ("{", "instrument-json"),
        ("[" * 100_000, "instrument-deep"),
        ("[" * 30 + "]" * 30, "instrument-deep"),
        ("[]", "instrument-schema"),
        ("1", "instrument-schema"),
        ("x" * 200_001, "instrument-long"),
        (questionnaires.text(version=1.0), "instrument-json"),
        (questionnaires.text(version=float("nan")), "instrument-json"),
        (questionnaires.text(version=10**6), "instrument-json"),
        (questionnaires.text(version=10**4), "instrument-large"),
        (questionnaires.text("lokal." + "x" * 35), "instrument-large"),
        (questionnaires.text("pasar"), "instrument-id"),
        (questionnaires.text("skm-2017"), "instrument-id"),
        (questionnaires.text("lokal.Pasar"), "instrument-schema"),
        (questionnaires.text(source="satu\u2028dua"), "instrument-text"),
        (questionnaires.text(source="\ud800"), "instrument-text"),
        (questionnaires.text(source="nol\x00"), "instrument-text"),
        (questionnaires.text(weights=dict.fromkeys(questionnaires.KEYS, "1/4")), "instrument-weight-sum"),
        (
            questionnaires.text(weights=dict.fromkeys(questionnaires.KEYS, "1/" + "9" * 5000)),
            "instrument-large",
        ),
        (json.dumps({k: v for k, v in questionnaires.content().items() if k != "index"}), "instrument-index"),
    ],
    ids=lambda value: value[:24],
)
def test_what_cannot_be_published_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(InstrumentError, match="instrument-invalid") as refused:
        instruments.read_added(text)
    assert code in {p.code for p in refused.value.problems}


def test_what_is_published_is_its_canonical_text() -> None:
    instrument, content = instruments.read_added(questionnaires.text())
    assert instrument.ref == "lokal.pasar@1"
    assert json.loads(content) == questionnaires.content()
    assert instruments.fingerprint_of(content) == instruments.fingerprint(questionnaires.content())
    assert "\n" not in content
