"""Formulas of many periods: trend, persistence, control limits."""

from analytics.formulas.model import Formula

_POINTS = "index points"
_CHANCE = "probability, 0 to 1"

OVER_TIME = (
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
        formula="y with z_t(y) = -+ 3 sigma_z; z_t(y) = limit-angle of y at n_t/phi sheets less "
        "2 sqrt(n_t/phi) asin sqrt(c), c = position of sum n_t y_t/sum n_t; phi = (6 phi_form + nu "
        "phi_within)/(6 + nu), phi_within = sheet-sd^2/(span^2 c (1 - c)), nu = sum (n_t - 1) min(1, 9 c "
        "(1 - c)); sigma_z = mean |z_t - z_(t-1)|/(2/sqrt(pi)), at least 1",
        unit=_POINTS,
        source="Laney 2002, Quality Engineering 14(4); false alarms: python -m benchmarks.limits",
        function="analytics.comparison.laney.laney",
    ),
    Formula(
        key="limit-angle",
        name_id="Sudut Anscombe",
        name_en="Anscombe's angle",
        formula="2 sqrt(n) asin sqrt((m n + 3/8)/(n + 3/4)), m a mean position, n effective sheets",
        unit="standard deviations",
        source="Anscombe 1948, Biometrika 35",
        function="analytics.comparison.limits.angles",
    ),
    Formula(
        key="limits-around",
        name_id="Batas di sekitar pusat",
        name_en="Limits around a centre",
        formula="((n + 3/4) sin^2(asin sqrt(c) -+ k/(2 sqrt(n))) - 3/8)/n, cut at 0 and 1: where limit-angle "
        "is 2 sqrt(n) asin sqrt(c) -+ k",
        unit="position, 0 to 1",
        source="Anscombe 1948, Biometrika 35",
        function="analytics.comparison.limits.around",
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
