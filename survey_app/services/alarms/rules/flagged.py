"""Unusual answers: a unit where far more of them come in bursts, twice or too fast than elsewhere.

Limits: `times` the share of all other units that the unit's true share has to exceed, as units differ in how
many come at once; `share` of its answers, and `fewest` of them, that are worth a look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analytics.comparison import Counted, shares_above
from analytics.ikm import Flag
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind
from survey_app.services.alarms.limits import Rule, Rules
from survey_app.services.alarms.seen import Seen
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import flags
from survey_app.text import Text

#: What somebody does who fills in many sheets. Equal answers throughout and late ones are ordinary people's.
MEANT = Flag.BURST | Flag.DUPLICATE | Flag.TOO_FAST
_SEEN = Text(
    "{n} dari {all} jawaban tidak lazim ({share}, di unit lain {others}): beruntun, berulang, atau terlalu "
    "cepat.",
    "{n} of {all} answers are unusual ({share}, in other units {others}): in bursts, repeated or too fast.",
)
_SEVERAL = Text(
    "Unit lain dengan jawaban tidak lazim: {names}.", "Other units with unusual answers: {names}."
)
_CHECK = Text("Periksa jawaban", "Check the answers")


@dataclass(frozen=True)
class Unusual:
    """A unit's sheets with one of the flags, of all of its sheets; `wrong` is as in `fell.Fall`."""

    unit_id: int
    counted: Counted
    wrong: float


def unusual(sheets: Mapping[tuple[int, int], int], rule: Rule, rules: Rules) -> list[Unusual]:
    """Of sheets by (unit id, flags) the units with far more unusual ones than the others, clearest first."""
    every, meant = Counter[int](), Counter[int]()
    for (unit_id, mask), n in sheets.items():
        every[unit_id] += n
        meant[unit_id] += n if Flag(mask) & MEANT else 0
    n, part = sum(every.values()), sum(meant.values())
    ids = [unit_id for unit_id in every if every[unit_id] < n]
    counted = [Counted(meant[i], every[i], part - meant[i], n - every[i]) for i in ids]
    wrong = shares_above(counted, rule.limits["times"])
    found = [
        Unusual(unit_id, count, chance)
        for unit_id, count, chance in zip(ids, counted, wrong, strict=True)
        if chance <= rules.likely
        and count.part >= rule.limits["fewest"]
        and count.part >= rule.limits["share"] * count.n
    ]
    return sorted(found, key=lambda one: (one.wrong, -one.counted.part))


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm for each of the clearest, one for all others together; none to who sees nothing inside."""
    if not seen.inside:
        return
    with seen.database.read() as connection:
        sheets = flags.counts(connection, seen.entries, seen.period.month_range)
    told = unusual(sheets, rule, seen.all_rules)
    single = told if len(told) == rule.cards + 1 else told[: rule.cards]
    yield from (_alarm(seen, one) for one in single)
    if others := told[len(single) :]:
        names = [seen.entries[one.unit_id].unit.name for one in others]
        yield Alarm(
            kind=Kind.FLAGGED,
            subject=words.several(len(others)),
            what=_SEVERAL.format(names=words.listed(names)),
            sure=seen.all_rules.sure(others[-1].wrong),
            responsible=words.EACH_HEAD,
            action=_CHECK,
            page="perbandingan",
            query=seen.place,
        )


def _alarm(seen: Seen, one: Unusual) -> Alarm:
    entry: UnitEntry = seen.entries[one.unit_id]
    counted = one.counted
    said = _SEEN.format(
        n=words.whole(counted.part),
        all=words.whole(counted.n),
        share=words.percent(counted.part / counted.n),
        others=words.percent(counted.others_part / counted.others),
    )
    value = next(u.score for u in seen.units.units if u.entry.unit.id == one.unit_id)
    return Alarm(
        kind=Kind.FLAGGED,
        subject=words.name(entry.unit.name),
        what=said,
        sure=seen.all_rules.sure(one.wrong),
        responsible=words.head_of_agency(entry),
        action=_CHECK,
        page="unit",
        query={"unit": entry.unit.code, "period": str(seen.period)},
        unit=entry.unit.code,
        value=None if value.ikm is None else float(value.ikm),
        mutu=value.mutu,
        since=seen.period,
    )
