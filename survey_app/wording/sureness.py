"""How sure a change is, in the same words wherever people look: on pages plainly, in reports by the term.

What is called by these words is decided elsewhere, by the interval of a difference or by a test; the name of
the test stands beside them, under "Cara menghitung" or in a caption.
"""

from __future__ import annotations

from analytics import Reason
from analytics.comparison import Difference
from survey_app.text import Text
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

CLEARLY_UP = Text("jelas naik", "clearly up")
CLEARLY_DOWN = Text("jelas turun", "clearly down")
NOT_CLEAR = Text("belum jelas", "not clear")
NEITHER = Text("belum jelas naik atau turun", "not clearly up or down")
ERROR_UNKNOWN = Text("galat pengambilan sampel belum diketahui", "sampling error not known")

SIGNIFICANTLY_UP = Text("meningkat secara signifikan", "risen significantly")
SIGNIFICANTLY_DOWN = Text("menurun secara signifikan", "fallen significantly")
NOT_SIGNIFICANT = Text("belum signifikan", "not significant")
NOT_COMPARABLE = Text(
    "Tidak dapat dibandingkan dengan {before}. {why}", "Not comparable with {before}. {why}"
)
NO_COMPARISON_YET = Text("Belum dapat dibandingkan dengan {before}.", "No comparison with {before} yet.")


def moved(change: Difference) -> Text:
    """What pages call a change: clearly up, clearly down, or neither; that its error is not known."""
    return _called(change, CLEARLY_UP, CLEARLY_DOWN, NEITHER)


def answer(change: Difference) -> Text:
    """The same as a short answer, below a column that asks."""
    return _called(change, CLEARLY_UP, CLEARLY_DOWN, NOT_CLEAR)


def significance(change: Difference) -> Text:
    """The same as reports call it."""
    return _called(change, SIGNIFICANTLY_UP, SIGNIFICANTLY_DOWN, NOT_SIGNIFICANT)


def measured_otherwise(change: Difference) -> bool:
    """Whether a rule or a questionnaire lies between the two periods: then nothing is missing in either."""
    return change.reason in (Reason.RULE_CHANGED, Reason.QUESTIONNAIRE_CHANGED)


def without_comparison(change: Difference, before: str, voice: Voice) -> str:
    """That there is nothing to compare with, and why when a rule or a questionnaire lies between."""
    if change.reason is None or not measured_otherwise(change):
        return voice.text(NO_COMPARISON_YET.format(before=before))
    why = voice.text(reason_text(change.reason))
    return voice.text(NOT_COMPARABLE.format(before=before, why=why))


def _called(change: Difference, up: Text, down: Text, open_: Text) -> Text:
    if change.distinguishable is None or change.value is None:
        return ERROR_UNKNOWN
    if not change.distinguishable:
        return open_
    return up if change.value > 0 else down
