"""The scores of a file: numbers on the questionnaire's scale or another, or the words of its options."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.errors import Problem, Refused
from survey_app.instruments import Element, Instrument
from survey_app.services.imports.words import plain, words
from survey_app.text import Text

_NUMBER = re.compile(r"([0-9]{1,4})(?:[.,]0+)?")
#: "4 - Mudah", "d. Mudah", "Mudah (3)": an option behind its number or letter, or before its number.
_NUMBERED = re.compile(r"(?:([0-9])|[a-e])\s*[.)\-:=]+\s*(\D.*)", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"(\D.*?)\s*\(([0-9])\)")
#: So many answers above the scale are no slip of the finger any more, and this share of all of them.
_SLIPS, _SHARE = 2, 0.01


@dataclass(frozen=True)
class ScoreReader:
    """Reads scores. `values`: 1..levels by the number in a cell, None for not answered."""

    instrument: Instrument
    scale: str
    values: Mapping[int, int | None]
    options: Mapping[str, Mapping[str, int]]

    def read(self, key: str, cell: str, problems: list[Problem]) -> int | None:
        """1..levels, and on the questionnaire's own scale also more, for intake to refuse; None if empty."""
        if words().is_blank(cell):
            return None
        if number := _NUMBER.fullmatch(cell):
            return self._number(key, cell, int(number[1]), problems)
        level = _level(cell, self.options[key])
        if level is None:
            problems.append(self._unreadable(key, cell))
        return level

    def _number(self, key: str, cell: str, number: int, problems: list[Problem]) -> int | None:
        if number in self.values:
            return self.values[number]
        if self.scale == own_scale(self.instrument):
            return number
        problems.append(
            Problem.of(
                "score-range",
                f"answers.{key}",
                "Nilai “{cell}” di luar skala {scale}.",
                "The score “{cell}” is not on the scale {scale}.",
                cell=cell,
                scale=self.scale,
            )
        )
        return None

    def _unreadable(self, key: str, cell: str) -> Problem:
        labels = next(e.labels for e in self.instrument.elements if e.key == key)
        return Problem.of(
            "score-unreadable",
            f"answers.{key}",
            "Nilai “{cell}” bukan angka bulat dan bukan pilihan kuesioner ({labels}).",
            "The score “{cell}” is neither a whole number nor an option of the questionnaire ({labels}).",
            cell=cell,
            labels=Text(", ".join(t.id for t in labels), ", ".join(t.en for t in labels)),
        )


def score_reader(instrument: Instrument, rows: Iterable[Iterable[str]], said: str | None) -> ScoreReader:
    """The reader for a file whose score cells, sheet by sheet, are `rows`.

    Raises:
        Refused: `scale-needed` when the scores are on another scale, or may be; `scale-unknown`.
    """
    scale = said or own_scale(instrument)
    known = scales(instrument)
    if scale not in known:
        text = Text(
            "Skala {scale} tidak dikenal; yang ada: {known}.",
            "No scale {scale} is known; there are: {known}.",
        )
        raise Refused("scale-unknown", text.format(scale=scale, known=", ".join(known)))
    if said is None:
        _check_scale(instrument, rows)
    options = {e.key: _options(e) for e in instrument.elements}
    return ScoreReader(instrument, scale, known[scale], options)


def own_scale(instrument: Instrument) -> str:
    return f"1-{instrument.levels}"


def scales(instrument: Instrument) -> dict[str, dict[int, int | None]]:
    """What a number means on each scale that says the same as the questionnaire's: 1-4, 0-3, 25-100."""
    levels = instrument.levels
    found: dict[str, dict[int, int | None]] = {
        own_scale(instrument): {0: None} | {n: n for n in range(1, levels + 1)},
        f"0-{levels - 1}": {n: n + 1 for n in range(levels)},
    }
    if 100 % levels == 0:
        step = 100 // levels
        found[f"{step}-100"] = {0: None} | {n * step: n for n in range(1, levels + 1)}
    return found


def is_zero(cell: str) -> bool:
    """Whether a score cell holds the number nought."""
    number = _NUMBER.fullmatch(cell)
    return number is not None and int(number[1]) == 0


def _check_scale(instrument: Instrument, rows: Iterable[Iterable[str]]) -> None:
    """Ask where the numbers speak of another scale than the questionnaire's."""
    levels, counts, beyond = instrument.levels, Counter[int](), 0
    for cells in rows:
        numbers = [int(found[1]) for cell in cells if (found := _NUMBER.fullmatch(cell))]
        counts.update(numbers)
        beyond += max(numbers, default=0) > levels
    if not counts:
        return
    top, over = max(counts), sum(n for value, n in counts.items() if value > levels)
    if top < levels and counts[0]:
        raise _zero_based(instrument, counts[0], top)
    if over < _SLIPS or over < _SHARE * counts.total():
        return
    hundred = 100 // levels
    if 100 % levels == 0 and all(value % hundred == 0 and value <= 100 for value in counts):
        raise _convertible(f"{hundred}-100", own_scale(instrument))
    if top == levels + 1 or beyond >= _SLIPS:
        raise _other(instrument, f"{min(1, min(counts))}-{top}", over)


def _zero_based(instrument: Instrument, zeros: int, top: int) -> Refused:
    text = Text(
        "Berkas berisi {zeros} nilai 0 dan tidak ada nilai di atas {top}. Jika pilihannya dimulai dari 0, "
        "sebutkan --scale {other}; jika 0 berarti tidak dijawab, sebutkan --scale {own}.",
        "The file has {zeros} scores of 0 and none above {top}. If its options begin with 0, give "
        "--scale {other}; if 0 means not answered, give --scale {own}.",
    )
    other, own = f"0-{instrument.levels - 1}", own_scale(instrument)
    return Refused("scale-needed", text.format(zeros=zeros, top=top, other=other, own=own))


def _convertible(other: str, own: str) -> Refused:
    text = Text(
        "Nilai di berkas ini adalah {other}, bukan {own}. Sebutkan --scale {other} jika benar demikian, atau "
        "--scale {own} jika nilai lain itu salah ketik.",
        "The scores of this file are {other}, not {own}. Give --scale {other} if that is right, or "
        "--scale {own} if they are typing errors.",
    )
    return Refused("scale-needed", text.format(other=other, own=own))


def _other(instrument: Instrument, found: str, over: int) -> Refused:
    text = Text(
        "Nilai di berkas ini {found}, {over} di antaranya di atas {levels}: kuesioner dengan pilihan lain, "
        "yang tidak dapat dijadikan jawaban atas {ref}. Jika nilai itu hanya salah ketik, sebutkan --scale "
        "{own}; baris itu lalu tidak diterima.",
        "The scores of this file are {found}, {over} of them above {levels}: a questionnaire with other "
        "options, which cannot be made answers to {ref}. If they are typing errors, give --scale {own}; "
        "those rows are then refused.",
    )
    own = own_scale(instrument)
    filled = text.format(found=found, over=over, levels=instrument.levels, ref=instrument.ref, own=own)
    return Refused("scale-needed", filled)


def _options(element: Element) -> dict[str, int]:
    """1..levels by what an option is called, in both languages; what two of them are called is left out."""
    named: dict[str, set[int]] = {}
    for level, label in enumerate(element.labels, start=1):
        for name in (label.id, label.en):
            named.setdefault(plain(name), set()).add(level)
    return {name: next(iter(levels)) for name, levels in named.items() if len(levels) == 1}


def _level(cell: str, options: Mapping[str, int]) -> int | None:
    number: str | None = None
    if plain(cell) in options:
        return options[plain(cell)]
    if match := _NUMBERED.fullmatch(cell):
        number, cell = match[1], match[2]
    elif match := _BEFORE_NUMBER.fullmatch(cell):
        cell, number = match[1], match[2]
    level = options.get(plain(cell))
    return level if number is None or str(level) == number else None
