"""What a formula is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Formula:
    """One formula of the product.

    Attributes:
        key: stable identifier; names "Tunjukkan hitungan" and the section of docs/formulas.md.
        name_id, name_en: what it is called.
        formula: in plain text, as the code computes it.
        unit: of the result, with its range.
        source: regulation article or paper.
        function: dotted path of the function that computes it.
    """

    key: str
    name_id: str
    name_en: str
    formula: str
    unit: str
    source: str
    function: str
