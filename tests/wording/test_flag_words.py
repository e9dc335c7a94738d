"""Every quality flag has its words, and so has whatever may not be known of a sheet."""

from __future__ import annotations

import pytest

from analytics.ikm.quality import Flag, Known
from survey_app.text import LANGUAGES, Language
from survey_app.wording import flag_words
from survey_app.wording.voice import Voice


def test_every_flag_has_its_words() -> None:
    assert set(flag_words.FLAGS) == set(Flag), "each flag of analytics.ikm.quality needs its line in FLAGS"
    assert set(flag_words.UNKNOWN) == set(Known), "each member of Known needs its line in UNKNOWN"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_flag_is_explained_with_its_thresholds(language: Language) -> None:
    rows = flag_words.limits(Voice(language))
    assert [name for name, _ in rows] == [w.name.in_language(language) for w in flag_words.FLAGS.values()]
    said = " ".join(limit for _, limit in rows)
    # The defaults of `QualityRules`: unsur, seconds per unsur, sheets and seconds of a burst, hours, seconds.
    assert [int(word) for word in said.split() if word.isdigit()] == [5, 1, 5, 120, 600, 1]
