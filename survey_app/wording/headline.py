"""The first sentence of the page for who decides: which way it goes, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence

from survey_app.services.province.agencies import OfAgency
from survey_app.services.province.course import Course
from survey_app.text import Text

_NUMBERS = Text(
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh",
    "one two three four five six seven eight nine ten",
)
PROVINCE = Text("Layanan provinsi", "The province's services")
_COURSES = {
    Course.RISING: Text("{who} jelas membaik", "{who}: clearly improving"),
    Course.RISING_SLOWLY: Text("{who} membaik pelan", "{who}: improving slowly"),
    Course.FALLING: Text("{who} jelas menurun", "{who}: clearly declining"),
    Course.FALLING_SLOWLY: Text("{who} menurun pelan", "{who}: declining slowly"),
    Course.STEADY: Text("{who} bertahan", "{who}: steady"),
    Course.OPEN: Text("{who}", "{who}"),
}
_WAITING = Text("{n} hal menunggu keputusan", "{n} matters await a decision")
_ONE_WAITING = Text("satu hal menunggu keputusan", "one matter awaits a decision")
_NOT_YET = Text("belum ada nilai IKM pada periode ini", "no IKM in this period yet")
_NOTHING = Text("tidak ada yang mendesak", "nothing is urgent")
_MODEL = Text("{n} unit layak ditiru", "units worth learning from: {n}")
_ONE_MODEL = Text("satu unit layak ditiru", "one unit is worth learning from")


def sentence(who: Text, course: Course, waiting: int, models: int, *, measured: bool = True) -> Text:
    """Layanan provinsi membaik pelan; empat hal menunggu keputusan.

    Never only that nothing has changed: without anything to decide it says what is worth learning from.

    Args:
        who: the scope.
        waiting: what is to be decided.
        models: units that have clearly risen.
        measured: whether there is an index; without one nothing is called urgent or not.
    """
    if waiting:
        last = _ONE_WAITING if waiting == 1 else _WAITING.format(n=number(waiting))
        return _joined(_COURSES[course].format(who=who), [last], open_=course is Course.OPEN)
    if not measured:
        return _joined(_COURSES[Course.OPEN].format(who=who), [_NOT_YET], open_=True)
    last = _ONE_MODEL if models == 1 else _MODEL.format(n=number(models))
    clauses = [_NOTHING, last] if models else [_NOTHING]
    return _joined(_COURSES[course].format(who=who), clauses, open_=course is Course.OPEN)


def number(n: int) -> Text:
    """Up to ten in letters."""
    if not 1 <= n <= 10:
        return Text(str(n), str(n))
    return Text(_NUMBERS.id.split()[n - 1], _NUMBERS.en.split()[n - 1])


def _joined(first: Text, clauses: Sequence[Text], *, open_: bool) -> Text:
    join = ": " if open_ else "; "
    id_, en = "; ".join(c.id for c in clauses), "; ".join(c.en for c in clauses)
    return Text(f"{first.id}{join}{id_}.", f"{first.en}{join if open_ else '; '}{en}.")


ALL_OF_ONE = Text("Instansi: semuanya bermutu {letter}", "Agencies: all graded {letter}")
FROM_TO = Text("Instansi: bermutu {low} sampai {high}", "Agencies: graded {low} to {high}")
WITHOUT_LETTER = Text("Instansi menurut IKM", "Agencies by IKM")
HAVE_LOW = Text("{title}, tetapi {n} memiliki unit {low}", "{title}, but {n} with {low} units")
_LOW_TOO = Text("{title}; {n} memiliki unit {low}", "{title}; {n} with {low} units")


def of_agencies(rows: Sequence[OfAgency], letters: Sequence[str], low: Sequence[str]) -> Text:
    """Instansi: semuanya bermutu B, tetapi sembilan memiliki unit C.

    Args:
        letters: in use, the best first; low: the worse half of them.
    """
    had = {row.index.band.mutu for row in rows if row.index.band is not None}
    graded = [letter for letter in letters if letter in had]
    if not graded:
        return WITHOUT_LETTER
    if len(graded) == 1:
        title = ALL_OF_ONE.format(letter=graded[0])
    else:
        title = FROM_TO.format(low=graded[-1], high=graded[0])
    having = sum(row.low > 0 for row in rows)
    if not having:
        return title
    found = {u.score.mutu for row in rows for u in row.units}
    named = [letter for letter in low if letter in found]
    which = Text(" atau ".join(named), " or ".join(named))
    form = _LOW_TOO if graded[-1] in low else HAVE_LOW
    return form.format(title=title, n=number(having), low=which)
