"""IP ASN against IKM. Values against R: test_reference_reliability (units28); here SciPy and the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics import AnalyticsError
from analytics.ikm.covariance import FloatArray
from analytics.ip_asn.link import EXPLORATORY, kompetensi_kinerja, link
from analytics.reason import Reason
from survey_app import rulesets

series = st.integers(4, 30).flatmap(lambda n: arrays(np.float64, (2, n), elements=st.integers(0, 100)))


@given(series)
def test_pearson_and_spearman_are_scipys(xy: FloatArray) -> None:
    assume(np.ptp(xy[0]) > 0 and np.ptp(xy[1]) > 0)
    correlation = link({"total": xy[0].tolist()}, xy[1].tolist(), [0.0] * xy.shape[1])["total"]
    expected = stats.pearsonr(xy[0], xy[1])
    assert correlation.pearson == pytest.approx(float(expected.statistic), abs=1e-9)
    assert correlation.spearman == pytest.approx(float(stats.spearmanr(xy[0], xy[1]).statistic), abs=1e-9)
    if abs(expected.statistic) < 0.999:
        low, high = expected.confidence_interval(0.95)
        assert correlation.pearson_interval == pytest.approx((low, high), abs=1e-9)
    assert (correlation.reliability, correlation.corrected) == (1.0, correlation.pearson)
    assert correlation.label == EXPLORATORY


def test_the_smallest_r_that_units_can_tell_from_zero() -> None:
    """ip_asn facts: with 20 to 40 units |r| must exceed about 0.44 to 0.31."""
    for n, smallest in ((20, 0.44), (40, 0.31)):
        values = [float(i) for i in range(n)]
        r_minimum = link({"total": values}, values, [0.0] * n)["total"].r_minimum
        assert r_minimum is not None
        assert round(r_minimum, 2) == smallest


def test_correction_by_hand() -> None:
    """IKM 80 82 84 86, variance 20/3, se^2 = 5/3 throughout: reliability 0.75, r / sqrt(0.75)."""
    correlation = link({"x": [1.0, 3.0, 2.0, 1.0]}, [80.0, 82.0, 84.0, 86.0], [(5 / 3) ** 0.5] * 4)["x"]
    assert correlation.reliability == pytest.approx(0.75)
    assert correlation.corrected == pytest.approx((correlation.pearson or 0) / 0.75**0.5)


def test_disiplin_of_five_everywhere_has_no_variance_and_says_so() -> None:
    correlation = link({"disiplin": [5.0] * 6}, [80.0, 81.0, 82.0, 83.0, 84.0, 85.0], [1.0] * 6)["disiplin"]
    assert (correlation.pearson, correlation.spearman, correlation.corrected) == (None, None, None)
    assert correlation.reason("pearson") is Reason.NO_VARIATION
    assert correlation.n == 6


def test_units_without_either_value_are_left_out() -> None:
    correlation = link(
        {"x": [1.0, 2.0, None, 4.0, 5.0, 7.0]}, [80.0, 82.0, 1.0, None, 85.0, 90.0], [0.1] * 6
    )["x"]
    assert correlation.n == 4


@pytest.mark.parametrize(
    ("se", "why"),
    [(2.0, Reason.NOISE_EXCEEDS_SPREAD), (None, Reason.NOT_RECORDED), (1.6, Reason.CORRECTED_BEYOND_ONE)],
)
def test_a_correction_that_cannot_be_made_says_why(se: float | None, why: Reason) -> None:
    correlation = link({"x": [1.0, 2.0, 3.0, 4.0]}, [80.0, 81.0, 82.0, 84.0], [se] * 4)["x"]
    assert correlation.pearson is not None
    assert correlation.corrected is None
    assert correlation.reason("corrected") is why


def test_too_few_units() -> None:
    correlation = link({"x": [1.0, 2.0, 3.0]}, [80.0, 81.0, 82.0], [1.0] * 3)["x"]
    assert correlation.pearson is None
    assert correlation.reason("pearson") is Reason.TOO_FEW


def test_series_of_different_length_are_refused() -> None:
    with pytest.raises(AnalyticsError, match="units-length"):
        link({"x": [1.0]}, [80.0, 81.0], [1.0, 1.0])
    with pytest.raises(AnalyticsError, match="units-length"):
        kompetensi_kinerja([1.0], [1.0, 2.0], rulesets.get("ip-asn-2019"))


def test_kompetensi_against_kinerja_is_refused_where_performance_counts_twice() -> None:
    x, y = [20.0, 25.0, 30.0, 40.0], [15.0, 25.0, 20.0, 30.0]
    refused = kompetensi_kinerja(x, y, rulesets.get("ip-asn-2023"))
    assert (refused.pearson, refused.reason("pearson")) == (None, Reason.COUNTED_TWICE)
    allowed = kompetensi_kinerja(x, y, rulesets.get("ip-asn-2019"))
    assert allowed.pearson == pytest.approx(float(stats.pearsonr(x, y).statistic))
