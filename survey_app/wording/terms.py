"""The regulation's words that head columns and boxes, and what they are called in English."""

from __future__ import annotations

from survey_app.instruments import Instrument
from survey_app.text import Text

UNSUR = Text("Unsur", "Service element")
MUTU = Text("Mutu", "Grade")
IKM = Text("IKM", "IKM")


def index_name(instrument: Instrument) -> Text:
    """What the result of a questionnaire is called: IKM, or the index by its title."""
    title = instrument.title
    return IKM if instrument.gives_ikm else Text(f"Indeks {title.id}", f"{title.en} index")


def index(instrument: Instrument) -> Text:
    """The same within a sentence, where it is known of what."""
    return IKM if instrument.gives_ikm else Text("nilai", "score")


def unsur_value(instrument: Instrument) -> Text:
    """What the value of one unsur is called."""
    return Text("IKM unsur", "Element IKM") if instrument.gives_ikm else Text("Nilai unsur", "Element score")
