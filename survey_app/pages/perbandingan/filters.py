"""Which units are shown and in which order, all of it in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.regions import regions
from survey_app.services.places.unit_kinds import kind_name, kinds
from survey_app.services.province.side_by_side import SideBySide, Standing
from survey_app.text import Text
from survey_app.ui import address
from survey_app.ui.address import Place
from survey_app.ui.words import say, t

#: Fewer respondents than that are named by a filter: their intervals are wide.
FEW = 50
#: The shapes that a letter has everywhere, as text.
_SHAPES = {"A": "▲", "B": "●", "C": "◆", "D": "■"}
SEARCH = Text("Cari unit atau instansi", "Search for a unit or agency")
ALL = Text("Semua {n}", "All {n}")
FELL = Text("Turun dalam setahun {n}", "Lower than a year ago {n}")
FEWER = Text("Responden kurang dari {fewest}: {n}", "Fewer than {fewest} respondents: {n}")
BELOW_TARGET = Text("Di bawah target {n}", "Below target {n}")
SHOWN = Text("Unit yang ditampilkan", "Units shown")
REGION = Text("Daerah", "Region")
EVERY_REGION = Text("Semua daerah", "All regions")
NO_REGION = Text("Melayani seluruh provinsi", "Serving the whole province")
KIND = Text("Jenis layanan", "Kind of unit")
EVERY_KIND = Text("Semua jenis", "All kinds")
NO_KIND = Text("Jenis belum diketahui", "Kind not known yet")
ORDER = Text("Urutan", "Order")
ORDERS = {
    "high": Text("Tertinggi dahulu", "Highest first"),
    "low": Text("Terendah dahulu", "Lowest first"),
    "year": Text("Penurunan setahun terbesar dahulu", "Largest fall over a year first"),
    "n": Text("Responden tersedikit dahulu", "Fewest respondents first"),
    "agency": Text("Menurut instansi", "By agency"),
    "name": Text("Menurut nama", "By name"),
}
#: In the address: units that serve no single region, or whose kind nobody said.
_NONE = "none"
_FILTER, _REGION, _KIND = "filter", "region", "kind"


@dataclass(frozen=True)
class Kept:
    """What the choices leave: ranked units, the highest first, others, and the order that is asked for."""

    ranked: list[Standing]
    unranked: list[UnitResult]
    order: str

    @property
    def results(self) -> list[UnitResult]:
        return [*(s.result for s in self.ranked), *self.unranked]


def ask(found: SideBySide, orders: Mapping[str, str], sort: str, others: Sequence[UnitResult] = ()) -> Kept:
    """The row of choices, and what it leaves.

    Args:
        orders: what each order is called; `sort` is the parameter that holds it.
        others: units without a rank that are shown too.
    """
    with st.container(horizontal=True, key="compare-tools", gap="small", vertical_alignment="center"):
        words = address.text(say(SEARCH), Place(name="q", key="compare-q"), say(SEARCH))
        names = _filters(found.standings, others)
        asked = address.pills(say(SHOWN), names, Place(name=_FILTER, key="compare-filter"))
        every = [*(s.result for s in found.standings), *others]
        kind, region = _kind(every), _region(every)
        order = address.select(say(ORDER), orders, Place(name=sort, key=f"compare-{sort}"))
    ranked = [s for s in found.standings if _fits(s.result, words, kind, region) and _TESTS[asked](s)]
    also = [u for u in others if _fits(u, words, kind, region) and _of_any(u, asked)]
    return Kept(ranked, also, order)


def ordered(shown: Sequence[Standing], order: str) -> list[Standing]:
    """`shown`, which come the highest first, in another order."""
    if order == "high":
        return list(shown)
    return sorted(reversed(shown) if order == "low" else shown, key=_KEYS.get(order, lambda _: 0))


def orders() -> dict[str, str]:
    """The orders of a list of units, by their codes."""
    return {code: say(name) for code, name in ORDERS.items()}


def _filters(standings: Sequence[Standing], others: Sequence[UnitResult]) -> dict[str, str]:
    """Every filter with how many units it leaves; a letter nobody has is left out, as is a target nobody."""
    letters = sorted({r.score.mutu or "" for r in (*(s.result for s in standings), *others)} - {""})
    count = {
        code: sum(test(s) for s in standings) + sum(_of_any(u, code) for u in others)
        for code, test in _TESTS.items()
    }
    names = {"": say(ALL.format(n=count[""]))}
    names |= {m: f"{_SHAPES.get(m, '')} {m} {count[m]}".strip() for m in letters if m in count}
    names |= {"fell": say(FELL.format(n=count["fell"]))}
    names |= {"few": say(FEWER.format(fewest=FEW, n=count["few"]))}
    if any(s.target is not None for s in standings):
        names["target"] = say(BELOW_TARGET.format(n=count["target"]))
    return names


def _letter(mutu: str) -> Callable[[Standing], bool]:
    return lambda s: s.result.score.mutu == mutu


_TESTS: dict[str, Callable[[Standing], bool]] = {
    "": lambda _: True,
    **{mutu: _letter(mutu) for mutu in "ABCDEFGH"},
    "fell": lambda s: s.fell,
    "few": lambda s: s.result.score.n < FEW,
    "target": lambda s: s.below_target,
}


def _of_any(result: UnitResult, kind: str) -> bool:
    """The filters that say something of a unit without a rank."""
    return kind in ("", result.score.mutu) or (kind == "few" and result.score.n < FEW)


_KEYS: dict[str, Callable[[Standing], object]] = {
    "year": lambda s: s.year.difference.value or 0.0 if s.year is not None else Decimal("Infinity"),
    "n": lambda s: s.result.score.n,
    "agency": lambda s: s.result.entry.agency.name.casefold(),
    "name": lambda s: s.result.entry.unit.name.casefold(),
}


def _kind(results: Iterable[UnitResult]) -> str:
    """One of the kinds that the units are, in the order of the list; nothing is asked where none is known."""
    known = {r.entry.unit.kind for r in results}
    if known <= {None}:
        return ""
    listed = [key for key in kinds() if key in known]
    unlisted = sorted(key for key in known if key and key not in listed)
    names = {"": say(EVERY_KIND)} | {key: say(kind_name(key)) for key in (*listed, *unlisted)}
    if None in known:
        names[_NONE] = say(NO_KIND)
    return address.select(say(KIND), names, Place(name=_KIND, key=f"compare-kind-{len(names)}"))


def _region(results: Iterable[UnitResult]) -> str:
    """One of the regions that the units serve; nothing is asked where none is known."""
    codes = {r.entry.unit.region for r in results}
    if codes <= {None}:
        return ""
    names = {"": say(EVERY_REGION)}
    names |= {code: regions().region(code).name for code in sorted(c for c in codes if c)}
    if None in codes:
        names[_NONE] = say(NO_REGION)
    return address.select(say(REGION), names, Place(name=_REGION, key=f"compare-region-{len(names)}"))


def _fits(result: UnitResult, words: str, kind: str, region: str) -> bool:
    name = f"{result.entry.unit.name} {result.entry.agency.name}".casefold()
    for asked, own in ((kind, result.entry.unit.kind), (region, result.entry.unit.region)):
        if asked and (own or _NONE) != asked:
            return False
    return all(word in name for word in words.casefold().split())


def chosen_region() -> str:
    """The region in the address, if any."""
    return st.query_params.get(_REGION, "")


def nothing() -> str:
    """What is said where no unit is left."""
    return t(
        "Tidak ada unit yang cocok. Hapus kata pencarian atau pilih “Semua”.",
        "No unit matches. Clear the search or choose “All”.",
    )
