"""Formulas of IP ASN and of its link with the IKM."""

from analytics.formulas.model import Formula

_METHOD = "Peraturan BKN 8/2019"

IP_ASN = (
    Formula(
        key="ip-asn-employee",
        name_id="IP ASN pegawai",
        name_en="IP ASN of an employee",
        formula=(
            "kualifikasi (25) + kompetensi (40) + kinerja (30) + disiplin (5), by the levels of the rule set"
        ),
        unit="points, 0 to 100",
        source=f"{_METHOD}, Pasal 7-10",
        function="analytics.ip_asn.scoring.score_employee",
    ),
    Formula(
        key="ip-asn-given",
        name_id="IP ASN dari nilai dimensi yang diberikan",
        name_en="IP ASN from given dimension scores",
        formula="sum of the four dimensions, each within 0 and its maximum",
        unit="points, 0 to 100",
        source=_METHOD,
        function="analytics.ip_asn.employee.given_scores",
    ),
    Formula(
        key="ip-asn-unit",
        name_id="IP ASN unit",
        name_en="IP ASN of a unit",
        formula=(
            "mean of the employees' totals; a sample of staff: mean -+ t(n - 1) s / sqrt(n) x sqrt(1 - n/N)"
        ),
        unit="points, 0 to 100",
        source=f"{_METHOD}; Cochran 1977 for the interval",
        function="analytics.ip_asn.unit.unit_index",
    ),
    Formula(
        key="ip-asn-groups",
        name_id="Gabungan PNS dan PPPK",
        name_en="PNS and PPPK together",
        formula="sum of headcount x value / headcount; alternative: simple mean of the groups",
        unit="points, 0 to 100",
        source=f"{_METHOD}; the alternative as published by one province",
        function="analytics.ip_asn.unit.unit_index",
    ),
    Formula(
        key="ip-asn-merge",
        name_id="IP ASN instansi dan provinsi",
        name_en="IP ASN of an agency and of a province",
        formula="sum of all totals / sum of n, from exact sums per unit: the headcount mean, rounded once",
        unit="points, 0 to 100",
        source=_METHOD,
        function="analytics.ip_asn.sums.staff_index",
    ),
    Formula(
        key="ip-asn-missing",
        name_id="Pengaruh data yang belum tercatat",
        name_en="What missing records would move",
        formula="(sum of totals - assumed scores + v x missing + totals of those who enter) / new n - mean; "
        "v the mean of those recorded, or the maximum",
        unit="points",
        source="arithmetic of the mean; completeness beside every mean",
        function="analytics.ip_asn.sums.staff_missing",
    ),
    Formula(
        key="ip-asn-category",
        name_id="Kategori IP ASN",
        name_en="Category of IP ASN",
        formula="the highest band whose lower neighbour ends below the value",
        unit="category",
        source=f"{_METHOD}; the gaps (80.01-80.99) are undefined there and flagged here",
        function="analytics.ip_asn.categories.category",
    ),
    Formula(
        key="ip-asn-rating",
        name_id="Tingkat penilaian kinerja",
        name_en="Level of a performance rating",
        formula=">= 91, 76-90, 61-75, 51-60, <= 50; ratings between two levels as categories, and flagged",
        unit="level",
        source=f"{_METHOD}, Pasal 9",
        function="analytics.ip_asn.scoring.rated",
    ),
    Formula(
        key="link",
        name_id="Kaitan IP ASN dan IKM (eksploratif)",
        name_en="IP ASN against IKM (exploratory)",
        formula="Pearson and rank correlation over units; corrected = r / sqrt(1 - mean(se^2) / var(IKM))",
        unit="-1 to 1",
        source="Spearman 1904 (attenuation)",
        function="analytics.ip_asn.link.link",
    ),
    Formula(
        key="pearson",
        name_id="Korelasi Pearson",
        name_en="Pearson correlation",
        formula="r = sum of dx dy / sqrt(sum of dx^2 x sum of dy^2), d from the mean",
        unit="-1 to 1",
        source="Pearson 1895",
        function="analytics.ip_asn.link.pearson",
    ),
    Formula(
        key="bonett-wright-interval",
        name_id="Selang kepercayaan korelasi peringkat",
        name_en="Interval of a rank correlation",
        formula="tanh(atanh(r) -+ z sqrt((1 + r^2/2) / (n - 3)))",
        unit="-1 to 1, 95 %",
        source="Bonett and Wright 2000",
        function="analytics.ikm.correlation.bonett_wright_interval",
    ),
    Formula(
        key="kompetensi-kinerja",
        name_id="Korelasi kompetensi dan kinerja",
        name_en="Correlation of competence and performance",
        formula=(
            "Pearson and rank correlation; refused where competence is computed from performance (rules "
            "of 2023)"
        ),
        unit="-1 to 1",
        source="BKN letter 4190/B-BM.02.01/SD/K/2024",
        function="analytics.ip_asn.link.kompetensi_kinerja",
    ),
)
