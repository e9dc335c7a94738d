"""Staff of the demonstration province: invented, measured every year by the rules in force, never complete.

A unit whose service is better tends to have staff who are trained more and rated higher, loosely: half of the
differences between units are chance. The numbers go through the same storage as a real import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

import numpy as np
from numpy.random import Generator

from analytics.ip_asn import CompetenceGroup, Ruleset
from survey_app import rulesets
from survey_app.services.ip_asn import staff_sums
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from survey_app.storage.ip_asn import StoredScore

YEARS = 5
_HEADCOUNT = (8, 120)
_PPPK, _MOVED = 0.22, 0.08
#: Share of staff per level of education from SLTA to S3, and what each scores until 2022.
_EDUCATION = ((0.17, 5), (0.13, 10), (0.55, 15), (0.14, 20), (0.01, 25))
#: Rating levels from Sangat Baik to Kurang as cuts of a latent quality, and base competence since 2023.
_RATING_CUTS = (1.7, -1.5, -2.3)
_RATING = (30, 25, 15, 5)
_BASE = (25, 20, 15, 10)
#: Points that training adds to the base since 2023; invented, because the increments were not published.
_TRAINING_STEPS = (0, 5, 10, 15)
_UNRECORDED = {"kualifikasi": 0.01, "kompetensi": 0.14, "kinerja": 0.025}
#: As in every published table.
_DISIPLIN = Decimal(5)


@dataclass(frozen=True, kw_only=True)
class _Person:
    """An invented employee. `quality` is latent; `group` names the posts that are scored alike."""

    id: str
    unit_id: int
    status: str
    moved: bool
    group: str
    education: int
    quality: float
    since: int


def load(database: Database, units: Sequence[tuple[int, float]], now: datetime, seed: int) -> int:
    """Store the measurements of the five years before `now`; the number of scores.

    Args:
        units: id and service level of each unit, the level in units of its own spread.
    """
    rng = np.random.default_rng([seed, 38, 2018])
    levels = np.array([level for _, level in units])
    spread = float(levels.std()) or 1.0
    years = range(now.year - YEARS, now.year)
    staff = [
        person
        for (unit_id, _), level in zip(units, (levels - levels.mean()) / spread, strict=True)
        for person in _staff(unit_id, float(level), years[0], rng)
    ]
    written = sum(
        _import(database, year, [p for p in staff if p.status == status], now, rng)
        for year in years
        for status in ("PNS", "PPPK")
    )
    for year in years:
        staff_sums.refresh(database, year)
    return written


def _staff(unit_id: int, level: float, first: int, rng: Generator) -> list[_Person]:
    low, high = _HEADCOUNT
    headcount = int(np.clip(rng.lognormal(3.6, 0.6), low, high))
    unit_quality = 0.35 * level + rng.normal(0, 0.35)
    return [_person(unit_id, unit_quality, first, rng) for _ in range(headcount)]


def _person(unit_id: int, unit_quality: float, first: int, rng: Generator) -> _Person:
    pppk = rng.uniform() < _PPPK
    moved = not pppk and rng.uniform() < _MOVED
    group = (
        "fungsional"
        if moved or pppk
        else str(rng.choice(["struktural", "fungsional", "pelaksana"], p=[0.12, 0.38, 0.5]))
    )
    education = int(rng.choice(len(_EDUCATION), p=[share for share, _ in _EDUCATION]))
    return _Person(
        id=rng.bytes(16).hex(),
        unit_id=unit_id,
        status="PPPK" if pppk else "PNS",
        moved=moved,
        group=group,
        education=education,
        quality=float(unit_quality + rng.normal(0, 0.8)),
        # Most PPPK joined during these years; a few PNS did.
        since=first + (int(rng.integers(0, 4)) if pppk else int(rng.uniform() < 0.06) * 2),
    )


def _import(database: Database, year: int, staff: Sequence[_Person], now: datetime, rng: Generator) -> int:
    ruleset = rulesets.in_force(year)
    age = year - (now.year - YEARS)
    present = [replace(p, quality=p.quality + 0.12 * age) for p in staff if p.since <= year]
    scores = [_score(person, ruleset, age, rng) for person in present]
    digest = hashlib.sha256("\n".join(map(repr, scores)).encode()).hexdigest()
    write = partial(
        ip_asn.add_import,
        year=year,
        ruleset=ruleset.id,
        measured_on=date(year, 12, 31),
        digest=digest,
        imported_at=now,
        scores=scores,
    )
    database.write(write)
    return len(scores)


def _score(person: _Person, ruleset: Ruleset, age: int, rng: Generator) -> StoredScore:
    """Records grow more complete over the years: a third of the gaps of the first year remain in the last."""
    gaps = {key: share * (1 - age / 6) for key, share in _UNRECORDED.items()}
    rating = sum(person.quality + rng.normal(0, 0.5) < cut for cut in _RATING_CUTS)
    kualifikasi = _qualification(person, ruleset)
    kompetensi, trained = _competence(person, ruleset, rating, rng.uniform() < gaps["kompetensi"], rng)
    scores = (
        None if rng.uniform() < gaps["kualifikasi"] else Decimal(kualifikasi),
        kompetensi,
        None if rng.uniform() < gaps["kinerja"] else Decimal(_RATING[rating]),
        _DISIPLIN,
    )
    recorded = (scores[0] is not None, trained, scores[2] is not None, True)
    return StoredScore(
        person=person.id,
        unit_id=person.unit_id,
        status=person.status,
        penyetaraan=person.moved,
        scores=scores,
        recorded=recorded,
    )


def _qualification(person: _Person, ruleset: Ruleset) -> int:
    """By level of education until 2022; since then against the post: meets it 20, above it 25."""
    if ruleset.computes:
        return _EDUCATION[person.education][1]
    return 25 if person.education >= 3 else 20


def _competence(
    person: _Person, ruleset: Ruleset, rating: int, unrecorded: bool, rng: Generator
) -> tuple[Decimal | None, bool]:
    """Score and whether it stands on records: without any it is 0 until 2022, and absent since."""
    if unrecorded:
        return (Decimal(0) if ruleset.computes else None), False
    if not ruleset.computes:
        step = int(np.clip(np.rint(1.6 + 0.7 * person.quality + rng.normal(0, 0.7)), 0, 3))
        return Decimal(min(40, _BASE[rating] + _TRAINING_STEPS[step])), True
    group = next(g for g in ruleset.kompetensi if g.key == person.group)
    return _trained(person, group, rng), True


def _trained(person: _Person, group: CompetenceGroup, rng: Generator) -> Decimal:
    """Parts earned by chance and quality; staff moved by the reform of posts lack diklat fungsional."""
    chance = 1 / (1 + np.exp(-(0.75 + 0.9 * person.quality)))
    earned = [
        part.score
        for part in group.parts
        if rng.uniform() < chance and not (person.moved and part.kind == "fungsional")
    ]
    return sum(earned, Decimal(0))
