"""Formulas of what a sample can tell: intervals, odds, aggregation, comparison, ranking, trend, weighting."""

from analytics.formulas.model import Formula

_POINTS = "index points"
_INTERVAL = "index points, 95 %, within 25 to 100"
_CHANCE = "probability, 0 to 1"

_ESTIMATION = (
    Formula(
        "interval-unanimous",
        "Selang kepercayaan bila semua lembar sama",
        "Interval when all sheets agree",
        "q = 0.05^(1/n), or the smallest K/N with C(K, n)/C(N, n) >= 0.05 for N users; "
        "25 + q (IKM - 25) to 100 - q (100 - IKM)",
        _INTERVAL,
        "Clopper and Pearson 1934, Biometrika 26 (exact bound for n of n)",
        "analytics.ikm.intervals.unanimous",
    ),
    Formula(
        "interval-logit-t",
        "Selang logit-t suatu nilai",
        "Logit-t interval of a value",
        "p = (value - low)/(high - low); logit(p) -+ t(df) SE/((high - low) p (1 - p)), back to the scale",
        _INTERVAL,
        "Korn and Graubard 1998, Survey Methodology 24(2)",
        "analytics.ikm.intervals.logit_t",
    ),
    Formula(
        "interval-t",
        "Selang t suatu nilai",
        "Plain t interval of a value",
        "value -+ t(df) SE, cut at the ends of the scale",
        _INTERVAL,
        "Student 1908, Biometrika 6",
        "analytics.ikm.intervals.plain_t",
    ),
    Formula(
        "mutu-odds",
        "Peluang tiap mutu",
        "Odds of each mutu",
        "P(low <= true IKM < high) with logit(position) = centre + scale x t(n - 1); "
        "a band begins at its printed bound - 0.005",
        _CHANCE,
        "Xie and Singh 2013, International Statistical Review 81 (confidence distribution)",
        "analytics.ikm.odds.odds",
    ),
    Formula(
        "satterthwaite",
        "Derajat bebas gabungan",
        "Degrees of freedom of a combination",
        "df = (sum v)^2 / sum(v^2/df_v)",
        "degrees of freedom",
        "Satterthwaite 1946, Biometrics Bulletin 2",
        "analytics.ikm.estimate.satterthwaite",
    ),
    Formula(
        "borrowed-variance",
        "Ragam gabungan bagi unit dengan sedikit lembar",
        "Pooled variance for a unit with few sheets",
        "s_p^2 = sum (n_u - 1) s_u^2/sum (n_u - 1); n_u = 1, or an unsur answered by few: s_p^2; "
        "n_u < 10, or sheets that all agree: (2 s_p^2 + (n_u - 1) s_u^2)/(n_u + 1); else s_u^2; "
        "df by Satterthwaite on the coefficients of the s_u^2",
        "index points squared, per sheet",
        "Cochran 1977, 5A.12; Smyth 2004, Statistical Applications in Genetics and Molecular Biology 3(1)",
        "analytics.sampling.borrowing.variance",
    ),
    Formula(
        "strata",
        "IKM gabungan layanan",
        "Services combined",
        "sum W_h IKM_h; SE^2 = sum W_h^2 SE_h^2; W_h = N_h/sum N, or n_h/sum n; df by Satterthwaite; "
        "small services as in borrowed-variance",
        _POINTS,
        "Cochran 1977, 5.1-5.6",
        "analytics.sampling.strata.combine",
    ),
    Formula(
        "aggregate",
        "IKM instansi atau provinsi",
        "Agency or province",
        "mean of units: sum IKM_u/U, SE = sqrt(sum SE_u^2)/U; by volume: sum N_u IKM_u/sum N; pooled: "
        "NRR over all sheets, variance of the combined ratio with units as strata; small units as in "
        "borrowed-variance",
        f"{_POINTS}; the interval covers sampling error within reporting units",
        "Cochran 1977, 5.1-5.6 and 6.11",
        "analytics.comparison.aggregate.aggregate",
    ),
)

_COMPARISON = (
    Formula(
        "difference",
        "Selisih dua IKM",
        "Difference of two indices",
        "b - a -+ t(df) sqrt(SE_a^2 + SE_b^2); df = SE^4/(SE_a^4/df_a + SE_b^4/df_b); SE with fpc",
        f"{_POINTS}, -75 to 75",
        "Welch 1947, Biometrika 34; Cochran 1977, 2.9",
        "analytics.comparison.compare.difference",
    ),
    Formula(
        "holm",
        "Nilai p menurut Holm",
        "Holm's adjusted p",
        "running maximum of (m - i + 1) p_(i), at most 1",
        _CHANCE,
        "Holm 1979, Scandinavian Journal of Statistics 6",
        "analytics.comparison.compare.holm",
    ),
    Formula(
        "benjamini-hochberg",
        "Nilai p menurut Benjamini-Hochberg",
        "Benjamini and Hochberg's adjusted p",
        "running minimum from the top of m p_(i)/i, at most 1",
        _CHANCE,
        "Benjamini and Hochberg 1995, JRSS B 57",
        "analytics.comparison.compare.benjamini_hochberg",
    ),
    Formula(
        "paule-mandel",
        "Ragam antarunit",
        "Variance between units",
        "tau^2 with sum (y_i - m)^2/(SE_i^2 + tau^2) = k - 1, at least 0",
        "index points squared",
        "Paule and Mandel 1982, Journal of Research NBS 87",
        "analytics.comparison.ranking.shrink",
    ),
    Formula(
        "shrinkage",
        "Nilai unit terkoreksi kebetulan",
        "Empirical-Bayes unit value",
        "y_i - B_i (y_i - m), B_i = (k - 3)/(k - 1) x SE_i^2/(tau^2 + SE_i^2), SE_i pooled; variance "
        "(1 - B_i) SE_i^2 + B_i^2 var(m) + 2/(k - 3) B_i^2 (v + tau^2)/(SE_i^2 + tau^2) (y_i - m)^2, "
        "v the mean of SE_i^2 weighted by 1/(SE_i^2 + tau^2)",
        f"{_POINTS}; for ordering only",
        "Morris 1983, JASA 78",
        "analytics.comparison.ranking.shrink",
    ),
    Formula(
        "pooled-se",
        "Galat baku dengan sebaran gabungan",
        "Standard error with pooled dispersion",
        "sqrt(phi r_i/n_i), r_i = (y_i - 25)(100 - y_i), phi = sum (n - 1) n SE^2/sum (n - 1) r; "
        "with the unit's own correction 1 - n/N",
        f"{_POINTS}; for ordering only",
        "McCullagh and Nelder 1989, 9.2",
        "analytics.comparison.dispersion.pooled_ses",
    ),
    Formula(
        "rank-interval",
        "Rentang peringkat",
        "Rank interval",
        "middle 95 % of a unit's ranks over simulated draws of all units",
        "rank, 1 the highest",
        "Goldstein and Spiegelhalter 1996, JRSS A 159",
        "analytics.comparison.ranking.rank_intervals",
    ),
    Formula(
        "alike",
        "Kelompok yang tidak dapat dibedakan",
        "Groups that cannot be told apart",
        "runs of ordered units without a pair whose Welch p, by Holm over all pairs, is below 0.05",
        "groups of units",
        "Welch 1947; Holm 1979; Duncan 1955, Biometrics 11",
        "analytics.comparison.ranking.alike",
    ),
    Formula(
        "funnel",
        "Diagram corong",
        "Funnel",
        "target = sum n y/sum n; sd^2 = sum (n - 1) n SE^2/sum (n - 1); unit against the limits at its own n",
        _POINTS,
        "Spiegelhalter 2005, Statistics in Medicine 24",
        "analytics.comparison.funnel.funnel",
    ),
    Formula(
        "funnel-limits",
        "Batas corong",
        "Funnel limits",
        "logit(position of target) -+ z sd/sqrt(n)/(75 p (1 - p)), z for 95 % and 99.8 %",
        f"{_POINTS}, within 25 to 100",
        "Spiegelhalter 2005, 3.2",
        "analytics.comparison.funnel.limits",
    ),
)

_TIME = (
    Formula(
        "trend",
        "Arah dan laju",
        "Trend",
        "S = sum of sign(y_j - y_i); var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5))/18; slope = median of "
        "(y_j - y_i)/(t_j - t_i); never across a break",
        "index points per year; p 0 to 1",
        "Mann 1945; Kendall 1975; Theil 1950; Sen 1968, JASA 63",
        "analytics.comparison.trend.trend",
    ),
    Formula(
        "seasonal-trend",
        "Arah dan laju tanpa pola musiman",
        "Seasonal trend",
        "S and var S summed over the months; slope = median of the slopes within months",
        "index points per year; p 0 to 1",
        "Hirsch, Slack and Smith 1982, Water Resources Research 18",
        "analytics.comparison.trend.seasonal_trend",
    ),
    Formula(
        "laney",
        "Batas kendali Laney",
        "Laney's limits",
        "centre -+ 3 sigma_z SE_t, centre = sum n_t y_t/sum n_t; SE_t = sd/sqrt(n_t), sd of one sheet within "
        "its month, pooled; sigma_z = mean |z_t - z_(t-1)|/(2/sqrt(pi)), z_t = (y_t - centre)/SE_t",
        _POINTS,
        "Laney 2002, Quality Engineering 14(4)",
        "analytics.comparison.laney.laney",
    ),
    Formula(
        "laney-false-alarm",
        "Laju alarm palsu",
        "False-alarm rate",
        "share of points, and of charts, outside their own limits in simulated stable series: every month "
        "draws its number of sheets from the sheets of all months",
        _CHANCE,
        "bootstrap (Efron 1979, Annals of Statistics 7), with a passed generator",
        "analytics.comparison.laney.false_alarm_rate",
    ),
    Formula(
        "sheet-sd",
        "Simpangan baku satu lembar",
        "Standard deviation of one sheet",
        "sqrt(sum over months of squared distances from the month / sum (n_t - 1)); unanimous months count",
        _POINTS,
        "Montgomery, Introduction to Statistical Quality Control, 6.2",
        "analytics.ikm.sheets.pooled_sd",
    ),
    Formula(
        "sheet-shape",
        "Sebaran lembar",
        "Distribution of sheets",
        "shares of the complete sheets of all months by sum of scores; where fewer than half are complete, "
        "beta-binomial with centre and sd of all",
        "share, 0 to 1",
        "counts; Skellam 1948, JRSS B 10 (beta-binomial)",
        "analytics.ikm.sheets.pooled_shape",
    ),
)

_WEIGHTING = (
    Formula(
        "post-stratification",
        "IKM tertimbang kelompok",
        "Post-stratified index",
        "sum N_g IKM_g/N; SE^2 = sum (N_g/N)^2 s_g^2/n_g, s_g^2 on n_g - 1; small groups as in "
        "borrowed-variance; df by Satterthwaite; "
        "Kish's design effect n sum w^2/(sum w)^2",
        _POINTS,
        "Holt and Smith 1979, JRSS A 142; Cochran 1977, 5.4; Kish 1965, 11.2",
        "analytics.sampling.weighting.post_stratify",
    ),
    Formula(
        "raking",
        "IKM tertimbang beberapa margin",
        "Raked index",
        "weights multiplied to each margin in turn till all are met; NRR_i = sum w x/sum w; "
        "SE^2 = sum (w r)^2/(1 - h), r and h residual and leverage after regression on the margins; small "
        "categories as in borrowed-variance; df = tr(MD)^2/tr(MDMD)",
        _POINTS,
        "Deming and Stephan 1940; Deville and Sarndal 1992, JASA 87; Bell and McCaffrey 2002",
        "analytics.sampling.raking.rake",
    ),
)

SAMPLES = (*_ESTIMATION, *_COMPARISON, *_TIME, *_WEIGHTING)
