"""Formulas of the IKM itself."""

from analytics.formulas.model import Formula

_REGULATION = "PermenPANRB 14/2017"
_SCORE = "analytics.ikm.scoring.score"

INDEX = (
    Formula(
        key="nrr",
        name_id="Nilai rata-rata per unsur (NRR)",
        name_en="Mean score of an unsur (NRR)",
        formula="NRR_i = sum of scores of unsur i / number who answered unsur i",
        unit="score, 1 to the highest level",
        source=_REGULATION,
        function=_SCORE,
    ),
    Formula(
        key="weighted-nrr",
        name_id="NRR tertimbang",
        name_en="Weighted NRR",
        formula="w_i x NRR_i with w_i = 1/x for x unsur, or weights of dominant unsur scaled to sum 1",
        unit="score",
        source=_REGULATION,
        function=_SCORE,
    ),
    Formula(
        key="ikm",
        name_id="Indeks Kepuasan Masyarakat (IKM)",
        name_en="Public satisfaction index (IKM)",
        formula=(
            "IKM = 100/levels x sum of w_i NRR_i (25 x for four levels), exact, rounded half up once, 2 "
            "decimals"
        ),
        unit="index points, 25 to 100",
        source=_REGULATION,
        function=_SCORE,
    ),
    Formula(
        key="mutu",
        name_id="Mutu dan kinerja",
        name_en="Grade",
        formula="D 25.00-64.99, C 65.00-76.60, B 76.61-88.30, A 88.31-100.00, of the rounded IKM",
        unit="letter",
        source=f"{_REGULATION}, nilai interval konversi",
        function="analytics.ikm.bands.classify",
    ),
    Formula(
        key="comparators",
        name_id="Pembanding bobot 0,11 dan 0,111",
        name_en="Comparators with weights 0.11 and 0.111",
        formula=(
            "25 x 0.11 x sum of NRR and 25 x 0.111 x sum of NRR, for nine equal weights; never the result"
        ),
        unit="index points",
        source=f"{_REGULATION}, body (0.11) and processing form (0.111)",
        function=_SCORE,
    ),
    Formula(
        key="ikm-se",
        name_id="Galat baku IKM",
        name_en="Standard error of the IKM",
        formula="SE = 100/levels x sqrt((1 - n/N) x n/(n - 1) x sum over sheets of (sum_i w_i "
        "(x_i - NRR_i)/n_i)^2); "
        "1 - n/N only when the population N is known",
        unit="index points",
        source="Cochran 1977, 6.4; Woodruff 1971 (linearised ratio means)",
        function="analytics.ikm.sampling_error.sampling_error",
    ),
    Formula(
        key="unsur-answered-by-few",
        name_id="Unsur yang hanya dijawab sedikit responden",
        name_en="Unsur answered by few",
        formula="no SE and no interval when an unsur with weight has n_i < 5 and n_i < n/2, or n_i < 10 and "
        "n_i < n/20; where all sheets agree there is an interval, with the least n_i/N for n/N",
        unit="answers",
        source="coverage by simulation: python -m benchmarks.coverage",
        function="analytics.ikm.unanswered.answered_by_few",
    ),
    Formula(
        key="ikm-interval",
        name_id="Selang kepercayaan IKM (Wilson)",
        name_en="Interval of the IKM (Wilson)",
        formula="m = (IKM - low)/(100 - low), low = 100/levels; all theta with (m - b - (1 - 2b) theta)^2 <= "
        "t^2 A theta (1 - theta), and m itself; A = phi (1 - n/N)/n; b = 0.07 A (t^2 (1 - nu/df) - 1); phi = "
        "(d phi_0 + w phi_p + nu phi_s)/df, df = d + w + nu, d = 6/(1 + w/20), w without a past 0, and "
        "(phi_p/phi_s)^2 as much where phi_s is above phi_p; t of df at 97.5 %; the lower end is 0 where "
        "m - b <= 0, the upper end 1 where m - b >= 1 - 2b; at least n/N m, at most n/N m + 1 - n/N; low + "
        "(100 - low) theta; n as of dispersion-own throughout; where all N users sent a sheet the interval "
        "is m; none of one sheet",
        unit="index points, 95 %",
        source="Wilson 1927, JASA 22; Franco, Little, Louis and Slud 2019, Journal of Survey Statistics and "
        "Methodology 7(3); moderated variance of Smyth 2004",
        function=_SCORE,
    ),
    Formula(
        key="ikm-interval-t",
        name_id="Selang kepercayaan IKM (t)",
        name_en="Interval of the IKM (plain t)",
        formula="IKM -+ t(n - 1) x SE, cut at the ends of the scale",
        unit="index points, 95 %",
        source="Cochran 1977",
        function=_SCORE,
    ),
    Formula(
        key="nrr-se",
        name_id="Galat baku NRR",
        name_en="Standard error of an NRR",
        formula=(
            "SE = s/sqrt(n) x sqrt(1 - n/N) over the n who answered the unsur; 1 - n/N only when N is known"
        ),
        unit="score",
        source="Cochran 1977, 2.6",
        function="analytics.ikm.estimate.unsur_estimate",
    ),
    Formula(
        key="rounding",
        name_id="Pembulatan",
        name_en="Rounding",
        formula="floor(value x 10^places + 1/2) / 10^places on the exact fraction",
        unit="as the value",
        source="rounding half up",
        function="analytics.rounding.half_up",
    ),
)
