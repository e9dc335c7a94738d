"""Formulas of the IKM itself."""

from analytics.formulas.model import Formula

_REGULATION = "PermenPANRB 14/2017"
_SCORE = "analytics.ikm.scoring.score"

INDEX = (
    Formula(
        "nrr",
        "Nilai rata-rata per unsur (NRR)",
        "Mean score of an unsur (NRR)",
        "NRR_i = sum of scores of unsur i / number who answered unsur i",
        "score, 1 to the highest level",
        _REGULATION,
        _SCORE,
    ),
    Formula(
        "weighted-nrr",
        "NRR tertimbang",
        "Weighted NRR",
        "w_i x NRR_i with w_i = 1/x for x unsur, or weights of dominant unsur scaled to sum 1",
        "score",
        _REGULATION,
        _SCORE,
    ),
    Formula(
        "ikm",
        "Indeks Kepuasan Masyarakat (IKM)",
        "Public satisfaction index (IKM)",
        "IKM = 100/levels x sum of w_i NRR_i (25 x for four levels), exact, rounded half up once, 2 decimals",
        "index points, 25 to 100",
        _REGULATION,
        _SCORE,
    ),
    Formula(
        "mutu",
        "Mutu dan kinerja",
        "Grade",
        "D 25.00-64.99, C 65.00-76.60, B 76.61-88.30, A 88.31-100.00, of the rounded IKM",
        "letter",
        f"{_REGULATION}, nilai interval konversi",
        "analytics.ikm.bands.classify",
    ),
    Formula(
        "comparators",
        "Pembanding bobot 0,11 dan 0,111",
        "Comparators with weights 0.11 and 0.111",
        "25 x 0.11 x sum of NRR and 25 x 0.111 x sum of NRR, for nine equal weights; never the result",
        "index points",
        f"{_REGULATION}, body (0.11) and processing form (0.111)",
        _SCORE,
    ),
    Formula(
        "ikm-se",
        "Galat baku IKM",
        "Standard error of the IKM",
        "SE = 100/levels x sqrt((1 - n/N) x n/(n - 1) x sum over sheets of (sum_i w_i (x_i - NRR_i)/n_i)^2); "
        "1 - n/N only when the population N is known",
        "index points",
        "Cochran 1977, 6.4; Woodruff 1971 (linearised ratio means)",
        _SCORE,
    ),
    Formula(
        "unsur-answered-by-few",
        "Unsur yang hanya dijawab sedikit responden",
        "Unsur answered by few",
        "no SE and no interval when an unsur with weight has n_i < 5 and n_i < n/2, or n_i < 10 and "
        "n_i < n/20",
        "answers",
        "coverage by simulation: python -m benchmarks.coverage",
        "analytics.ikm.unanswered.answered_by_few",
    ),
    Formula(
        "ikm-interval",
        "Selang kepercayaan IKM (logit-t)",
        "Interval of the IKM (logit-t)",
        "p = (IKM - low)/(100 - low), low = 100/levels; logit(p) -+ t(n - 1) SE/((100 - low) p (1 - p)), "
        "taken back to the scale",
        "index points, 95 %",
        "delta method on the logit of the position on the scale",
        _SCORE,
    ),
    Formula(
        "ikm-interval-t",
        "Selang kepercayaan IKM (t)",
        "Interval of the IKM (plain t)",
        "IKM -+ t(n - 1) x SE, cut at the ends of the scale",
        "index points, 95 %",
        "Cochran 1977",
        _SCORE,
    ),
    Formula(
        "nrr-se",
        "Galat baku NRR",
        "Standard error of an NRR",
        "SE = s/sqrt(n) x sqrt(1 - n/N) over the n who answered the unsur; 1 - n/N only when N is known",
        "score",
        "Cochran 1977, 2.6",
        "analytics.ikm.estimate.of_unsur",
    ),
    Formula(
        "rounding",
        "Pembulatan",
        "Rounding",
        "floor(value x 10^places + 1/2) / 10^places on the exact fraction",
        "as the value",
        "rounding half up",
        "analytics.rounding.half_up",
    ),
)
