"""Every reason that `analytics` can give has words in both languages."""

from __future__ import annotations

import pytest

from analytics.reason import Reason
from survey_app.wording.reasons import reason_text


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_has_words_in_both_languages(reason: Reason) -> None:
    text = reason_text(reason)
    assert text.id
    assert text.en
    assert text.id != text.en
