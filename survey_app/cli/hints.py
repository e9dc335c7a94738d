"""Which option settles a refusal: pages name a button there, the command line its own way."""

from __future__ import annotations

#: By the error's code.
_WAYS = {
    "period-running": "Pakai --running jika periode yang masih berjalan memang dimaksud.",
    "staff-fewer": "Pakai --replace jika penggantian itu memang dimaksud.",
    "rulesets-mixed": "Pakai --unit KODE untuk hasil satu unit.",
    "sheet-needed": "Pakai --sheet NAMA untuk memilih lembar kerja.",
}


def way(code: str) -> str:
    """What to add to the command after an error of this code; empty where no option settles it."""
    return _WAYS.get(code, "")
