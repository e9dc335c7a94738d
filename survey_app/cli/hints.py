"""Which option settles a refusal: pages name a button there, the command line its own way."""

from __future__ import annotations

#: By the error's code.
_WAYS = {
    "period-running": "Jika periode yang masih berjalan memang dimaksud: --running",
    "staff-fewer": "Jika penggantian itu memang dimaksud: --replace",
    "rulesets-mixed": "Hasil satu unit: --unit KODE",
    "sheet-needed": "Memilih lembar kerja: --sheet NAMA",
}


def way(code: str) -> str:
    """What to add to the command after an error of this code; empty where no option settles it."""
    return _WAYS.get(code, "")
