"""Faces for the levels of a scale: one drawing for any number of levels, from a frown to a smile."""

from __future__ import annotations


def symbol(level: int, levels: int) -> str:
    """An SVG `<symbol>` with the id `face-<level>`, for `<use href="#face-...">`.

    The mouth bends from down to up as `level` goes from 1 to `levels`; the tint follows, but says nothing
    that the mouth and the words beside it do not say. Plain numbers only, so it needs no escaping.
    """
    return f'<symbol id="face-{level}" viewBox="0 0 32 32">{drawing(level, levels)}</symbol>'


def drawing(level: int, levels: int) -> str:
    """The face itself in a box of 32 by 32, in the current colour. Raises: ValueError for no such level."""
    if not 1 <= level <= levels or levels < 2:
        raise ValueError(f"face-level: got {level} of {levels}, expected 1..levels of at least 2")
    t = (level - 1) / (levels - 1)
    ends, bend = 24 - 5 * t, 15.5 + 12 * t
    return (
        f'<circle cx="16" cy="16" r="14" fill="hsl({round(12 + 118 * t)} 75% 86%)"/>'
        '<g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">'
        '<circle cx="16" cy="16" r="14"/>'
        f'<path d="M11 11.5v2M21 11.5v2M9.5 {ends:.1f}Q16 {bend:.1f} 22.5 {ends:.1f}"/></g>'
    )
