"""What an estimate of a unit is, and that it is not its IKM."""

from __future__ import annotations

from survey_app.services.province.small_areas import Estimated
from survey_app.text import Text
from survey_app.wording.voice import Voice

ESTIMATE = Text("Perkiraan (95%)", "Estimate (95%)")
LOWEST = Text("Perkiraan IKM terendah", "Lowest estimated IKM")
MEANING = Text(
    "Perkiraan menggabungkan jawaban pada periode ini dengan nilai unit lain dan, jika sepuluh unit atau "
    "lebih memilikinya, hasil unit itu setahun sebelumnya. Semakin sedikit respondennya, semakin besar "
    "pengaruh keduanya. Perkiraan hanya untuk pemantauan dan tidak menggantikan IKM.",
    "An estimate combines the answers of this period with the scores of other units and, where ten units or "
    "more have one, the unit's result in the year before. The fewer its respondents, the more those two "
    "count. It is for monitoring only and does not replace the IKM.",
)
SHORT = Text(
    "Perkiraan hanya untuk pemantauan dan tidak menggantikan IKM.",
    "Estimates are for monitoring only and do not replace the IKM.",
)


def value(estimate: Estimated, voice: Voice) -> str:
    """73,4: one decimal, as an IKM has two."""
    return voice.decimal(estimate.value, 1)


def interval(estimate: Estimated, voice: Voice) -> str:
    """66,1–79,0."""
    return voice.interval(estimate.interval, 1)
