"""Which ranges of ranks are meant: those of all units, that hold together, or those of single units."""

from __future__ import annotations

from enum import StrEnum

from survey_app.services.province.comparison import Place
from survey_app.text import Text
from survey_app.wording.voice import between


class RangeOf(StrEnum):
    """What a range of ranks holds for."""

    ALL = "all-units-together"
    ONE = "one-unit-alone"


NAMES = {
    RangeOf.ALL: Text("Semua unit sekaligus", "All units together"),
    RangeOf.ONE: Text("Satu unit saja", "One unit alone"),
}
MEANING = {
    RangeOf.ALL: Text(
        "Peringkat ditulis sebagai rentang karena datanya sampel. Rentang ini berlaku untuk semua unit "
        "sekaligus: dengan keyakinan 95%, setiap unit berada di dalam rentangnya.",
        "Ranks are given as ranges because the data are a sample. These ranges hold for all units together: "
        "with 95% confidence, every unit lies within its range.",
    ),
    RangeOf.ONE: Text(
        "Peringkat ditulis sebagai rentang karena datanya sampel. Rentang ini berlaku untuk satu unit saja. "
        "Jika seluruh tabel dibaca, sekitar 1 dari 20 unit berada di luar rentangnya.",
        "Ranks are given as ranges because the data are a sample. These ranges hold for one unit alone. "
        "Where the whole table is read, about 1 unit in 20 lies outside its range.",
    ),
}


def written(place: Place, of: RangeOf) -> str:
    """3–8, or 3 where one place is left."""
    found = place.together if of is RangeOf.ALL else place.rank
    return f"{found.low}" if found.low == found.high else between(found.low, found.high)
