"""Which column of an import file is what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from survey_app.errors import Refused
from survey_app.instruments import Element, Instrument
from survey_app.services.import_words import plain, words
from survey_app.services.tabular import Table
from survey_app.text import Text

#: Which unsur columns U8 and U9 hold: the questionnaire's order, or that of the regulation's narrative.
Order = Literal["form", "narrative"]

#: The unsur that the regulation numbers in two ways.
_DISPUTED = ("sarpras", "pengaduan")


@dataclass(frozen=True)
class Columns:
    """Where each thing stands: unsur by key, profile fields by key, others by name."""

    instrument: Instrument
    unsur: Mapping[str, int]
    profile: Mapping[str, int]
    other: Mapping[str, int]
    ignored: tuple[str, ...]


def headers(instrument: Instrument) -> list[Callable[[Sequence[str]], bool]]:
    """What tells the header, the surest first: two unsur; two columns of any kind."""
    unsur = frozenset(_unsur_names(instrument, "form"))
    return [
        partial(_names_two, unsur),
        partial(_names_two, unsur.union(_profile_names(instrument), words().columns)),
    ]


def _names_two(known: frozenset[str], cells: Sequence[str]) -> bool:
    return len({plain(cell) for cell in cells} & known) >= 2


def read_columns(table: Table, instrument: Instrument, order: Order | None) -> Columns:
    """Match the header with the instrument.

    Raises:
        Refused: `order-needed` when U8 and U9 could mean two things, `columns-missing` for absent unsur,
            `columns-repeated` for two columns of one meaning.
    """
    names = [plain(name) for name in table.header]
    _check_order(names, instrument, order)
    unsur_of, fields = _unsur_names(instrument, order or "form"), _profile_names(instrument)
    dates = _dates_named_as_unsur(names, unsur_of)
    unsur: dict[str, int] = {}
    profile: dict[str, int] = {}
    other: dict[str, int] = {}
    ignored = []
    for position, name in enumerate(names):
        if name in unsur_of and name not in dates:
            _place(unsur, unsur_of[name], position, table.header)
        elif name in fields:
            _place(profile, fields[name], position, table.header)
        elif name in words().columns:
            _place(other, words().columns[name], position, table.header)
        elif name or any(cells[position] for _, cells in table.rows):
            ignored.append(table.header[position] or f"{position + 1} (tanpa judul)")
    missing = [e for e in instrument.elements if e.key not in unsur]
    if missing:
        raise _missing(missing, table)
    return Columns(instrument, unsur, profile, other, tuple(ignored))


def _unsur_names(instrument: Instrument, order: Order) -> dict[str, str]:
    """The key of an unsur by each of its names: U1, Unsur 1, key, name, question, and U1 before a name."""
    numbers = {e.number: e.key for e in instrument.elements}
    if order == "narrative" and (disputed := _disputed(instrument)):
        first, second = (e.number for e in disputed)
        numbers[first], numbers[second] = numbers[second], numbers[first]
    found = {plain(spelt): key for number, key in numbers.items() for spelt in _spelt(number)}
    for element in instrument.elements:
        either = _disputed(instrument) if element.key in _DISPUTED else ()
        beside = {e.number for e in (element, *either)}
        for name in (element.key, element.name.id, element.name.en, element.question.id, element.question.en):
            found[plain(name)] = element.key
            found |= {plain(spelt + name): element.key for number in beside for spelt in _spelt(number)}
    return found


def _spelt(number: str) -> tuple[str, ...]:
    return number, number.replace("U", "Unsur")


def _disputed(instrument: Instrument) -> tuple[Element, ...]:
    found = tuple(e for e in instrument.elements if e.key in _DISPUTED)
    return found if len(found) == len(_DISPUTED) else ()


def _profile_names(instrument: Instrument) -> dict[str, str]:
    return {plain(field.key): field.key for field in instrument.profile}


def _dates_named_as_unsur(names: Sequence[str], unsur_of: Mapping[str, str]) -> set[str]:
    """Waktu is an unsur, and the date where that unsur has a column besides."""
    both = [name for name in names if name in unsur_of and words().columns.get(name) == "date"]
    return {a for a in both if any(unsur_of.get(b) == unsur_of[a] for b in names if b != a)}


def _place(columns: dict[str, int], name: str, position: int, header: Sequence[str]) -> None:
    if name in columns:
        text = Text("Kolom {one} dan {other} berarti sama", "The columns {one} and {other} mean the same")
        raise Refused("columns-repeated", text.format(one=header[columns[name]], other=header[position]))
    columns[name] = position


def _missing(missing: Sequence[Element], table: Table) -> Refused:
    text = Text(
        "Kolom unsur kurang: {names}. Baris {line} dibaca sebagai judul kolom: {header}",
        "Unsur columns are missing: {names}. Line {line} was read as the header: {header}",
    )
    listed = ", ".join(f"{e.number} ({e.key})" for e in missing)
    header = " | ".join(name for name in table.header if name)[:200]
    return Refused("columns-missing", text.format(names=listed, line=table.header_line, header=header))


def _check_order(names: Sequence[str], instrument: Instrument, order: Order | None) -> None:
    numbers = [e.number for e in _disputed(instrument)]
    if order is None and any(plain(spelt) in names for number in numbers for spelt in _spelt(number)):
        raise _order_needed(numbers)


def _order_needed(numbers: Sequence[str]) -> Refused:
    text = Text(
        "Kolom {numbers} dapat berarti dua hal: kuesioner PermenPANRB 14/2017 menaruh sarana prasarana "
        "sebelum pengaduan, uraiannya sebaliknya. Sebutkan --order form atau --order narrative, "
        "atau beri nama kolom sarpras dan pengaduan",
        "The columns {numbers} can mean two things: the questionnaire of PermenPANRB 14/2017 has "
        "facilities before complaints, its narrative the other way round. Give --order form or "
        "--order narrative, or name the columns sarpras and pengaduan",
    )
    return Refused("order-needed", text.format(numbers=" dan ".join(numbers)))
