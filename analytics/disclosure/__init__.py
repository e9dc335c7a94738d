"""Which published numbers would give a few people away."""

from analytics.disclosure.minimum import MINIMUM, is_few
from analytics.disclosure.narrowing import leaves_few, to_withhold
from analytics.disclosure.recap_narrowing import recaps_to_withhold
from analytics.disclosure.small_cells import hide_small_cells
from analytics.disclosure.totals import AnswerFile, Files, PublishedTotal, RecapTotal, Unit, UnitTotal

__all__ = [
    "MINIMUM",
    "AnswerFile",
    "Files",
    "PublishedTotal",
    "RecapTotal",
    "Unit",
    "UnitTotal",
    "hide_small_cells",
    "is_few",
    "leaves_few",
    "recaps_to_withhold",
    "to_withhold",
]
