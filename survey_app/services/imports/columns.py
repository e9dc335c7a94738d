"""Which column of an import file is what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from survey_app import instruments
from survey_app.errors import Refused
from survey_app.instruments import Element, Instrument
from survey_app.services.files.tabular import Table, names_of
from survey_app.services.imports.dates import is_date
from survey_app.services.imports.words import plain, words
from survey_app.text import Text

#: Which unsur columns U8 and U9 hold: the questionnaire's order, or that of the regulation's narrative.
Order = Literal["form", "narrative"]

#: The unsur that the regulation numbers in two ways.
_DISPUTED = ("sarpras", "pengaduan")
#: A column that is numbered as an unsur, whatever stands behind the number.
_NUMBERED = re.compile(r"(?:u|unsur)0*(\d{1,2})\D*")
#: Begins the names of columns that hold a date, or a session: 1, 2, pagi.
_CLOCK = "waktu"


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where each thing stands: unsur by key, profile fields by key, others by name.

    Attributes:
        ignored: names of the columns that are not read.
        numbers, people: places of those among them that number respondents, or name them.
        labels: places where a row may say that it is a total.
    """

    instrument: Instrument
    unsur: Mapping[str, int]
    profile: Mapping[str, int]
    other: Mapping[str, int]
    ignored: tuple[str, ...]
    numbers: tuple[int, ...]
    people: tuple[int, ...]
    labels: tuple[int, ...]

    def among_services(self, at: int, header: Sequence[str]) -> bool:
        """Whether a column tells what was served, where IKM is no total."""
        return at == self.other.get("service") or _tells_service(plain(header[at]))


def headers(instrument: Instrument) -> list[Callable[[Sequence[str]], bool]]:
    """What tells the header, the surest first: two unsur; two columns of any kind."""
    unsur = frozenset(_unsur_names(instrument, "form"))
    return [
        partial(_names_two, unsur),
        partial(
            _names_two,
            unsur.union(_profile_names(instrument), words().fields, words().columns, words().also),
        ),
    ]


def _names_two(known: frozenset[str], cells: Sequence[str]) -> bool:
    return len({plain(cell) for cell in cells} & known) >= 2


def read_columns(table: Table, instrument: Instrument, order: Order | None) -> Columns:
    """Match the header with the instrument.

    Raises:
        Refused: `order-needed` when U8 and U9 could mean two things, `columns-missing` for absent unsur,
            `columns-repeated` for two columns of one meaning, `unsur-other` for answers to an unsur that the
            instrument does not have.
    """
    names = [plain(name) for name in table.header]
    _check_order(names, instrument, order)
    unsur_of, fields = _unsur_names(instrument, order or "form"), _profile_names(instrument)
    dates = _dates_named_as_unsur(names, unsur_of)
    sessions = _sessions(table, [at for at, name in enumerate(names) if _is_date(name, unsur_of, dates)])
    unsur: dict[str, int] = {}
    profile: dict[str, int] = {}
    other: dict[str, int] = {}
    unread = []
    for position, name in enumerate(names):
        if name in unsur_of and name not in dates:
            _place(unsur, unsur_of[name], position, table.header)
        elif name in fields:
            _place(profile, fields[name], position, table.header)
        elif name in words().columns and position not in sessions:
            _place(other, words().columns[name], position, table.header)
        else:
            unread.append(position)
    unread = _place_also(names, unread, instrument, profile, other)
    missing = [e for e in instrument.elements if e.key not in unsur]
    if missing:
        raise _missing(missing, table)
    _refuse_other_unsur(table, instrument, unread)
    return _columns(table, instrument, unsur, profile, other, unread)


def _place_also(
    names: Sequence[str],
    unread: Sequence[int],
    instrument: Instrument,
    profile: dict[str, int],
    other: dict[str, int],
) -> list[int]:
    """Names that mean something only where no column has its proper name; what is left of `unread`."""
    own = {field.key for field in instrument.profile}
    left = []
    for at in unread:
        field, column = words().fields.get(names[at]), words().also.get(names[at])
        if field in own and field not in profile:
            profile[field] = at
        elif column and column not in other:
            other[column] = at
        else:
            left.append(at)
    return left


def _columns(
    table: Table,
    instrument: Instrument,
    unsur: Mapping[str, int],
    profile: Mapping[str, int],
    other: Mapping[str, int],
    unread: Sequence[int],
) -> Columns:
    names = [plain(name) for name in table.header]
    numbers = [at for at in unread if names[at] in words().numbers or (not names[at] and at == 0)]
    people = [at for at in unread if names[at] in words().people]
    labels = {*numbers, *people, *profile.values(), *(at for at in unread if not names[at] or at == 0)}
    labels |= {other[name] for name in ("date",) if name in other} | ({0} - {other.get("comment")})
    return Columns(
        instrument=instrument,
        unsur=unsur,
        profile=profile,
        other=other,
        ignored=names_of(table, unread),
        numbers=tuple(numbers),
        people=tuple(people),
        labels=tuple(sorted(labels - set(unsur.values()))),
    )


def _tells_service(name: str) -> bool:
    return any(word in name for word in words().services)


def _is_date(name: str, unsur_of: Mapping[str, str], dates: set[str]) -> bool:
    return words().columns.get(name) == "date" and (name not in unsur_of or name in dates)


def _sessions(table: Table, dated: Sequence[int]) -> set[int]:
    """Columns named as a date that hold none: the session or the time of day beside it.

    The only one is a date with a mistake in every row, unless it is called waktu and holds no year.
    """
    holding = [at for at in dated if any(is_date(cells[at]) for _, cells in table.rows)]
    if holding:
        return set(dated) - set(holding)
    return {
        at
        for at in dated
        if plain(table.header[at]).startswith(_CLOCK)
        and not any(re.search(r"\d{4}", cells[at]) for _, cells in table.rows)
    }


def _refuse_other_unsur(table: Table, instrument: Instrument, unread: Sequence[int]) -> None:
    """A column of an unsur that the instrument does not have may stay empty, but not be answered."""
    numbers = {int(e.number.removeprefix("U")) for e in instrument.elements}
    # A form that asks SKM and SPAK together has both: they are not added, so neither is the other's unsur.
    alike = [i for i in instruments.published().values() if i.gives_ikm == instrument.gives_ikm]
    published = {name for i in alike for name in _unsur_names(i, "form")}
    foreign = (published | words().other_unsur) - set(words().columns) - set(_unsur_names(instrument, "form"))
    found = []
    for at in unread:
        name = plain(table.header[at])
        numbered = _NUMBERED.fullmatch(name)
        if (numbered and int(numbered[1]) not in numbers) or name in foreign:
            n = sum(cells[at].strip("0-., ") != "" for _, cells in table.rows)
            found += [(table.header[at], n)] if n else []
    if found:
        raise _other_unsur(instrument, found)


def _other_unsur(instrument: Instrument, found: Sequence[tuple[str, int]]) -> Refused:
    text = Text(
        "Berkas ini berisi jawaban atas unsur yang tidak ada pada {ref} ({n} unsur): {names}. Itu kuesioner "
        "lain, dengan bobot lain: impor ke unit yang memakainya, atau sebutkan --instrument untuk unit baru.",
        "The file has answers to service elements that {ref} does not have ({n}): {names}. That is another "
        "questionnaire, with other weights: import it for a unit that uses that one, or with --instrument "
        "for a new unit.",
    )
    names = ", ".join(f"{name} ({n})" for name, n in found)
    return Refused("unsur-other", text.format(ref=instrument.ref, n=len(instrument.elements), names=names))


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
    """The key of a profile field by its key; its other names are in `_place_also`."""
    return {plain(field.key): field.key for field in instrument.profile}


def _dates_named_as_unsur(names: Sequence[str], unsur_of: Mapping[str, str]) -> set[str]:
    """Waktu is an unsur, and the date where that unsur has a column besides."""
    both = [name for name in names if name in unsur_of and words().columns.get(name) == "date"]
    return {a for a in both if any(unsur_of.get(b) == unsur_of[a] for b in names if b != a)}


def _place(columns: dict[str, int], name: str, position: int, header: Sequence[str]) -> None:
    if name in columns:
        text = Text("Kolom {one} dan {other} berarti sama.", "The columns {one} and {other} mean the same.")
        raise Refused("columns-repeated", text.format(one=header[columns[name]], other=header[position]))
    columns[name] = position


def _missing(missing: Sequence[Element], table: Table) -> Refused:
    text = Text(
        "Kolom unsur kurang: {names}. Baris {line} dibaca sebagai judul kolom: {header}.",
        "Columns of service elements are missing: {names}. Line {line} was read as the header: {header}.",
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
        "Kolom {numbers} dapat berarti dua hal: kuesioner PermenPANRB 14/2017 menaruh Sarana dan "
        "Prasarana sebelum Penanganan Pengaduan, uraiannya sebaliknya. Sebutkan --order form atau "
        "--order narrative, atau beri nama kolom sarpras dan pengaduan.",
        "The columns {numbers} can mean two things: the questionnaire of PermenPANRB 14/2017 has "
        "facilities before complaints, its narrative the other way round. Give --order form or "
        "--order narrative, or name the columns sarpras and pengaduan.",
    )
    return Refused("order-needed", text.format(numbers=" dan ".join(numbers)))
