"""Formulas of what one sample can tell: dispersion, interval, odds."""

from analytics.formulas.model import Formula

_INTERVAL = "index points, 95 %, within 25 to 100"
_CHANCE = "probability, 0 to 1"

UNCERTAINTY = (
    Formula(
        key="dispersion-own",
        name_id="Keragaman jawaban pada sampel",
        name_en="Dispersion of a sample",
        formula="phi_s = S^2/(m (1 - m) + S^2/n), S^2 the variance of one person's position, m that of the "
        "index; 0 where all agree; nu = (n - 1) x min(1, 9 m (1 - m)); n is the harmonic mean of the "
        "answers of the unsur by weight",
        unit="share of the largest variance, 0 to 1; degrees of freedom",
        source="quasi-binomial variance, McCullagh and Nelder 1989, 4.5; nu by simulation: python -m "
        "benchmarks.coverage",
        function="analytics.ikm.moderated.sample_of",
    ),
    Formula(
        key="dispersion-expected",
        name_id="Keragaman jawaban menurut kuesioner",
        name_en="Dispersion that a form makes likely",
        formula="phi_0 = 0.22 + 0.78 (q/a + 0.3 (1 - q)/a), a = levels - 1, q = sum w_i^2; 0.318 for nine "
        "equal unsur of four levels",
        unit="share of the largest variance, 0 to 1",
        source="beta-binomial answers that agree within a person, with people of one score: docs/decisions/"
        "interval-of-the-ikm.md",
        function="analytics.ikm.moderated.expected_dispersion",
    ),
    Formula(
        key="dispersion-past",
        name_id="Keragaman jawaban pada bulan-bulan sebelumnya",
        name_en="Dispersion of earlier months",
        formula="of the 24 calendar months before: phi_p = sum nu_t phi_t/sum nu_t, or that of the latest 6 "
        "or 3 where it is more and half of their sum nu_t is 5 or more, rounded up to 0.01; w = sum nu_t/2, "
        "at most 60, rounded down to 5; months of fewer than 5 sheets are one, in the last of them, as soon "
        "as they have 5 together; without a service's months in which the others of its unit have 1 to 4 "
        "sheets",
        unit="share of the largest variance, 0 to 1; degrees of freedom",
        source="Smyth 2004, Statistical Applications in Genetics and Molecular Biology 3(1); window and "
        "weights by simulation: python -m benchmarks.coverage",
        function="analytics.ikm.past.past_of",
    ),
    Formula(
        key="interval-logit-t",
        name_id="Selang kepercayaan logit-t nilai gabungan",
        name_en="Logit-t interval of a value put together of several",
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
        key="peers",
        name_id="Sebaran IKM unit-unit",
        name_en="Where the indices of the units lie",
        formula="of units with 10 sheets or more in the 12 calendar months before, at least 20: F = (sum v "
        "phi_t + phi_0)/(1 + sum v), v = nu_t/(nu_t + 8), over all their months (of few people as in "
        "dispersion-past), rounded up to 0.01; h_k, shares of 30 equal parts of the scale, beginning with "
        "1/30 and twice renewed: h_k = mean over units of h_k L_k/sum h_l L_l, L_k = int theta^(m e) (1 - "
        "theta)^((1 - m) e) over part k, m = sum n_t m_t/n, n = sum n_t, e = n (20 + sum nu_t)/(20 F + sum "
        "nu_t phi_t); rounded to 0.01",
        unit="share of the units; share of the largest variance, 0 to 1",
        source="Laird 1978, JASA 73, stopped early; calibration: python -m benchmarks.odds",
        function="analytics.ikm.peers.peers_of",
    ),
    Formula(
        key="mutu-odds",
        name_id="Peluang tiap mutu",
        name_en="Odds of each mutu",
        formula="P(low <= true IKM < high): int h(theta) theta^(m e) (1 - theta)^((1 - m) e) from low to "
        "high, over the same from 0 to 1; with N known the index is n/N m + (1 - n/N) y, y of the beta "
        "distribution of mean theta and size (N - n)/phi - 1; h = (K h_k + g_k)/(K + 1) for K units, g_k "
        "without: g_k = 0.8 of the beta distribution of mean 0.76 and size 16 and 0.2 of equal parts; e = "
        "n/phi, phi = (20 F + w phi_p + nu phi_s)/(20 + w + nu), w as of ikm-interval (times "
        "(phi_p/phi_s)^2 where phi_s is above phi_p), without units phi as of ikm-interval; a band begins "
        "at its printed bound - 0.005; in percent from 10 sheets on and with units, in words with one of "
        "both",
        unit=_CHANCE,
        source="Bayes; Franco, Little, Louis and Slud 2019 (effective numbers); calibration: python -m "
        "benchmarks.odds, docs/decisions/odds-of-the-letter.md",
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
)
