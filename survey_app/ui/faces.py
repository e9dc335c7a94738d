"""The faces beside the answers: one drawing for every form, so that a score looks the same everywhere."""

from __future__ import annotations


def face(level: int, levels: int = 4) -> str:
    """A face from sad (`level` 1) to glad (`levels`), as an SVG in the colour of the text around it.

    It says nothing that the words beside it do not say, so it is hidden from screen readers.
    """
    gladness = (level - 1) / (levels - 1)
    corner, middle = 33.5 - 3.5 * gladness, 24 + 17 * gladness
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="face" viewBox="0 0 48 48" aria-hidden="true"'
        ' focusable="false" fill="none"'
        ' stroke="currentColor" stroke-width="2.5" stroke-linecap="round">'
        '<circle cx="24" cy="24" r="20.5"/>'
        '<path d="M17 18v3M31 18v3" stroke-width="4"/>'
        f'<path d="M15 {corner:.1f}Q24 {middle:.1f} 33 {corner:.1f}"/></svg>'
    )
