"""An error ends in a full stop: it stands beside sentences, and other sentences follow it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import survey_app
from survey_app.services.ip_asn import findings
from survey_app.text import Text
from tests.wording import golden, refusals

_APP = Path(survey_app.__file__).parent
#: What is filled in at the very end and has its own stop, because it is a sentence itself.
_SENTENCES = "do|why|empty"
_END = re.compile(rf"[.!?…]”?\)?$|[{{‹]({_SENTENCES})[}}›]$")
#: A sentence has ended, and another one begins. A number before it is that of a heading or a step.
_SEVERAL = re.compile(r"(?:[^\W\d]|[}›)”%])[.!?] [“(]?[A-Z{‹]")


def stopless(texts: Mapping[str, Text]) -> set[str]:
    """Those without a stop in one of their languages; what is only filled in has its words elsewhere."""
    return {
        name
        for name, text in texts.items()
        if re.search(r"\w", re.sub("{.*?}", "", text.id))
        and not (_END.search(text.id) and _END.search(text.en))
    }


def several(texts: Mapping[str, Text]) -> dict[str, Text]:
    """Those of several sentences, unless the last one begins a list."""
    return {
        name: text
        for name, text in texts.items()
        if any(map(_SEVERAL.search, (text.id, text.en))) and not text.id.endswith(":")
    }


def test_every_error_ends_in_a_stop() -> None:
    found = refusals.errors_of(_APP) | findings.PROBLEMS
    assert len(found) > 280
    assert stopless(found) == set()


def test_a_text_of_several_sentences_ends_in_a_stop() -> None:
    found = several(golden.everything())
    assert len(found) > 200
    assert stopless(found) == set()


def test_what_a_command_is_refused_with_and_its_help_end_in_a_stop() -> None:
    found = refusals.ends_of_commands(_APP / "cli")
    assert len(found) > 50
    assert {at for at, said in found.items() if not _END.search(said)} == set()


@pytest.mark.parametrize(
    "raised",
    [
        'raise Refused("a", Text("Ada yang salah", "Something is wrong."))',
        'yield Problem.of("a", "b", "Ada yang salah.", "Something is wrong")',
        'text = Text("{n} salah", "{n} wrong")\nraise NotFound("a", text.format(n=1))',
        'WORDS = {"a": Text("Ada yang salah", "Something is wrong.")}\nProblem("a", "b", WORDS[code])',
        'def _words(n):\n    return Text("Ada yang salah", "Something is wrong.")\nConflict("a", _words(1))',
        'code, text = ("a", Text("Ada yang salah", "Something is wrong"))\nraise Unavailable(code, text, "")',
        'words = "Ada yang salah.", "Something is wrong"\nProblem.of("a", "b", *words, n=1)',
        "from app.words import WRONG\nst.error(say(WRONG))",
        "from app import words\nst.warning(tell(words.WRONG.format(n=1) if n else words.RIGHT))",
        'raise file_refused("a", "Ada yang salah.", "Something is wrong", path)',
    ],
)
def test_an_error_without_its_stop_is_found(raised: str, tmp_path: Path) -> None:
    """However its text reaches it: written there, by a name, from a table, a function or another file."""
    app = tmp_path / "app"
    app.mkdir()
    (app / "words.py").write_text(
        'WRONG = Text("Ada yang salah", "Something is wrong.")\nRIGHT = Text("Benar.", "Right.")\n'
    )
    (app / "raising.py").write_text(raised + "\n")
    assert len(stopless(refusals.errors_of(app))) == 1


def test_labels_and_what_is_filled_in_are_no_errors(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'KIND = Text("buku kerja lama", "an old workbook")\n'
        'raise Refused("a", Text("Ini {kind}.", "This is {kind}.").format(kind=KIND))\n'
        't("Unit layanan", "Service unit")\n'
    )
    assert stopless(refusals.errors_of(tmp_path)) == set()


@pytest.mark.parametrize(
    ("cli", "faults"),
    [
        ('self.fail(f"“{value}”: tulis 2024", param, ctx)', 1),
        ('raise click.UsageError("Sebutkan --unit")', 1),
        ('@click.option("--unit", help="Kode unit")\ndef unit(): ...', 1),
        ('raise click.ClickException("NRR harus 1 sampai 4.")', 0),
    ],
)
def test_a_command_without_its_stop_is_found(cli: str, faults: int, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(cli + "\n")
    said = refusals.ends_of_commands(tmp_path)
    assert len(said) == 1
    assert sum(not _END.search(words) for words in said.values()) == faults


def test_a_text_of_several_sentences_is_known_from_one_of_a_heading() -> None:
    texts = {
        "a": Text("Data berubah. Muat ulang", "The data changed. Load them again."),
        "b": Text("1.2 PNS, PPPK", "1.2 PNS, PPPK"),
        "c": Text("**2. Dikali {scale}** = {value}", "**2. Times {scale}** = {value}"),
    }
    assert stopless(several(texts)) == {"a"}
