"""Formulas on the questionnaire: reliability, priorities, sample size, quality, disclosure."""

from analytics.formulas.model import Formula

QUESTIONNAIRE = (
    Formula(
        key="covariance",
        name_id="Kovarians antar-unsur",
        name_en="Covariance of elements",
        formula="cov_ij = (p c_ij - s_ij s_ji) / (p (p - 1)), over the p sheets that answer both i and j",
        unit="score squared",
        source="sample covariance, pairwise",
        function="analytics.ikm.covariance.covariance",
    ),
    Formula(
        key="alpha",
        name_id="Alfa Cronbach",
        name_en="Cronbach's alpha",
        formula="alpha = k/(k - 1) x (1 - sum of variances / variance of the sum); if dropped: "
        "of the k - 1 others",
        unit="at most 1",
        source="Cronbach 1951",
        function="analytics.ikm.reliability.reliability",
    ),
    Formula(
        key="alpha-interval",
        name_id="Selang kepercayaan alfa Cronbach",
        name_en="Interval of Cronbach's alpha",
        formula="reliability-interval of alpha, by alpha without each sheet",
        unit="at most 1, 95 %",
        source="Tukey 1958",
        function="analytics.ikm.reliability.alpha_interval",
    ),
    Formula(
        key="polychoric",
        name_id="Korelasi polikorik",
        name_en="Polychoric correlation",
        formula="r maximises sum n_ab log P_ab(r); P_ab: chance of a bivariate normal distribution between "
        "the thresholds, which are normal quantiles of the cumulated shares of the pair's table; "
        "-0.995 to 0.995",
        unit="-1 to 1",
        source="Olsson 1979, two steps",
        function="analytics.ikm.polychoric.polychoric",
    ),
    Formula(
        key="one-factor",
        name_id="Muatan satu faktor (minres)",
        name_en="Loadings of one factor (minres)",
        formula="l minimises sum over pairs of (r_ij - l_i l_j)^2, with 1 - l_i^2 >= 0.005",
        unit="-1 to 1",
        source="Harman and Jones 1966; Harman and Fukuda 1966",
        function="analytics.ikm.omega.minres",
    ),
    Formula(
        key="omega",
        name_id="Omega ordinal (omega total satu faktor)",
        name_en="Ordinal omega (omega total of one factor)",
        formula="omega = 1 - sum (1 - l_i^2) / sum of all r_ij (the k ones included), of polychoric "
        "correlations; interval: reliability-interval of omega, by omega without each sheet; at least 30 "
        "sheets for any pair",
        unit="at most 1",
        source="McDonald 1999; Gadermann, Guhn and Zumbo 2012",
        function="analytics.ikm.omega.omega",
    ),
    Formula(
        key="reliability-interval",
        name_id="Selang kepercayaan keandalan",
        name_en="Interval of a reliability",
        formula="1 - (1 - v) exp(+-t s / sqrt(n)); s: standard deviation of n log(1 - v) - (n - 1) "
        "log(1 - v_i) over the sheets, v_i without sheet i; t with min(n - 1, 2 n / (kurtosis - 1)) "
        "degrees of freedom, kurtosis of the same, 3 if normal",
        unit="at most 1, 95 %",
        source="Tukey 1958, on log(1 - v) (Bonett 2002); degrees of freedom by fourth moments",
        function="analytics.ikm.jackknife.jackknife_interval",
    ),
    Formula(
        key="item-rest",
        name_id="Korelasi butir-total terkoreksi",
        name_en="Corrected item-rest correlation",
        formula="r_i = cov(x_i, sum of others) / sqrt(var(x_i) var(sum of others))",
        unit="-1 to 1",
        source="Guilford 1953",
        function="analytics.ikm.reliability.item_rest",
    ),
    Formula(
        key="r-table",
        name_id="r tabel",
        name_en="Critical value of r",
        formula="t / sqrt(n - 2 + t^2), t two-sided 5 % with n - 2 degrees of freedom",
        unit="0 to 1",
        source="t test of r = 0",
        function="analytics.ikm.correlation.critical_r",
    ),
    Formula(
        key="fisher-interval",
        name_id="Selang kepercayaan r (Fisher)",
        name_en="Interval of r (Fisher)",
        formula="tanh(atanh(r) -+ z / sqrt(n - 3))",
        unit="-1 to 1, 95 %",
        source="Fisher 1921",
        function="analytics.ikm.correlation.fisher_interval",
    ),
    Formula(
        key="priorities",
        name_id="Prioritas perbaikan (kepentingan turunan terhadap kinerja)",
        name_en="Priorities (derived importance against performance)",
        formula="importance = item-rest correlation, performance = NRR; divided at the means of all unsur; "
        "interval of NRR: ikm-interval of a form of that unsur only, between 1 and levels",
        unit="quadrant",
        source="Martilla and James 1977, with derived importance",
        function="analytics.ikm.priorities.priorities",
    ),
    Formula(
        key="what-if",
        name_id="Andaikan: perubahan NRR",
        name_en="What if an NRR changed",
        formula="delta IKM = 100/levels x sum of w_i x delta NRR_i, exact",
        unit="index points",
        source="PermenPANRB 14/2017 (the index is linear in the NRR)",
        function="analytics.ikm.what_if.what_if",
    ),
    Formula(
        key="next-mutu",
        name_id="Perubahan terkecil menuju mutu berikutnya",
        name_en="Smallest change that reaches the next mutu",
        formula=(
            "delta NRR_i = (lower bound - 0.005 - IKM) / (100/levels x w_i); sheets = ceil(n_i x delta NRR_i)"
        ),
        unit="score; sheets",
        source="PermenPANRB 14/2017, rounded half up",
        function="analytics.ikm.what_if.to_next_mutu",
    ),
    Formula(
        key="steps-up",
        name_id="Kenaikan terkecil sampai mutu yang lebih baik",
        name_en="Smallest rise to a better mutu",
        formula=(
            "rise = (lower bound - 0.005)/(100/levels) - NRR, told rounded up to 0.01; "
            "sheets = ceil(n x rise)"
        ),
        unit="score; sheets",
        source="PermenPANRB 14/2017, rounded half up",
        function="analytics.ikm.steps.steps_up",
    ),
    Formula(
        key="krejcie-morgan",
        name_id="Jumlah sampel Krejcie-Morgan",
        name_en="Sample size by Krejcie and Morgan",
        formula="S = 3.841 N PQ / (d^2 (N - 1) + 3.841 PQ), P = Q = 0.5, d = 0.05, rounded half up",
        unit="respondents",
        source="Krejcie and Morgan 1970",
        function="analytics.sampling.size.krejcie_morgan",
    ),
    Formula(
        key="half-width",
        name_id="Batas galat yang tercapai",
        name_en="Half-width reached",
        formula="d = sqrt(3.841 PQ (N - n) / (n (N - 1)))",
        unit="proportion, 0 to 0.5",
        source="Krejcie and Morgan 1970, solved for d",
        function="analytics.sampling.size.half_width",
    ),
    Formula(
        key="allocation",
        name_id="Pembagian sampel per layanan",
        name_en="Allocation to services",
        formula="floor(S x users / N), the rest to the largest remainders",
        unit="respondents",
        source="proportional allocation (Cochran 1977, 5.5), largest remainders",
        function="analytics.sampling.size.allocate",
    ),
    Formula(
        key="progress",
        name_id="Kekurangan responden",
        name_en="Respondents still missing",
        formula="missing = max(0, required - achieved); per day = ceil(missing / days left)",
        unit="respondents",
        source="count",
        function="analytics.sampling.size.progress",
    ),
    Formula(
        key="flags",
        name_id="Pola jawaban yang perlu ditinjau",
        name_en="Quality flags",
        formula=(
            "all answers equal; seconds < limit x answers; bursts and repeats of one client; out of hours"
        ),
        unit="set of flags",
        source="thresholds of the product, listed in QualityRules",
        function="analytics.ikm.quality.flag_responses",
    ),
    Formula(
        key="with-and-without",
        name_id="IKM dengan dan tanpa jawaban yang perlu ditinjau",
        name_en="IKM with and without flagged sheets",
        formula="IKM of all sheets - IKM of the sheets without a flag",
        unit="index points",
        source="PermenPANRB 14/2017, computed twice",
        function="analytics.ikm.quality.flag_effect",
    ),
    Formula(
        key="suppression",
        name_id="Penyembunyian sel kecil",
        name_en="Suppression of small cells",
        formula=(
            "hide 1 <= cell < minimum; hide further cells until one unit can be moved round a cycle "
            "through each"
        ),
        unit="shown or hidden",
        source="Cox 1980; Gusfield 1988",
        function="analytics.disclosure.small_cells.hide_small_cells",
    ),
)
