"""Why nothing can be said of a questionnaire: part of the reasons of `reasons`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics import Reason
from survey_app.text import Text


@dataclass(frozen=True)
class Words:
    """`sentence` stands alone, on a page; `clause` within a sentence or behind a dash, in a report."""

    sentence: Text
    clause: Text


QUESTIONNAIRE: Mapping[Reason, Words] = {
    Reason.ONE_ELEMENT: Words(
        sentence=Text(
            "Kuesioner ini hanya memiliki satu unsur.", "The questionnaire has only one service element."
        ),
        clause=Text("kuesioner hanya memiliki satu unsur", "the questionnaire has only one service element"),
    ),
    Reason.FEWER_THAN_THREE: Words(
        sentence=Text("Unsurnya kurang dari tiga.", "There are fewer than three service elements."),
        clause=Text("unsurnya kurang dari tiga", "there are fewer than three service elements"),
    ),
    Reason.UNSUR_WITHOUT_VARIATION: Words(
        sentence=Text(
            "Ada unsur yang dinilai sama oleh semua, atau oleh semua yang juga menjawab unsur lain.",
            "All gave one of the elements one score, or all who also answered some other element did.",
        ),
        clause=Text(
            "ada unsur yang dinilai sama oleh semua, atau oleh semua yang juga menjawab unsur lain",
            "all gave one of the elements one score, or all who also answered some other element did",
        ),
    ),
    Reason.INCONSISTENT_PAIRS: Words(
        sentence=Text(
            "Hubungan antarunsur tidak dapat dihitung karena ada pertanyaan yang tidak dijawab.",
            "The relations between service elements cannot be computed, because some answers are missing.",
        ),
        clause=Text(
            "hubungan antarunsur tidak dapat dihitung karena ada pertanyaan yang tidak dijawab",
            "the relations between service elements cannot be computed because some answers are missing",
        ),
    ),
}
