"""For which unsur the verdict of omega does not speak."""

from __future__ import annotations

import pytest

from analytics.ikm import Omega, Reliability
from survey_app import instruments
from survey_app.wording import reliability_words
from survey_app.wording.voice import Voice

FORM = instruments.get("skm-2017@1")
VOICE = Voice("id")


def said(low: float, high: float, first: float | None) -> str:
    """Of a questionnaire of which the first unsur has another r than the others."""
    k = len(FORM.elements)
    omega = Omega(
        n=50, k=k, n_effective=50, omega=0.7, loadings=(0.5,) * k, interval=(low, high), reason=None
    )
    sums = Reliability(
        n=50,
        k=k,
        n_effective=50,
        alpha=0.7,
        alpha_if_dropped=(0.7,) * k,
        item_rest=(first, *(0.6,) * (k - 1)),
        r_critical=0.279,
        reason=None,
    )
    return reliability_words.said(omega, FORM, sums, VOICE)


@pytest.mark.parametrize(
    ("low", "high", "first", "alone"),
    [
        (0.65, 0.8, 0.1, True),
        (0.65, 0.8, 0.6, False),
        # It does not vary: nothing is known of it.
        (0.65, 0.8, None, False),
        # Each of them is to be read alone anyway.
        (0.5, 0.8, 0.1, False),
        (0.3, 0.5, 0.1, False),
    ],
)
def test_an_unsur_is_named_where_the_others_clearly_go_together_and_it_does_not(
    low: float, high: float, first: float | None, alone: bool
) -> None:
    named = reliability_words.OUT_OF_STEP.format(
        names=f"{FORM.elements[0].number} {FORM.elements[0].name.id}"
    )
    assert (named.id in said(low, high, first)) == alone
