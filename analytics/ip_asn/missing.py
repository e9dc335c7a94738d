"""What is not recorded, and how far recording it would move the index: counts only, never persons.

Low values are often missing records and not low professionalism. A competence of 0 because no training was
entered pulls the mean down; an employee without a rating is in no mean at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class MissingSums:
    """One dimension of some staff as sums, so that units add up to agencies and a province.

    Attributes:
        maximum: highest score of the dimension.
        recorded, recorded_points: staff with something recorded, and their scores together.
        scored, scored_points: staff without, who are in the mean all the same, and their scores together.
        entering, entering_points: staff whom only this dimension keeps out of the mean, and the sum of the
            other three.
        staff: everyone without something recorded.
        n, points: staff in the mean, and the sum of their totals.
    """

    key: str
    maximum: Decimal
    recorded: int
    recorded_points: Fraction
    scored: int
    scored_points: Fraction
    entering: int
    entering_points: Fraction
    staff: int
    n: int
    points: Fraction

    def gain(self, score: Fraction) -> Fraction | None:
        """Change of the index if everyone without a record had `score`; None without staff in the mean."""
        if self.n == 0:
            return None
        filled = self.points - self.scored_points + self.scored * score
        filled += self.entering_points + self.entering * score
        return filled / (self.n + self.entering) - self.points / self.n

    @property
    def typical(self) -> Fraction | None:
        """Mean score of those recorded, 0 to `maximum`; None when nobody is."""
        return None if self.recorded == 0 else self.recorded_points / self.recorded

    @property
    def typical_gain(self) -> Fraction | None:
        """Change of the index, in points, if the missing records were like those there are."""
        return None if self.typical is None else self.gain(self.typical)

    @property
    def highest_gain(self) -> Fraction | None:
        """Change of the index, in points, if every missing record gave the maximum: no more is possible."""
        return self.gain(Fraction(self.maximum))
