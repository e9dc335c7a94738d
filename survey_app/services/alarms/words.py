"""Words that several rules use: numbers in sentences, who is to act, names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from analytics import half_up
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.text import Text

_INDONESIAN = str.maketrans(".,", ",.")


def number(value: Decimal | Fraction | float, places: int = 2) -> Text:
    """1.234,50 and 1,234.50."""
    english = f"{half_up(Fraction(value), places):,f}"
    return Text(english.translate(_INDONESIAN), english)


def percent(share: float) -> Text:
    """38%, in whole percents."""
    return Text(*[f"{half_up(Fraction(100 * share), 0):f}%"] * 2)


def name(words: str) -> Text:
    """A name, which is the same in both languages."""
    return Text(words, words)


def head_of(what: str) -> Text:
    """The post that answers for an agency or a unit."""
    return Text("Kepala {name}", "Head of {name}").format(name=what)


def head_of_agency(entry: UnitEntry) -> Text:
    """The post that answers for the unit's agency."""
    return head_of(entry.agency.name)


#: Who is to act where a card is about several.
EACH_HEAD = Text("Kepala unit masing-masing", "The head of each unit")
EACH_AGENCY_HEAD = Text("Kepala instansi masing-masing", "The head of each agency")
PROVINCE_HEAD = Text("Sekretaris daerah", "The regional secretary")
STAFF_OFFICE = Text("Pengelola kepegawaian", "The staff office")
PROVINCE_ADMIN = Text("Admin provinsi", "The provincial administrator")


def several(units: int) -> Text:
    """How many units a card is about."""
    return Text("{n} unit", "{n} units").format(n=units)


def whole(value: int) -> Text:
    """1.234 and 1,234."""
    return number(Fraction(value), 0)


def joined(*parts: Text) -> Text:
    """One text after the other, as they are."""
    return Text("".join(part.id for part in parts), "".join(part.en for part in parts))


def enumerated(parts: Sequence[Text]) -> Text:
    """Separated by commas."""
    return Text(", ".join(part.id for part in parts), ", ".join(part.en for part in parts))


#: Names in one sentence; of more, the others are counted.
NAMED = 3
_MORE = Text("{names}, dan {n} lagi", "{names} and {n} more")


def listed(names: Sequence[str]) -> Text:
    """The first of them, and how many more there are."""
    text = name(", ".join(names[:NAMED]))
    return text if len(names) <= NAMED else _MORE.format(names=text, n=len(names) - NAMED)
