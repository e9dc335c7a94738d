"""The formulas behind a unit's number in Indonesian; English is how analytics lists them."""

from __future__ import annotations

from analytics.formulas import Formula
from survey_app.text import Language

#: Formula and source by the key of the list.
_INDONESIAN = {
    "nrr": ("NRR_i = jumlah nilai unsur i / banyak yang menjawab unsur i", "PermenPANRB 14/2017"),
    "weighted-nrr": (
        "w_i × NRR_i dengan w_i = 1/x untuk x unsur, atau bobot unsur dominan yang dijumlah menjadi 1",
        "PermenPANRB 14/2017",
    ),
    "ikm": (
        "IKM = 100/tingkat × jumlah w_i NRR_i (25 × untuk empat tingkat), tepat, dibulatkan sekali setengah "
        "ke atas, 2 desimal",
        "PermenPANRB 14/2017",
    ),
    "rounding": (
        "bulatkan ke bawah(nilai × 10^desimal + 1/2) / 10^desimal, dari pecahan yang tepat",
        "pembulatan setengah ke atas",
    ),
    "mutu": (
        "D 25,00–64,99, C 65,00–76,60, B 76,61–88,30, A 88,31–100,00, dari IKM yang dibulatkan",
        "PermenPANRB 14/2017, nilai interval konversi",
    ),
    "comparators": (
        "25 × 0,11 × jumlah NRR dan 25 × 0,111 × jumlah NRR, untuk sembilan unsur berbobot sama; hanya "
        "pembanding, bukan hasil resmi",
        "PermenPANRB 14/2017, batang tubuh (0,11) dan format pengolahan (0,111)",
    ),
    "ikm-se": (
        "SE = 100/tingkat × akar((1 − n/N) × n/(n − 1) × jumlah untuk semua responden (jumlah_i w_i (x_i "
        "− NRR_i)/n_i)^2); 1 − n/N hanya jika N diketahui",
        "Cochran 1977, 6.4; Woodruff 1971 (rasio rata-rata yang dilinearkan)",
    ),
    "ikm-interval": (
        "p = (IKM − dasar)/(100 − dasar), dasar = 100/tingkat; "
        "logit(p) ± t(n − 1) SE/((100 − dasar) p (1 − p)), dikembalikan ke skala",
        "metode delta pada logit kedudukan di skala",
    ),
}


def row(formula: Formula, language: Language) -> tuple[str, str, str]:
    """Name, formula and source in `language`."""
    if language == "en":
        return formula.name_en, formula.formula, formula.source
    return formula.name_id, *_INDONESIAN[formula.key]
