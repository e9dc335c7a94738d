"""Published recaps that, with published units, leave a few people: a province less all its units but one.

A recap is the mean of its units' values, so whoever has it and the values of all its units but one has that
one too. A rest of 1 to minimum - 1 people must not come about, as in `analytics.disclosure.narrowing`, whose
totals of single units are looked at here together with the recaps. With a minimum of 5 and the units a1, a2:

    published, in this order                       what it would tell
    a1: 20    a2: 30    recap: a1 23, a2 30        less a2 it is a1's 23, less its 20: 3 people, withheld
    a1: 20    a2: 30    recap: a1 25, a2 30        5 people: shown
    recap: a1 23, a2 30    a1: 20                  a2 is not known, so neither is a1's 23: shown
                           then a2: 30             now it would be: withheld
    recap: a1 5, a2 30    a1 of February: 10
                          recap: a1 16, a2 30      less the first recap 11 of a1, of whom 10 can be
                                                   February's: 1 person, withheld

How many people are left of a recap is counted in `recap_rests`. What a recap tells of its last unknown unit,
or of its units where each may be known by the others, is from then on known of that unit, as old as the
recap, and may in turn tell of others: so everything is worked out until nothing new follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.disclosure.narrowing import leaves_few
from analytics.disclosure.recap_factors import few_by_factors, may_tell_by_factors, touched_by
from analytics.disclosure.recap_rests import Shown, few_are_left, tells_more, told_units
from analytics.disclosure.told_groups import TooManyError
from analytics.disclosure.totals import RecapTotal, Unit, UnitTotal


def recaps_to_withhold(published: Sequence[UnitTotal | RecapTotal], minimum: int) -> tuple[bool, ...]:
    """Which of these, in the order in which they were published, must not be shown.

    As in `narrowing.to_withhold`, which the totals of every unit must have passed already, it is the later
    one: what was shown cannot be taken back. Units of 1 to minimum - 1 people are never shown. A recap is not
    either when its small units are 1 to minimum - 1 people together, without those of agencies that have
    enough of them to be taken off whole: it is judged as if all the others had been published, so that
    none of them has to keep silent later for the recap's sake. What would take too long to look through is
    withheld unread.
    """
    shown = Shown(minimum=minimum)
    withheld = []
    for place, new in enumerate(published):
        try:
            after = (
                _with_unit(shown, new, place)
                if isinstance(new, UnitTotal)
                else _with_recap(shown, new, place)
            )
        except TooManyError:
            after = None
        shown = after or shown
        withheld.append(after is None)
    return tuple(withheld)


def _with_unit(shown: Shown, new: UnitTotal, place: int) -> Shown | None:
    """What is shown when `new` is as well; None when it would leave a few."""
    after = shown.and_total(new.unit, new.total, place)
    touched = [recap for recap in shown.recaps if tells_more(shown, after, recap, new.unit)]
    weighed = [recap for recap in shown.recaps if may_tell_by_factors(shown, recap, new.unit)]
    return _worked_out(after, touched, {new.unit} & shown.told, weighed)


def _with_recap(shown: Shown, new: RecapTotal, place: int) -> Shown | None:
    """What is shown when `new` is as well; None when it would leave a few."""
    in_small_units = [sum(n for n in units.values() if n < shown.minimum) for units in new.people.values()]
    # An agency with enough of them can be taken off whole: its recap may be shown.
    if shown.is_few(sum(n for n in in_small_units if n < shown.minimum)):
        return None
    after = shown.and_recap(new, place)
    touched = [recap for recap in after.recaps if recap.period.overlaps(new.period)]
    return _worked_out(after, touched, (), touched_by(after, new))


def _worked_out(
    shown: Shown, recaps: Sequence[RecapTotal], units: Iterable[Unit], weighed: Sequence[RecapTotal]
) -> Shown | None:
    """`shown` with all that follows from it; None when a few are left on the way.

    Args:
        recaps: those of which more is known than before.
        units: those of whose own totals more is known than they published.
        weighed: recaps of which more may be known when they are added to others with factors.
    """
    if any(leaves_few(shown.of(unit).in_order, shown.minimum) for unit in units):
        return None
    if any(few_are_left(shown, recap) for recap in recaps) or few_by_factors(shown, weighed):
        return None
    told = next(((recap, unit) for recap in recaps for unit in told_units(shown, recap)), None)
    if told is None:
        return shown
    recap, unit = told
    after = shown.and_total(unit, recap.total(unit), shown.recaps[recap], told=True)
    touched = [each for each in shown.recaps if tells_more(shown, after, each, unit)]
    weighed = [each for each in shown.recaps if may_tell_by_factors(shown, each, unit)]
    return _worked_out(after, [*recaps, *touched], {unit}, weighed)
