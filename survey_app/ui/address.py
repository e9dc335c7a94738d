"""What of a view stands in the address: reload, a colleague's click and the way back show the same.

The address is where a choice lives: a run reads it there, and a widget that changes writes it there, so that
what is shown and what is linked are never two. A choice that is the first one anyway is not written: nobody's
way back leads over addresses that differ in nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from survey_app.ui import drawn
from survey_app.ui.words import said_anew

#: In the address while a page is shown to a meeting: larger, and without what leads elsewhere.
_SHOWN, _TO_A_MEETING = "tampil", "presentasi"
#: What goes along from page to page; a filter or a tab is of one page.
SHARED = ("lang", "agency", "unit", "service", "period")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the address a choice stands.

    Attributes:
        name: of the parameter.
        key: of the widget, in the session.
        forgets: parameters that are of the former choice, as a service is of a unit.
    """

    name: str
    key: str
    forgets: Sequence[str] = ()


def carried() -> dict[str, str]:
    """The part of the address that goes along to another page."""
    return {name: st.query_params[name] for name in SHARED if name in st.query_params}


def presenting() -> bool:
    """Whether the page is shown to a meeting."""
    return st.query_params.get(_SHOWN) == _TO_A_MEETING


def presented(*, on: bool) -> dict[str, str]:
    """The address of what is open now, for a meeting or no longer."""
    here = {name: value for name, value in st.query_params.items() if name != _SHOWN}
    return here | {_SHOWN: _TO_A_MEETING} if on else here


def select(
    label: str, names: Mapping[str, str], place: Place, first: str | None = None, *, labelled: bool = False
) -> str:
    """One of the codes `names`, chosen by its name: the one in the address if it is one of them, or `first`.

    Args:
        names: what each code is called; not empty.
        first: the code that needs no place in the address; by default the first of them.
        labelled: whether the label is in sight, where the choices do not say what they are of.
    """
    usual = _usual(names, first)
    current = asked(place.name, list(names), usual)
    return held(label, names, place.key, current, lambda c: _write(place, c, usual), labelled=labelled)


def held(
    label: str,
    names: Mapping[str, str],
    key: str,
    current: str,
    write: Callable[[str], None],
    *,
    labelled: bool = False,
) -> str:
    """As `select`, for a choice that the address holds in another way: `current` is what it says.

    Args:
        write: puts another choice into the address.
    """
    _show(key, current)
    return st.selectbox(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=key,
        on_change=lambda: write(st.session_state[key]),
        label_visibility="visible" if labelled else "collapsed",
    )


def pills(label: str, names: Mapping[str, str], place: Place, first: str | None = None) -> str:
    """As `select`, with every choice in sight."""
    usual = _usual(names, first)
    _show(place.key, asked(place.name, list(names), usual))
    chosen: str | None = st.pills(
        label,
        list(names),
        selection_mode="single",
        default=None,
        required=True,
        format_func=lambda code: names[code],
        key=place.key,
        on_change=lambda: _write(place, st.session_state[place.key], usual),
        label_visibility="collapsed",
    )
    return chosen or usual


def text(label: str, place: Place, placeholder: str | None = None) -> str:
    """Words somebody searches for, without blanks around them; without a placeholder the label is seen."""
    _show(place.key, st.query_params.get(place.name, ""))
    found = st.text_input(
        label,
        key=place.key,
        max_chars=100,
        # Without one Streamlit says "Search" in a field of this type.
        placeholder=placeholder or label,
        on_change=lambda: _write(place, st.session_state[place.key], ""),
        label_visibility="visible" if placeholder is None else "collapsed",
        type="search",
    )
    return (found or "").strip()


def tabs(names: Mapping[str, str], place: Place) -> dict[str, TabContainer]:
    """Tabs by code, the one in the address open; a click on another runs the page, which need draw no more
    than the tab whose `open` is true."""
    codes, usual = {label: code for code, label in names.items()}, _usual(names, None)
    _show(place.key, names[asked(place.name, list(names), usual)])
    made = st.tabs(
        list(names.values()),
        key=place.key,
        on_change=lambda: _write(place, codes[st.session_state[place.key]], usual),
    )
    return dict(zip(names, made, strict=True))


def asked(name: str, names: Sequence[str], usual: str) -> str:
    """What the address says of a choice, drawn or not: one of `names`, or the usual one."""
    found = st.query_params.get(name)
    return found if found is not None and found in names else usual


def _usual(names: Mapping[str, str], first: str | None) -> str:
    return first if first is not None and first in names else next(iter(names))


def _show(key: str, current: str) -> None:
    """Make the widget show what the address says."""
    drawn.show(said_anew(key), current)


def _write(place: Place, value: str, usual: str) -> None:
    """Streamlit calls it before the run that a change causes."""
    put(place.name, value, usual)
    for name in place.forgets:
        st.query_params.pop(name, None)


def put(name: str, value: str | None, usual: str | None = None) -> None:
    """Write a choice into the address, or out of it where it is none or the usual one."""
    if not value or value == usual:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
