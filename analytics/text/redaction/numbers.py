"""Telephone and identity numbers among all others: of every way to read a run of digits, the likeliest.

A run ("jam 08.15-12.30 2", "0812 3456 7890") is cut into parts, and each part costs something: nothing where
it is a time, date, price or the like, one where it may be somebody's number, and half to two for digits that
then are left over. The cheapest reading counts. So digits that could be a telephone stay where hours explain
them all, and hours go where they are the middle of an identity number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analytics.text.redaction import cues
from analytics.text.redaction.cues import Cue
from analytics.text.redaction.digits import Group, runs
from analytics.text.redaction.ordinary import ordinary_end, told_end
from analytics.text.redaction.spans import Personal, Span

#: Digits of an identity number (from a NIK with one missing), and of anything in several groups at most.
_IDENTITY, _LONGEST_IDENTITY, _MOST = 15, 20, 24
#: Digits of a local telephone number at least, and of one that nothing before it calls so.
_SHORTEST, _UNTOLD = 5, 9
#: Mobile with and without its 0, landline, and from abroad.
_MOBILE_OR_ABROAD = re.compile(r"08[1235789]\d{7,10}|(?:00)?620?(?:8\d{8,11}|[2-79]\d{6,10})")
_BY_AREA = re.compile(r"0[2-79]\d{7,10}|8[1235789]\d{7,10}")
_TOLD = re.compile(r"(?:(?:00)?62|0[2-9]|8)\d{6,12}")
_HOTLINE = re.compile(r"1[45]0")
_LONGEST_PHONE = 16
#: What digits cost that nothing explains, by how many they are: a few are a count, more part of something.
_LEFT_OVER = (0.0, 0.5, 0.5, 0.7, 2.0)
_OPENING, _CLOSING = "([{<", ")]}>"

#: One or two letters and six or seven digits; short and like a number in a queue, so only where it is said.
_PASSPORT = re.compile(
    rf"(?<!\w)(?:paspor|passport)(?:\W{{1,3}}{cues.BETWEEN}){{0,3}}\W{{1,4}}(?P<number>[a-z]{{1,2}}[\s\-]?\d{{6,7}})(?!\w)",
    re.IGNORECASE,
)


class _Part(NamedTuple):
    """Groups of a run up to `end`; `kind` None where they point to nobody."""

    cost: float
    end: int
    kind: Personal | None


class _Start(NamedTuple):
    """Where a number may begin: what it is called, whether a plus stands before it, and the list it is in.

    `listed`: up to which group the groups are years, or count up.
    """

    cue: Cue
    plus: bool
    listed: int


def find_passports(text: str) -> Iterator[Span]:
    """Numbers of passports in `text`, in their order."""
    for match in _PASSPORT.finditer(text):
        yield Span(match.start("number"), match.end("number"), Personal.IDENTITY)


def find_numbers(text: str) -> Iterator[Span]:
    """Numbers of people in `text`, in their order."""
    for run in runs(text):
        digits = sum(len(group.digits) for group in run)
        cue = cues.before(text, run[0].start) if digits >= _SHORTEST else Cue.NONE
        if digits >= _UNTOLD or cue is not Cue.NONE:
            yield from _read(text, run, cue)


def _read(text: str, run: Sequence[Group], cue: Cue) -> Iterator[Span]:
    """The cheapest way to cut the run, found from its end; of equal ones that with the longer part."""
    listed = _listed(run)
    costs = [0.0] * (len(run) + 1)
    best: list[_Part] = [_Part(0.0, 0, None)] * len(run)
    for at in reversed(range(len(run))):
        start = _Start(Cue.NONE if at else cue, text[: run[at].start][-1:] == "+", listed[at])
        parts = [*_impersonal(text, run, at), *_personal(run, at, start)]
        best[at] = min(parts, key=lambda part: (part.cost + costs[part.end], -part.end))
        costs[at] = best[at].cost + costs[best[at].end]
    at = 0
    while at < len(run):
        part = best[at]
        if part.kind is not None:
            yield Span(*_with_brackets(text, run[at].start, run[part.end - 1].end), part.kind)
        at = part.end


def _impersonal(text: str, run: Sequence[Group], at: int) -> Iterator[_Part]:
    digits = run[at].digits
    # The first three digits of a mobile number without its 0 are no likely count.
    likely_phone = 0.4 * (len(digits) == 3 and digits[0] == "8")
    yield _Part(_LEFT_OVER[min(len(digits), 4)] + likely_phone, at + 1, None)
    # Words stand before the first group only: they part runs.
    end = (None if at else told_end(text, run[at].start)) or ordinary_end(text, run[at].start)
    ordinary = None if end is None else _group_that_ends(run, at, end)
    if ordinary is not None:
        yield _Part(0.0, ordinary, None)


def _group_that_ends(run: Sequence[Group], at: int, end: int) -> int | None:
    while at < len(run) and run[at].end < end:
        at += 1
    return at + 1 if at < len(run) and run[at].end == end else None


def _personal(run: Sequence[Group], at: int, start: _Start) -> Iterator[_Part]:
    digits, before = run[at].digits, run[at]
    for end in range(at, len(run)):
        group = run[end]
        if end > at:
            if not _joined(before, group) or len(digits) + len(group.digits) > _MOST:
                return
            # "081234567890 12 kali", "0812-3456-7890 2 kali": what is whole does not go on across a space.
            short = len(group.digits) <= (2 if end == at + 1 else 1) and len(before.digits) > 2
            apart = len(digits) >= 10 and group.counts and short
            digits, before = digits + group.digits, group
            if apart:
                continue
        if len(digits) >= _SHORTEST:
            found = _kind(digits, end + 1 - at, len(run[at].digits), start)
            if found is None and len(digits) >= _IDENTITY and not at + 2 < end + 1 <= start.listed:
                found = _identity_cost(digits, end + 1 - at), Personal.IDENTITY
            if found is not None:
                yield _Part(found[0], end + 1, found[1])


def _joined(before: Group, group: Group) -> bool:
    """Whether one number may go on: after a comma only between longer groups without space."""
    if "," not in group.gap:
        return True
    return group.gap == "," and min(len(before.digits), len(group.digits)) >= 3


def _kind(digits: str, groups: int, first: int, start: _Start) -> tuple[float, Personal] | None:
    """What digits in so many groups, the first of so many digits, may be, and what that costs."""
    if start.cue is Cue.BANK and len(digits) >= 9:
        return -0.5, Personal.BANK
    if start.cue is Cue.IDENTITY and len(digits) >= 10:
        return 0.3, Personal.IDENTITY
    if len(digits) == 13 and digits.startswith("000"):
        return 1.0, Personal.IDENTITY  # the card of the national health insurance
    cost = _phone_cost(digits, groups, first, start) if len(digits) <= _LONGEST_PHONE else None
    return None if cost is None else (cost, Personal.PHONE)


def _identity_cost(digits: str, groups: int) -> float:
    """A telephone and a count behind it are as long as an identity number, two telephones longer than any."""
    if groups == 1:
        return 1.0
    return 2.2 if len(digits) > _LONGEST_IDENTITY else 1.8 if digits[0] == "0" else 1.0


def _phone_cost(digits: str, groups: int, first: int, start: _Start) -> float | None:
    """None where it cannot be a telephone number."""
    if start.plus and 9 <= len(digits) <= 15:
        return -1.0
    if start.cue is Cue.PHONE:
        return _told_cost(digits, groups, first)
    if digits[0] not in "068" or len(digits) < _UNTOLD:
        return None
    by_area = first >= 3 and (groups > 1 or len(digits) > _UNTOLD or digits[0] == "0")
    likely = _MOBILE_OR_ABROAD.fullmatch(digits) or (by_area and _BY_AREA.fullmatch(digits))
    return 1.0 if likely else None


def _told_cost(digits: str, groups: int, first: int) -> float | None:
    """After "WA", "hub." and the like: what begins as a number does, or a local one of 5 to 8 digits."""
    if _TOLD.fullmatch(digits):
        return -1.0
    local = 5 <= len(digits) <= 8 and (groups == 1 or first >= 2)
    return 0.9 if local and digits[0] != "0" and not _HOTLINE.match(digits) else None


def _listed(run: Sequence[Group]) -> list[int]:
    """Of each group, up to which one all are years, or each is one more than that before."""
    listed, years, counting = [0] * len(run), 0, 0
    for at in reversed(range(len(run))):
        digits, after = run[at].digits, run[at + 1].digits if at + 1 < len(run) else ""
        is_year = len(digits) == 4 and digits[:2] in ("19", "20")
        years = max(years, at + 1) if is_year else 0
        counts = len(digits) <= 4 and 0 < len(after) <= 4 and int(after) == int(digits) + 1
        counting = counting if counts else at + 1
        listed[at] = max(years, counting)
    return listed


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """With the plus before it, and a bracket before it that is closed within: (0541) 123456."""
    while start and text[start - 1] in "+" + _OPENING:
        opening, inside = _OPENING.find(text[start - 1]), text[start:end]
        if opening >= 0 and inside.count(_CLOSING[opening]) <= inside.count(_OPENING[opening]):
            break
        start -= 1
    return start, end
