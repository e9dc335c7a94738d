"""Chances in words: in percent where they are that exact, and else as "probably" is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial

from analytics.ikm import Odds, Peers, Told
from survey_app.text import Text
from survey_app.wording import numbers
from survey_app.wording.voice import Voice

#: From which chance on something is almost certain, and from which it is probable: said so, it is true in at
#: least nine of ten and in at least two of three (docs/decisions/odds-of-the-letter.md).
_ALMOST_CERTAIN, _PROBABLE = 0.95, 0.75
#: A chance below the first would be read as none; a letter below the second is not named as possible.
_SMALLEST, _POSSIBLE = 0.005, 0.1


class Sureness(StrEnum):
    """How sure the letter of the true value is, as words tell it."""

    ALMOST_CERTAIN = "almost-certain"
    PROBABLE = "probable"
    OPEN = "open"


PERCENT = Text("Peluang bermutu {odds}", "Probability of grade {odds}")
LETTER = {
    _ALMOST_CERTAIN: Text(
        "Mutu sebenarnya hampir pasti {first}", "The true grade is almost certainly {first}"
    ),
    _PROBABLE: Text("Mutu sebenarnya kemungkinan besar {first}", "The true grade is probably {first}"),
    0.0: Text("Mutu sebenarnya belum dapat dipastikan: {all}", "The true grade is not certain: {all}"),
}
#: The same of what would be.
LETTER_THEN = {
    _ALMOST_CERTAIN: Text(
        "Mutu sebenarnya hampir pasti menjadi {first}", "The true grade would almost certainly be {first}"
    ),
    _PROBABLE: Text(
        "Mutu sebenarnya kemungkinan besar menjadi {first}", "The true grade would probably be {first}"
    ),
    0.0: Text(
        "Mutu sebenarnya belum dapat dipastikan akan menjadi {all}",
        "It is not certain what the true grade would be: {all}",
    ),
}
OR, LAST_OR = Text(" atau ", " or "), Text(", atau ", ", or ")
TARGET = Text(
    "Peluang nilai sebenarnya mencapai target: {p}.",
    "Probability that the true score reaches the target: {p}.",
)
#: By the chance that the target is reached, from which on it is said so.
TARGET_IN_WORDS = {
    _ALMOST_CERTAIN: Text(
        "Nilai sebenarnya hampir pasti mencapai target.",
        "The true score almost certainly reaches the target.",
    ),
    _PROBABLE: Text(
        "Nilai sebenarnya kemungkinan besar mencapai target.", "The true score probably reaches the target."
    ),
    0.25: Text(
        "Belum dapat dipastikan apakah nilai sebenarnya mencapai target.",
        "It is not certain whether the true score reaches the target.",
    ),
    0.05: Text(
        "Nilai sebenarnya kemungkinan besar belum mencapai target.",
        "The true score probably does not reach the target.",
    ),
    0.0: Text(
        "Nilai sebenarnya hampir pasti belum mencapai target.",
        "The true score almost certainly does not reach the target.",
    ),
}

PEERS = Text(
    "Peluang bermutu tertentu dihitung dari jawaban unit ini dan dari sebaran nilai {units} unit dengan "
    "kuesioner yang sama dalam 12 bulan sebelum periode ini (keragaman {dispersion}, kalibrasi nomor "
    "{number}). Persentase unit pada 30 bagian skala yang sama lebar, dari yang terendah: {shares}.",
    "The probability of a grade is computed from the answers of this unit and from where the indices of "
    "{units} units with the same questionnaire lay in the 12 months before this period (variation "
    "{dispersion}, calibration number {number}). Percentage of the units in 30 equal parts of the scale, "
    "from the lowest: {shares}.",
)
FEW_SHEETS = Text(
    "Peluang bermutu tertentu disebut dengan kata, bukan persen, karena jumlah jawaban per unsur kurang "
    "dari 10.",
    "The probability of a grade is told in words and not in percent, because there are fewer than 10 "
    "answers to an element.",
)
NO_PEERS = Text(
    "Peluang bermutu tertentu disebut dengan kata, bukan persen, karena unit dengan kuesioner yang sama "
    "kurang dari 20 atau yang ditampilkan hanya satu layanan.",
    "The probability of a grade is told in words and not in percent, because fewer than 20 units have the "
    "same questionnaire or a single service is shown.",
)


def of_letters(odds: Odds, voice: Voice, letter: Mapping[float, Text] = LETTER) -> str:
    """Peluang bermutu **B**: 61%, **A**: 39%, the likeliest first; a census is sure; empty without odds.

    `letter`: how it is said in words; `LETTER_THEN` of what would be.
    """
    chances = sorted(odds.probabilities or (), key=lambda pair: -pair[1])
    if not chances:
        return ""
    if odds.told is Told.IN_PERCENT:
        said = voice.chance if odds.reason is None else partial(numbers.percent, language=voice.language)
        shown = ", ".join(f"**{m}**: {said(p)}" for m, p in chances if p >= _SMALLEST)
        return voice.text(PERCENT.format(odds=shown))
    possible = [f"**{mutu}**" for mutu in possible_letters(odds)]
    return voice.text(letter[_least(odds)].format(first=possible[0], all=_or(possible, voice)))


def possible_letters(odds: Odds) -> tuple[str, ...]:
    """The letters that words name as possible, the likeliest first: where it is open at least two."""
    chances = sorted(odds.probabilities or (), key=lambda pair: -pair[1])
    if sureness(odds) is not Sureness.OPEN:
        return tuple(mutu for mutu, _ in chances[:1])
    return tuple(mutu for place, (mutu, p) in enumerate(chances) if place < 2 or p >= _POSSIBLE)


def sureness(odds: Odds) -> Sureness | None:
    """What may be said of the likeliest letter, also where it is told in percent; None without odds."""
    if odds.probabilities is None:
        return None
    return {_ALMOST_CERTAIN: Sureness.ALMOST_CERTAIN, _PROBABLE: Sureness.PROBABLE}.get(
        _least(odds), Sureness.OPEN
    )


def _least(odds: Odds) -> float:
    """Which of the words for a letter are true of the likeliest one."""
    likeliest = max(p for _, p in odds.probabilities or ())
    if odds.told is Told.AS_OPEN:
        return 0.0
    return next(least for least in (_ALMOST_CERTAIN, _PROBABLE, 0.0) if likeliest >= least)


def _or(letters: Sequence[str], voice: Voice) -> str:
    """B atau A; C, B, atau A."""
    *others, last = letters
    return ", ".join(others) + voice.text(LAST_OR if others[1:] else OR) + last


def of_target(odds: Odds, voice: Voice) -> str:
    """The chance that the true value reaches the target (`chance_of_target`); empty where nobody can tell."""
    chance = odds.of("+")
    if chance is None:
        return ""
    if odds.told is not Told.IN_PERCENT:
        open_ = odds.told is Told.AS_OPEN
        return voice.text(TARGET_IN_WORDS[0.25] if open_ else _from(chance, TARGET_IN_WORDS))
    return voice.text(TARGET.format(p=voice.chance(chance)))


def _from(chance: float, words: Mapping[float, Text]) -> Text:
    return next(text for least, text in words.items() if chance >= least)


def of_peers(peers: Peers, voice: Voice) -> str:
    """What odds are computed from beside the sample: where the indices of the units lay."""
    return voice.text(
        PEERS.format(
            units=voice.count(peers.units),
            dispersion=voice.decimal(peers.dispersion),
            shares=" ".join(map(str, peers.shares)),
            number=peers.calibration,
        )
    )
