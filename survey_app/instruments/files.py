"""Reading instrument files, holding published ones to what was published, and saying some words otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from analytics.ikm import Band
from survey_app.errors import InstrumentError
from survey_app.instruments.check import UNDECLARED, check
from survey_app.instruments.model import Element, Instrument, Option, ProfileField
from survey_app.text import Text

DATA = Path(__file__).parents[2] / "data"
#: Beside the instruments: under which fingerprint each was published, and which words are read otherwise.
LOCK, CORRECTIONS = "published.json", "corrections.json"


def parse(data: Any, *, added: bool = False) -> Instrument:
    """The instrument in `data`: of a file of the repository, or `added` to a database.

    Raises:
        InstrumentError: `instrument-invalid`, with every problem `check` finds.
    """
    if problems := check(data, added=added):
        raise InstrumentError(
            "instrument-invalid",
            Text("Berkas kuesioner tidak sah.", "The file of the questionnaire is not valid."),
            problems,
        )
    return Instrument(
        id=data["id"],
        version=data["version"],
        title=Text(**data["title"]),
        source=data["source"],
        levels=data["levels"],
        elements=tuple(_element(e) for e in data["elements"]),
        weights=tuple(Fraction(data["weights"][e["key"]]) for e in data["elements"]),
        bands=tuple(_band(b) for b in data["bands"]),
        kinerja={b["mutu"]: Text(**b["kinerja"]) for b in data["bands"]},
        profile=tuple(_profile_field(f) for f in data["profile"]),
        comment_prompt=Text(**data["comment"]["prompt"]),
        comment_max=data["comment"]["max_length"],
        gives_ikm=(data.get("index") or UNDECLARED[f"{data['id']}@{data['version']}"]) == "ikm",
    )


@cache
def published() -> Mapping[str, Instrument]:
    """The published instruments of the repository by `ref`, in the words in which people read them.

    A file stays what was published, to the byte. `corrections.json` says what is read in the place of words
    that were misspelt, or not as we speak to citizens: in the prompt of the comment and in the names of
    profile options, which no stored answer is read by. A new version for such a word would leave the units
    that use the old one with it, and offer everybody two versions that ask the same.

    Raises:
        InstrumentError: `instrument-changed` when a file is not the one that was published.
    """
    fingerprints = lock()
    found: dict[str, Instrument] = {}
    for path in sorted((DATA / "instruments").glob("*.json")):
        if path.name not in (LOCK, CORRECTIONS):
            data = json.loads(path.read_text(encoding="utf-8"))
            instrument = parse(data)
            if fingerprints.get(instrument.ref) == fingerprint(data):
                found[instrument.ref] = _corrected(instrument)
            elif instrument.ref in fingerprints:
                raise _changed(instrument.ref, path)
    return found


def fingerprint(data: object) -> str:
    """SHA-256 of the content of an instrument file; layout and key order do not count."""
    return fingerprint_of(canonical(data))


def fingerprint_of(content: str) -> str:
    """The same of a content that is written as canonical JSON already."""
    return hashlib.sha256(content.encode()).hexdigest()


def canonical(data: object) -> str:
    """The one way in which a content is written as JSON."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def lock() -> Mapping[str, str]:
    """The fingerprints under which files were published, by `ref`."""
    fingerprints: dict[str, str] = _read_beside(LOCK)
    return fingerprints


def _read_beside(name: str) -> Any:
    return json.loads((DATA / "instruments" / name).read_text(encoding="utf-8"))


@cache
def _corrections() -> Mapping[str, Mapping[str, str]]:
    words: dict[str, dict[str, str]] = _read_beside(CORRECTIONS)["words"]
    return words


def _corrected(instrument: Instrument) -> Instrument:
    """The same instrument; of its words only those that `published` says are others."""
    words: Mapping[str, str] = _corrections().get(instrument.ref, {})

    def read(text: Text) -> Text:
        return Text(words.get(text.id, text.id), words.get(text.en, text.en))

    profile = tuple(
        replace(field, options=tuple(replace(option, label=read(option.label)) for option in field.options))
        for field in instrument.profile
    )
    return replace(instrument, profile=profile, comment_prompt=read(instrument.comment_prompt))


def _changed(ref: str, path: Path) -> InstrumentError:
    text = Text(
        "{path} berbeda dari {ref} yang telah diterbitkan; terbitkan versi baru, jangan ubah yang lama.",
        "{path} differs from the published {ref}; publish a new version instead of changing the old one.",
    )
    return InstrumentError("instrument-changed", text.format(path=path.name, ref=ref))


def _element(data: Mapping[str, Any]) -> Element:
    labels = tuple(Text(**label) for label in data["labels"])
    return Element(data["key"], data["number"], Text(**data["name"]), Text(**data["question"]), labels)


def _band(data: Mapping[str, Any]) -> Band:
    return Band(data["mutu"], data["kinerja"]["id"], Decimal(data["low"]), Decimal(data["high"]))


def _profile_field(data: Mapping[str, Any]) -> ProfileField:
    options = tuple(Option(o["key"], Text(**o["label"]), o.get("min"), o.get("max")) for o in data["options"])
    return ProfileField(data["key"], Text(**data["name"]), options)
