"""Formulas of values put together: borrowed variance, services, agencies, weighting."""

from analytics.formulas.model import Formula

_POINTS = "index points"

COMBINING = (
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
    Formula(
        key="ways",
        name_id="Selisih menurut cara menjawab, satu unit",
        name_en="Ways of answering, within one unit",
        formula="y: of x = m + y by least squares, m for each unsur of service and month, y for each "
        "sheet; d = sum w_h (y_h2 - y_h1)/sum w_h over services and months with both, w_h = n "
        "m/(n + m); SE^2: HC2, each way's part v at least (10 v_p + f v)/(10 + f) with v_p by "
        "the variance of both, f = sheets of the way - services and months; df of that "
        "quadratic form for equal variances; level 1 - 0.05/m for m other ways",
        unit=_POINTS,
        source="MacKinnon and White 1985, Journal of Econometrics 29; Bell and McCaffrey 2002, Survey "
        "Methodology 28(2)",
        function="analytics.sampling.ways.compare_ways",
    ),
    Formula(
        key="stand-out",
        name_id="Jam atau kelompok yang jelas berbeda",
        name_en="Hours or groups that are clearly different",
        formula="z = sum y/sqrt(sum_h n_ch (1 - n_ch/N_h) S_h^2), y of the cell's sheets less the mean of "
        "their service and month h; p = share of 399 deals of the sheets of each service and month, and "
        "this one, whose largest |z| of any hour or group with at least 5 sheets is not smaller; clear "
        "below 0.05, for groups p x kinds of groups, services dealt out together",
        unit=_POINTS,
        source="Westfall and Young 1993, Resampling-based multiple testing, single-step max-T",
        function="analytics.comparison.cells.stand_out",
    ),
    Formula(
        key="ways-of-many",
        name_id="Selisih menurut cara menjawab, banyak unit",
        name_en="Ways of answering, over units",
        formula="d = sum c_u d_u/sum c_u, c_u = 1/(s^2/w_u + tau^2), w_u = sum w_h, s^2 within ways, "
        "services and months, tau^2 by moments with weights w_u; SE^2 = sum c_u^2 (d_u - "
        "d)^2/(1 - c_u/sum c)/(sum c)^2 (CR2); df of that quadratic form; level as in ways",
        unit=_POINTS,
        source="DerSimonian and Laird 1986, Controlled Clinical Trials 7; Bell and McCaffrey 2002",
        function="analytics.sampling.ways.compare_ways",
    ),
)
