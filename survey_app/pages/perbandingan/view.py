"""The comparison on screen: a sentence, then one of five views of the same units."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from analytics.comparison import Side
from survey_app.pages.perbandingan import (
    download_view,
    filters,
    funnel_view,
    heat_view,
    method_view,
    regions_view,
    table_view,
    ways_view,
)
from survey_app.services.places.scope import Scope
from survey_app.services.province.by_region import by_region
from survey_app.services.province.comparison import MINIMUM_RANKED, RANKS_SEED
from survey_app.services.province.overview import Overview
from survey_app.services.province.side_by_side import SideBySide, side_by_side
from survey_app.services.province.small_areas import Estimated
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address, layout, region_map
from survey_app.ui.address import Place
from survey_app.ui.words import say, t

BOTH = Text(
    "{below} unit jelas di bawah rata-rata {scope}; {above} jelas di atas.",
    "{below} units are clearly below the mean of {scope}; {above} clearly above.",
)
ONE_BELOW = Text(
    "Satu unit jelas di bawah rata-rata {scope}; {above} jelas di atas.",
    "One unit is clearly below the mean of {scope}; {above} clearly above.",
)
NONE_BELOW = Text(
    "Tidak ada unit yang jelas di bawah rata-rata {scope}; {above} jelas di atas dan layak ditiru.",
    "No unit is clearly below the mean of {scope}; {above} clearly above, worth taking after.",
)
ALIKE = Text(
    "Belum ada unit yang jelas berbeda dari rata-rata {scope}; tambah responden agar terlihat.",
    "No unit clearly differs from the mean of {scope} yet; more respondents would show it.",
)
NOTHING = Text("Perbandingan: belum cukup unit", "Comparison: not enough units yet")
PROVINCE = Text("provinsi", "the province")
AGENCY = Text("instansi", "the agency")
TOO_FEW = Text(
    "Peringkat memerlukan sedikitnya dua unit yang masing-masing memiliki {n} responden atau lebih.",
    "A ranking needs at least two units with {n} or more respondents each.",
)
FEWEST = Text("Jumlah responden minimum", "Minimum number of respondents")
NO_REGION = Text(
    "Belum ada unit yang daerahnya diketahui. Isi kabupaten/kota yang dilayani di Pengaturan.",
    "Of no unit the region is known yet. Say in the settings which kabupaten or kota it serves.",
)


def show(
    database: Database,
    all_units: Overview,
    scope: Scope,
    targets: Mapping[str, Decimal],
    estimates: Mapping[int, Estimated],
) -> None:
    """All of the page below the choice of where and when.

    Args:
        scope: whom `all_units` are of, whose trends reach a year back.
        targets: of units, by their codes.
    """
    found = side_by_side(all_units, RANKS_SEED, _fewest_asked(), targets)
    layout.heading(headline(found, province=scope.agency is None))
    names = {
        "dots": t("Titik", "Dots"),
        "unsur": t("Unit × unsur", "Unit × element"),
        "regions": t("Daerah", "Regions"),
        "spread": t("Sebaran", "Spread"),
        "ways": t("Cara menjawab", "Way of answering"),
    }
    for code, tab in address.tabs(names, Place(name="tab", key="compare-tab")).items():
        if tab.open:
            with tab:
                _show(code, database, found, all_units, scope, estimates)


def headline(found: SideBySide, *, province: bool) -> str:
    """What one sees first: how many units differ clearly from the mean."""
    if not found.standings:
        return say(NOTHING)
    below, above = found.on(Side.BELOW), found.on(Side.ABOVE)
    words = ALIKE if not above else NONE_BELOW
    if below:
        words = ONE_BELOW if below == 1 else BOTH
    return say(words.format(below=below, above=above, scope=PROVINCE if province else AGENCY))


def _show(
    code: str,
    database: Database,
    found: SideBySide,
    all_units: Overview,
    scope: Scope,
    estimates: Mapping[int, Estimated],
) -> None:
    if code == "dots":
        _show_dots(found, estimates)
        download_view.offer(scope, all_units.period)
    elif code == "unsur":
        _show_heat(found)
    elif code == "regions":
        _show_regions(found, all_units)
    elif code == "spread":
        funnel_view.show(found.comparison)
    else:
        ways_view.show(database, found.comparison)


def _show_dots(found: SideBySide, estimates: Mapping[int, Estimated]) -> None:
    layout.style("side_by_side")
    if not found.standings:
        st.markdown(say(TOO_FEW.format(n=found.comparison.minimum)))
        method_view.show_unranked(found.comparison, estimates)
    else:
        kept = filters.ask(found, filters.orders(), "sort")
        if kept.ranked:
            rows = filters.ordered(kept.ranked, kept.order)
            in_blocks = kept.order in ("high", "low")
            st.html(table_view.html(found, rows, method_view.ranks(), in_blocks=in_blocks))
        else:
            st.markdown(filters.nothing())
        method_view.show(found, estimates)
    _ask_fewest()


def _show_heat(found: SideBySide) -> None:
    layout.style("side_by_side")
    if not found.comparison.heat:
        st.markdown(t("Belum ada unit yang dapat dibandingkan.", "No units can be compared yet."))
        return
    orders = heat_view.orders(found.comparison)
    kept = filters.ask(found, orders, "order", found.comparison.unranked)
    if kept.results:
        st.html(heat_view.html(found.comparison, kept.results, kept.order))
    else:
        st.markdown(filters.nothing())


def _show_regions(found: SideBySide, all_units: Overview) -> None:
    layout.style("side_by_side")
    regions = by_region(all_units.units)
    if regions is None:
        st.markdown(say(NO_REGION))
        return
    drawn, listed = st.columns([5, 6], gap="large")
    with drawn:
        region_map.show(regions, chosen=filters.chosen_region())
    with listed:
        st.html(regions_view.html(regions, found.grading.bands or ()))


def _fewest_asked() -> int:
    """Below so many respondents no unit is ranked; in the address where it is not the usual number."""
    asked = st.query_params.get("minimum-n", "")
    # Of some thousand digits Python makes no number.
    known = asked.isdecimal() and len(asked) < 9
    return min(1000, max(10, int(asked))) if known else MINIMUM_RANKED


def _ask_fewest() -> None:
    key, current = "minimum-n", _fewest_asked()
    if st.session_state.get(key) != current:
        st.session_state[key] = current
    st.number_input(
        say(FEWEST),
        10,
        1000,
        key=key,
        on_change=lambda: address.put(key, str(st.session_state[key]), str(MINIMUM_RANKED)),
        width=240,
    )
