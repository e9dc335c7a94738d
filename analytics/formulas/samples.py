"""Formulas of what a sample can tell: intervals, odds, aggregation, comparison, ranking, trend, weighting."""

from analytics.formulas.model import Formula

_POINTS = "index points"
_INTERVAL = "index points, 95 %, within 25 to 100"
_CHANCE = "probability, 0 to 1"

_ESTIMATION = (
    Formula(
        key="interval-unanimous",
        name_id="Selang kepercayaan bila semua lembar sama",
        name_en="Interval when all sheets agree",
        formula="q = 0.05^(1/n), or the smallest K/N with C(K, n)/C(N, n) >= 0.05 for N users; "
        "25 + q (IKM - 25) to 100 - q (100 - IKM)",
        unit=_INTERVAL,
        source="Clopper and Pearson 1934, Biometrika 26 (exact bound for n of n)",
        function="analytics.ikm.intervals.unanimous",
    ),
    Formula(
        key="interval-logit-t",
        name_id="Selang logit-t suatu nilai",
        name_en="Logit-t interval of a value",
        formula=(
            "p = (value - low)/(high - low); logit(p) -+ t(df) SE/((high - low) p (1 - p)), back to the scale"
        ),
        unit=_INTERVAL,
        source="Korn and Graubard 1998, Survey Methodology 24(2)",
        function="analytics.ikm.intervals.logit_t",
    ),
    Formula(
        key="interval-t",
        name_id="Selang t suatu nilai",
        name_en="Plain t interval of a value",
        formula="value -+ t(df) SE, cut at the ends of the scale",
        unit=_INTERVAL,
        source="Student 1908, Biometrika 6",
        function="analytics.ikm.intervals.plain_t",
    ),
    Formula(
        key="mutu-odds",
        name_id="Peluang tiap mutu",
        name_en="Odds of each mutu",
        formula="P(low <= true IKM < high) with logit(position) = centre + scale x t(n - 1); "
        "a band begins at its printed bound - 0.005",
        unit=_CHANCE,
        source="Xie and Singh 2013, International Statistical Review 81 (confidence distribution)",
        function="analytics.ikm.odds.odds",
    ),
    Formula(
        key="satterthwaite",
        name_id="Derajat bebas gabungan",
        name_en="Degrees of freedom of a combination",
        formula="df = (sum v)^2 / sum(v^2/df_v)",
        unit="degrees of freedom",
        source="Satterthwaite 1946, Biometrics Bulletin 2",
        function="analytics.ikm.estimate.satterthwaite",
    ),
    Formula(
        key="borrowed-variance",
        name_id="Ragam gabungan bagi unit dengan sedikit lembar",
        name_en="Pooled variance for a unit with few sheets",
        formula="s_p^2 = sum (n_u - 1) s_u^2/sum (n_u - 1); n_u = 1, or an unsur answered by few: s_p^2; "
        "n_u < 10, or sheets that all agree: (2 s_p^2 + (n_u - 1) s_u^2)/(n_u + 1); else s_u^2; "
        "df by Satterthwaite on the coefficients of the s_u^2",
        unit="index points squared, per sheet",
        source=(
            "Cochran 1977, 5A.12; Smyth 2004, Statistical Applications in Genetics and Molecular Biology 3(1)"
        ),
        function="analytics.sampling.borrowing.variance",
    ),
    Formula(
        key="strata",
        name_id="IKM gabungan layanan",
        name_en="Services combined",
        formula="sum W_h IKM_h; SE^2 = sum W_h^2 SE_h^2; W_h = N_h/sum N, or n_h/sum n; df by Satterthwaite; "
        "small services as in borrowed-variance",
        unit=_POINTS,
        source="Cochran 1977, 5.1-5.6",
        function="analytics.sampling.strata.combine",
    ),
    Formula(
        key="aggregate",
        name_id="IKM instansi atau provinsi",
        name_en="Agency or province",
        formula="mean of units: sum IKM_u/U, SE = sqrt(sum SE_u^2)/U; by volume: sum N_u "
        "IKM_u/sum N; pooled: "
        "NRR over all sheets, variance of the combined ratio with units as strata; small units as in "
        "borrowed-variance",
        unit=f"{_POINTS}; the interval covers sampling error within reporting units",
        source="Cochran 1977, 5.1-5.6 and 6.11",
        function="analytics.comparison.aggregate.aggregate",
    ),
)

_COMPARISON = (
    Formula(
        key="difference",
        name_id="Selisih dua IKM",
        name_en="Difference of two indices",
        formula="b - a -+ t(df) sqrt(SE_a^2 + SE_b^2); df = SE^4/(SE_a^4/df_a + SE_b^4/df_b); SE with fpc",
        unit=f"{_POINTS}, -75 to 75",
        source="Welch 1947, Biometrika 34; Cochran 1977, 2.9",
        function="analytics.comparison.compare.difference",
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
        key="rank-interval",
        name_id="Rentang peringkat",
        name_en="Rank interval",
        formula="middle 95 % of a unit's ranks over simulated draws of all units",
        unit="rank, 1 the highest",
        source="Goldstein and Spiegelhalter 1996, JRSS A 159",
        function="analytics.comparison.ranking.rank_intervals",
    ),
    Formula(
        key="alike",
        name_id="Kelompok yang belum jelas berbeda",
        name_en="Groups without a clear difference",
        formula="runs of ordered units without a pair whose Welch p, by Holm over all pairs, is below 0.05",
        unit="groups of units",
        source="Welch 1947; Holm 1979; Duncan 1955, Biometrics 11",
        function="analytics.comparison.ranking.indistinguishable_groups",
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
        formula="logit(position of target) -+ z sd/sqrt(n)/(75 p (1 - p)), z for 95 % and 99.8 %",
        unit=f"{_POINTS}, within 25 to 100",
        source="Spiegelhalter 2005, 3.2",
        function="analytics.comparison.funnel.funnel_limits",
    ),
)

_TIME = (
    Formula(
        key="trend",
        name_id="Arah dan laju",
        name_en="Trend",
        formula="S = sum of sign(y_j - y_i); var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5))/18 x factor of "
        "persistence; (S -+ 1)/sqrt(var S) against t(df); slope = median of (y_j - y_i)/(t_j - "
        "t_i), its 95 % interval at ranks (N -+ t(df) sqrt(var S))/2; never across a break",
        unit="index points per year; p 0 to 1",
        source="Mann 1945; Kendall 1975; Hamed and Rao 1998, J. Hydrology 204; Theil 1950; Sen 1968, JASA 63",
        function="analytics.comparison.trend.trend",
    ),
    Formula(
        key="seasonal-trend",
        name_id="Arah dan laju tanpa pola musiman",
        name_en="Seasonal trend",
        formula="S and var S summed over the months; slope = median of the slopes within months",
        unit="index points per year; p 0 to 1",
        source="Hirsch, Slack and Smith 1982, Water Resources Research 18",
        function="analytics.comparison.trend.seasonal_trend",
    ),
    Formula(
        key="persistence",
        name_id="Kemiripan periode yang berurutan",
        name_en="Likeness of successive periods",
        formula="e = M y, residuals of a line (and a level per month); r = sum e_i e_(i+1)/sum e_i^2; c "
        "with tr(MAMR)/tr(MR) = r, R = c^distance, A = 1/2 for periods in a row; factor = "
        "V(c)/V(0), at least 1, V(c) = (2/pi) sum of arcsin(correlation of two differences under "
        "R); df = rank(M)/2 + 2, at most rank(M)",
        unit="correlation 0 to 0.9; factor of var S",
        source="Hamed and Rao 1998; Sheppard 1899; df by simulation: python -m benchmarks.directions",
        function="analytics.comparison.persistence.persistence",
    ),
    Formula(
        key="laney",
        name_id="Batas kendali Laney",
        name_en="Laney's limits",
        formula="centre -+ 3 sigma_z SE_t, centre = sum n_t y_t/sum n_t; SE_t = sd/sqrt(n_t), sd of one "
        "sheet within its month, pooled; sigma_z = mean |z_t - z_(t-1)|/(2/sqrt(pi)), z_t = (y_t "
        "- centre)/SE_t",
        unit=_POINTS,
        source="Laney 2002, Quality Engineering 14(4)",
        function="analytics.comparison.laney.laney",
    ),
    Formula(
        key="laney-false-alarm",
        name_id="Laju alarm palsu",
        name_en="False-alarm rate",
        formula="share of points, and of charts, outside their own limits in simulated stable series: "
        "every month draws its number of sheets from the sheets of all months",
        unit=_CHANCE,
        source="bootstrap (Efron 1979, Annals of Statistics 7), with a passed generator",
        function="analytics.comparison.laney.false_alarm_rate",
    ),
    Formula(
        key="sheet-sd",
        name_id="Simpangan baku satu lembar",
        name_en="Standard deviation of one sheet",
        formula=(
            "sqrt(sum over months of squared distances from the month / sum (n_t - 1)); unanimous "
            "months count"
        ),
        unit=_POINTS,
        source="Montgomery, Introduction to Statistical Quality Control, 6.2",
        function="analytics.ikm.sheets.pooled_sd",
    ),
    Formula(
        key="sheet-shape",
        name_id="Sebaran lembar",
        name_en="Distribution of sheets",
        formula="shares of the complete sheets of all months by sum of scores; where fewer than "
        "half are complete, "
        "beta-binomial with centre and sd of all",
        unit="share, 0 to 1",
        source="counts; Skellam 1948, JRSS B 10 (beta-binomial)",
        function="analytics.ikm.sheets.pooled_shape",
    ),
)

_WEIGHTING = (
    Formula(
        key="post-stratification",
        name_id="IKM tertimbang kelompok",
        name_en="Post-stratified index",
        formula="sum N_g IKM_g/N; SE^2 = sum (N_g/N)^2 s_g^2/n_g, s_g^2 on n_g - 1; small groups as in "
        "borrowed-variance; df by Satterthwaite; "
        "Kish's design effect n sum w^2/(sum w)^2",
        unit=_POINTS,
        source="Holt and Smith 1979, JRSS A 142; Cochran 1977, 5.4; Kish 1965, 11.2",
        function="analytics.sampling.weighting.post_stratify",
    ),
    Formula(
        key="raking",
        name_id="IKM tertimbang beberapa margin",
        name_en="Raked index",
        formula="weights multiplied to each margin in turn till all are met; NRR_i = sum w x/sum w; "
        "SE^2 = sum (w r)^2/(1 - h), r and h residual and leverage after regression on the margins; small "
        "categories as in borrowed-variance; df = tr(MD)^2/tr(MDMD)",
        unit=_POINTS,
        source="Deming and Stephan 1940; Deville and Sarndal 1992, JASA 87; Bell and McCaffrey 2002",
        function="analytics.sampling.raking.rake",
    ),
)

SAMPLES = (*_ESTIMATION, *_COMPARISON, *_TIME, *_WEIGHTING)
