"""Personal numbers and addresses taken out of free text before it is stored, and names where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analytics.text.redaction.contacts import find_contacts
from analytics.text.redaction.names import NameWords, compile_names, find_names
from analytics.text.redaction.numbers import find_numbers, find_passports
from analytics.text.redaction.places import find_places
from analytics.text.redaction.plain import Plain
from analytics.text.redaction.spans import Personal, Span, replaced

__all__ = ["NameWords", "Personal", "Span", "compile_names", "find_personal", "redact"]

_FINDERS: tuple[Callable[[Plain], Iterable[Span]], ...] = (
    find_contacts,
    lambda plain: find_passports(plain.text),
    lambda plain: find_numbers(plain.text),
    find_places,
)


def find_personal(text: str, names: NameWords | None = None) -> list[Span]:
    """What in `text` points to a person, in order: numbers, addresses, plates; with `names` those too.

    Letters, digits and marks count as they look: full-width digits, any dash, and zero-width characters too.
    """
    plain = Plain.of(text)
    found: list[Span] = []
    for finder in _FINDERS if names is None else (*_FINDERS, lambda seen: find_names(seen, names)):
        new = list(finder(plain))
        found += new
        plain = plain.without((span.start, span.end) for span in new)
    return sorted(Span(*plain.original(span.start, span.end), span.kind) for span in found)


def redact(text: str, names: NameWords | None = None) -> str:
    """`text` with a mark such as "[telepon]" in the place of everything that `find_personal` finds.

    Nothing is found in the result: applying it twice changes nothing more. Each round takes digits, signs or
    names away and adds none, so that there is a last one.
    """
    while found := find_personal(text, names):
        text = replaced(text, found)
    return text
