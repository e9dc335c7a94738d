"""Agreement with R on ordinal omega: psych as it is, and psych's likelihood searched to its end.

Expected values: reference/omega.json, printed by reference/omega.R. psych stops its searches after four or
five digits, so what it prints is compared to 1e-4; the rest to 2e-7 (an interval to 1e-5: it adds what 49
searches leave), and alpha's interval, which nothing is searched for, to 1e-9.
"""

from __future__ import annotations

import numpy as np
import pytest

from analytics.ikm.omega import minres, omega
from analytics.ikm.polychoric import polychoric, tables
from analytics.ikm.reliability import alpha_interval
from tests.analytics.reference_data import answers, reference

R = reference("omega")
LEVELS = {"sekadau": 4, "skm200": 4, "spak60": 6, "missing120": 4}
TOLERANCE = {
    "psych_r": 1e-4,
    "psych_loadings": 1e-4,
    "psych_omega": 1e-5,
    "omega_interval": 1e-5,
    "alpha_interval": 1e-9,
}


def computed(name: str) -> dict[str, list[float]]:
    x, levels = answers("reliability", name), LEVELS[name]
    found = polychoric(tables(x, levels))
    k = x.shape[1]
    r = np.zeros((k, k))
    r[np.triu_indices(k, 1)] = found
    r = r + r.T + np.eye(k)
    whole = omega(x, levels)
    assert whole.omega is not None
    assert whole.loadings is not None
    assert list(whole.loadings) == pytest.approx(minres(r[None])[0].tolist())
    by_columns = r.T[np.tril_indices(k, -1)].tolist()
    return {
        "psych_r": by_columns,
        "psych_omega": [whole.omega],
        "psych_loadings": list(whole.loadings),
        "r": by_columns,
        "loadings": list(whole.loadings),
        "omega": [whole.omega],
        "alpha_interval": list(alpha_interval(x, levels) or ()),
        "omega_interval": list(whole.interval or ()),
    }


COMPUTED = {name: computed(name) for name in LEVELS}
PAIRS = [(name, statistic) for name, block in R.items() for statistic in block]


@pytest.mark.parametrize(("name", "statistic"), PAIRS)
def test_agrees_with_r(name: str, statistic: str) -> None:
    expected = R[name][statistic]
    assert COMPUTED[name][statistic] == pytest.approx(expected, abs=TOLERANCE.get(statistic, 2e-7), rel=0)


def test_nothing_is_left_out() -> None:
    assert set(COMPUTED) == set(R)
    assert sum(len(values) for block in R.values() for values in block.values()) > 250
