"""Formulas of units beside units: difference, ranking, groups, funnel; and of two periods of one."""

from analytics.formulas.model import Formula

_POINTS = "index points"
_CHANCE = "probability, 0 to 1"

COMPARING = (
    Formula(
        key="change",
        name_id="Perubahan antara dua periode suatu unit",
        name_en="Change between two periods of a unit",
        formula="D = a - b; D - sqrt((a - l_a)^2 + (u_b - b)^2) to D + sqrt((u_a - a)^2 + (b - l_b)^2), l "
        "and u the ends of ikm-interval, each period with the past of the earlier one and the other period "
        "for its past: w = w_p + nu/2 of the other, at most 60, phi_p the mean of both weighted by w_p and "
        "nu/2; p = 1 - the level that ends at 0",
        unit=f"{_POINTS}, -75 to 75; p 0 to 1",
        source="Zou and Donner 2008, Statistics in Medicine 27 (MOVER)",
        function="analytics.comparison.compare.change",
    ),
    Formula(
        key="difference",
        name_id="Selisih IKM dua unit",
        name_en="Difference of two units",
        formula="b - a -+ t(df) sqrt(SE_a^2 + SE_b^2); df = SE^4/(SE_a^4/df_a + SE_b^4/df_b); SE with fpc",
        unit=f"{_POINTS}, -75 to 75",
        source="Welch 1947, Biometrika 34; Cochran 1977, 2.9",
        function="analytics.comparison.compare.difference",
    ),
    Formula(
        key="beside-mean",
        name_id="Unit di atas atau di bawah rata-rata semua unit",
        name_en="Unit above or below the mean of all units",
        formula="D = a - m; D - sqrt((1 - 2/K)(a - l_a)^2 + (u_m - m)^2) to "
        "D + sqrt((1 - 2/K)(u_a - a)^2 + (m - l_m)^2), l and u of the level .95^(1/K), K units",
        unit=f"{_POINTS}, -75 to 75",
        source="Sidak 1967, JASA 62; Zou and Donner 2008, Statistics in Medicine 27 (MOVER)",
        function="analytics.comparison.beside_mean.beside_mean",
    ),
    Formula(
        key="ahead",
        name_id="Unit sejenis yang jelas lebih baik",
        name_en="Unit of the same kind that is clearly better",
        formula="b - a > sqrt((b - l_b)^2 + (u_a - a)^2), l and u of the level 1 - 2 (.05)/m, m pairs of "
        "unit and unsur that are looked at",
        unit=f"{_POINTS}, -75 to 75",
        source="Bonferroni's inequality; Zou and Donner 2008, Statistics in Medicine 27 (MOVER)",
        function="analytics.comparison.ahead.ahead",
    ),
    Formula(
        key="holm",
        name_id="Nilai p menurut Holm",
        name_en="Holm's adjusted p",
        formula="running maximum of (m - i + 1) p_(i), at most 1",
        unit=_CHANCE,
        source="Holm 1979, Scandinavian Journal of Statistics 6",
        function="analytics.comparison.compare.holm",
    ),
    Formula(
        key="benjamini-hochberg",
        name_id="Nilai p menurut Benjamini-Hochberg",
        name_en="Benjamini and Hochberg's adjusted p",
        formula="running minimum from the top of m p_(i)/i, at most 1",
        unit=_CHANCE,
        source="Benjamini and Hochberg 1995, JRSS B 57",
        function="analytics.comparison.compare.benjamini_hochberg",
    ),
    Formula(
        key="paule-mandel",
        name_id="Ragam antarunit",
        name_en="Variance between units",
        formula="tau^2 with sum (y_i - m)^2/(SE_i^2 + tau^2) = k - 1, at least 0",
        unit="index points squared",
        source="Paule and Mandel 1982, Journal of Research NBS 87",
        function="analytics.comparison.ranking.shrink",
    ),
    Formula(
        key="shrinkage",
        name_id="Nilai unit dengan penyusutan Bayes empiris",
        name_en="Empirical-Bayes unit value",
        formula="y_i - B_i (y_i - m), B_i = (k - 3)/(k - 1) x SE_i^2/(tau^2 + SE_i^2), SE_i pooled; variance "
        "(1 - B_i) SE_i^2 + B_i^2 var(m) + 2/(k - 3) B_i^2 (v + tau^2)/(SE_i^2 + tau^2) (y_i - m)^2, "
        "v the mean of SE_i^2 weighted by 1/(SE_i^2 + tau^2)",
        unit=f"{_POINTS}; for ordering only",
        source="Morris 1983, JASA 78",
        function="analytics.comparison.ranking.shrink",
    ),
    Formula(
        key="pooled-se",
        name_id="Galat baku dengan sebaran gabungan",
        name_en="Standard error with pooled dispersion",
        formula="sqrt(phi r_i/n_i), r_i = (y_i - 25)(100 - y_i), phi = sum (n - 1) n SE^2/sum (n - 1) r; "
        "with the unit's own correction 1 - n/N",
        unit=f"{_POINTS}; for ordering only",
        source="McCullagh and Nelder 1989, 9.2",
        function="analytics.comparison.dispersion.pooled_ses",
    ),
    Formula(
        key="linking-line",
        name_id="Garis tempat nilai unit berada",
        name_en="The line that true values of units lie around",
        formula="theta_i = b0 + b1 x_i + v_i, y_i = theta_i + e_i, v_i of variance A, e_i of known variance; "
        "b by weighted least squares, A at the maximum of residual likelihood x "
        "arctan(sum A/(A + var e_i))^(1/k)",
        unit="logit of the position on the scale",
        source="Fay and Herriot 1979, JASA 74; Yoshimori and Lahiri 2014, Journal of Multivariate Analysis "
        "124",
        function="analytics.comparison.linking.fit",
    ),
    Formula(
        key="small-area",
        name_id="Perkiraan nilai unit dengan sedikit responden",
        name_en="Estimate of a unit of few respondents",
        formula="line_i + g_i (y_i - line_i), at most sqrt(var e_i) from y_i; y_i = logit(p_i) + (m_i - p_i)/"
        "(p_i (1 - p_i)), var e_i = phi_i (1 - n_i/N_i)/(n_i p_i (1 - p_i)) at p_i, the estimate itself; "
        "g_i = (A + d_i)/(A + d_i + var e_i), d_i = b1^2 r_i + phi_i/(N_i p_i (1 - p_i)), r_i the "
        "variance of x_i, the same estimate of the year before by a level alone; averaged over its normal"
        " distribution; -+ q_i sqrt(g_i var e_i), q_i the 95 % point of its scaled error in 400 provinces"
        " drawn from the model, and at least -+ t sqrt(var e_i) where it is held at sqrt(var e_i)",
        unit=f"{_POINTS}; for looking after units only",
        source="Fay and Herriot 1979, JASA 74; Efron and Morris 1972, JASA 67; Chatterjee, Lahiri and Li "
        "2008, Annals of Statistics 36",
        function="analytics.comparison.small_areas.small_areas",
    ),
    Formula(
        key="rank-interval",
        name_id="Rentang peringkat satu unit saja",
        name_en="Rank interval of one unit alone",
        formula="middle 95 % of a unit's ranks over simulated draws of all units",
        unit="rank, 1 the highest",
        source="Goldstein and Spiegelhalter 1996, JRSS A 159",
        function="analytics.comparison.ranking.rank_intervals",
    ),
    Formula(
        key="clearly-above",
        name_id="Unit yang jelas di atas unit lain",
        name_en="Unit clearly above another",
        formula="a - b > sqrt((a - l_a)^2 + (u_b - b)^2), l and u the ends of ikm-interval at the level "
        "2 Phi(q/sqrt(2)) - 1; q the 95 % point of the range of K independent standard normal variables",
        unit="yes or no, for all pairs of K units together",
        source="Tukey 1953; Zou and Donner 2008, Statistics in Medicine 27 (MOVER)",
        function="analytics.comparison.rank_sets.clearly_above",
    ),
    Formula(
        key="level-of-pairs",
        name_id="Tingkat keyakinan selang untuk semua pasangan",
        name_en="Level of the intervals for all pairs",
        formula="2 Phi(q/sqrt(2)) - 1 with K int phi(z) (Phi(z + q) - Phi(z))^(K - 1) dz = 0.95",
        unit=_CHANCE,
        source="Tukey 1953 (studentized range, infinite degrees of freedom)",
        function="analytics.comparison.rank_sets.level_of_pairs",
    ),
    Formula(
        key="rank-set",
        name_id="Rentang peringkat untuk semua unit sekaligus",
        name_en="Ranges of ranks of all units together",
        formula="1 + units clearly above it to K - units clearly below it",
        unit="rank, 1 the highest",
        source="Al Mohamad, Goeman and van Zwet 2022, Biometrics 78; compared with Klein, Wright and "
        "Wieczorek 2020, JRSS A 183",
        function="analytics.comparison.rank_sets.rank_sets",
    ),
    Formula(
        key="alike",
        name_id="Kelompok yang belum jelas berbeda",
        name_en="Groups without a clear difference",
        formula="runs of ordered units without a pair of which one is clearly above the other",
        unit="groups of units",
        source="Duncan 1955, Biometrics 11",
        function="analytics.comparison.rank_sets.indistinguishable_groups",
    ),
    Formula(
        key="funnel",
        name_id="Diagram corong",
        name_en="Funnel",
        formula=(
            "target = sum n y/sum n; sd^2 = sum (n - 1) n SE^2/sum (n - 1); unit against the limits at "
            "its own n"
        ),
        unit=_POINTS,
        source="Spiegelhalter 2005, Statistics in Medicine 24",
        function="analytics.comparison.funnel.funnel",
    ),
    Formula(
        key="funnel-limits",
        name_id="Batas corong",
        name_en="Funnel limits",
        formula="limits-around p, the position of the target, with k = z for 95 % and 99.8 % and "
        "n 75^2 p (1 - p)/sd^2 effective sheets",
        unit=f"{_POINTS}, within 25 to 100",
        source="Spiegelhalter 2005, 3.2, with the angle of Anscombe 1948 for the logit",
        function="analytics.comparison.funnel.funnel_limits",
    ),
    Formula(
        key="shares-beside",
        name_id="Kelompok yang menonjol",
        name_en="Groups that stand out",
        formula="a group's share beside that of the others: Fisher's exact p (tables no likelier than the "
        "one found); adjusted by Benjamini-Hochberg over all groups looked at; clear at 0.05",
        unit="share, 0 to 1",
        source="Fisher 1935; Benjamini and Hochberg 1995, JRSS B 57",
        function="analytics.comparison.shares.shares_beside",
    ),
    Formula(
        key="shares-above",
        name_id="Kelompok yang jauh di atas yang lain",
        name_en="Groups far above the others",
        formula="P(X >= part), X binomial with n and min(1, times (others_part + 1)/(others + 1)); adjusted "
        "by Benjamini-Hochberg over all groups looked at",
        unit="probability, 0 to 1",
        source="Clopper and Pearson 1934, Biometrika 26; Benjamini and Hochberg 1995, JRSS B 57",
        function="analytics.comparison.shares.shares_above",
    ),
)
