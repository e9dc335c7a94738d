"""A demonstration province: invented answers for agencies and units that resemble real ones.

Every answer comes from one seeded generator, so the same seed gives the same province: units differ, unsur
differ, some units improve and some do not, and a person who is content with one unsur tends to be content
with the others. Follow-up comes from `follow_up`, what is done about complaints from `complaints`, staff and
their IP ASN from `staff`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.random import Generator

from analytics import Period
from analytics.ikm import IntArray
from survey_app import instruments
from survey_app.errors import Conflict
from survey_app.instruments import DATA, Instrument
from survey_app.services.answers.ids import uuid7
from survey_app.services.demo import complaints, follow_up, staff
from survey_app.services.ikm import calibration, results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.opening_hours import Hours, set_hours
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import places, responses
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from survey_app.text import Text

Progress = Callable[[float, str], None]

ZONE = "Asia/Makassar"
MONTHS = 36
RESPONSES = 200_000
_BATCH = 5_000
#: One in so many answers at a kiosk comes at any hour, so that something carries the flag.
_LATE = 211

#: How much easier (above 0) or harder an unsur is than the others, in units of a person's own spread.
_UNSUR_EASE = {
    "persyaratan": 0.15,
    "prosedur": 0.0,
    "waktu": -0.35,
    "biaya": 0.55,
    "produk": 0.1,
    "kompetensi": 0.2,
    "perilaku": 0.3,
    "sarpras": -0.3,
    "pengaduan": -0.15,
}
#: Where the latent judgement turns into 2, 3 and 4: most answers are 3, as in published tables.
_THRESHOLDS = (-2.3, -1.25, 0.75)
_PROFILE_SHARES = {
    "jenis_kelamin": (0.5, 0.45),
    "usia": (0.01, 0.2, 0.29, 0.23, 0.14, 0.06),
    "pendidikan": (0.05, 0.08, 0.4, 0.12, 0.25, 0.04, 0.005),
    "pekerjaan": (0.16, 0.01, 0.015, 0.34, 0.2, 0.2),
}


@dataclass(frozen=True, kw_only=True)
class _UnitPlan:
    """A unit and how it does: answers a month, level, yearly improvement, ease per unsur."""

    entry: UnitEntry
    instrument: Instrument
    per_month: float
    level: float
    slope: float
    ease: np.ndarray[Any, np.dtype[np.float64]]


def load(
    database: Database,
    acting: Acting,
    now: datetime,
    progress: Progress,
    *,
    seed: int = 2026,
    total: int = RESPONSES,
) -> int:
    """Fill an empty database with the demonstration province; the number of responses.

    `progress` is told the share done and what is being done.

    Raises:
        Refused: `role-refused`, `scope-refused`.
        Conflict: `demo-not-empty` when there are agencies already: invented answers never join real ones.
    """
    acting.require_whole(None, Action.LOAD_DEMO)
    if catalogue.list_agencies(database):
        text = Text(
            "Data peragaan hanya dapat dimuat ke basis data kosong. Untuk mengulang, hentikan server "
            "dan hapus basis data peragaan (bawaannya berkas var/survey.db).",
            "Demonstration data can be loaded into an empty database only. To start over, stop the server "
            "and delete the demonstration database (by default the file var/survey.db).",
        )
        raise Conflict("demo-not-empty", text)
    rng = np.random.default_rng(seed)
    data = json.loads((DATA / "demo/province.json").read_text(encoding="utf-8"))
    progress(0.0, "Instansi dan unit layanan")
    plans = _plan_units(_create_units(database, acting, data), rng, total)
    written = 0
    batch: list[NewResponse] = []
    drawn = _responses(plans, data["comments"], now, rng)
    for new in complaints.with_urgent(drawn, data["urgent"], now):
        batch.append(new)
        if len(batch) == _BATCH:
            written += database.write(partial(responses.insert_many, new=batch))
            progress(min(0.95, written / total), f"{written:,} jawaban".replace(",", "."))
            batch = []
    written += database.write(partial(responses.insert_many, new=batch))
    _record_volumes(database, plans, now, rng)
    _record_hours(database, acting, plans, now)
    progress(0.96, "Rekapitulasi")
    results.refresh(database)
    calibration.calibrate(database, now)
    progress(0.97, "Tindak lanjut")
    entries = [plan.entry for plan in plans]
    follow_up.load(database, acting, entries, now)
    complaints.load(database, acting, entries, now)
    progress(0.98, "IP ASN")
    staff.load(database, [(plan.entry.unit.id, plan.level) for plan in plans], now, seed)
    progress(1.0, f"{written:,} jawaban".replace(",", "."))
    return written


def _create_units(database: Database, acting: Acting, data: dict[str, Any]) -> list[UnitEntry]:
    for agency in data["agencies"]:
        catalogue.create_agency(database, acting, agency["code"], agency["name"])
        for unit in agency["units"]:
            catalogue.create_unit(
                database,
                acting,
                agency["code"],
                *(unit["code"], unit["name"]),
                time_zone=ZONE,
                instrument=unit["instrument"],
                **{name: unit.get(name) for name in ("region", "kind")},
            )
            for name in unit["services"]:
                catalogue.create_service(database, acting, unit["code"], catalogue.slug(name), name)
            if len(unit["services"]) > 1:
                default = catalogue.DEFAULT_SERVICE[0]
                catalogue.set_service_active(database, acting, unit["code"], default, active=False)
    return catalogue.list_units(database, PROVINCE)


def _plan_units(entries: Sequence[UnitEntry], rng: Generator, total: int) -> list[_UnitPlan]:
    shares = rng.lognormal(0, 0.8, len(entries))
    per_month = total / MONTHS * shares / shares.sum()
    plans = []
    for entry, volume in zip(entries, per_month, strict=True):
        instrument = instruments.get(entry.unit.instrument)
        ease = np.array([_UNSUR_EASE[key] for key in instrument.keys]) + rng.normal(
            0, 0.15, len(instrument.keys)
        )
        level, slope = rng.normal(0.1, 0.35), rng.normal(0.08, 0.12)
        plans.append(
            _UnitPlan(
                entry=entry,
                instrument=instrument,
                per_month=float(volume),
                level=float(level),
                slope=float(slope),
                ease=ease,
            )
        )
    return plans


def _responses(
    plans: Sequence[_UnitPlan], comments: dict[str, list[str]], now: datetime, rng: Generator
) -> Iterator[NewResponse]:
    current = Period.containing(now.astimezone(ZoneInfo(ZONE)).date(), "month")
    for back in reversed(range(MONTHS)):
        month = current.shift(-back)
        start = datetime.combine(month.first_day, datetime.min.time(), ZoneInfo(ZONE))
        end = min(datetime.combine(month.end_day, datetime.min.time(), ZoneInfo(ZONE)), now)
        share = (end - start) / timedelta(days=30.4)
        for plan in plans:
            n = int(rng.poisson(plan.per_month * share))
            age = (MONTHS - back) / 12
            yield from _month_of_unit(plan, n, age, (start, end), comments, rng)


def _month_of_unit(
    plan: _UnitPlan,
    n: int,
    age: float,
    span: tuple[datetime, datetime],
    comments: dict[str, list[str]],
    rng: Generator,
) -> Iterator[NewResponse]:
    sheets = _sheets(plan, n, age, rng)
    seconds = (span[1] - span[0]).total_seconds()
    drawn = [span[0] + timedelta(seconds=float(s)) for s in np.sort(rng.uniform(0, seconds, n))]
    active = [s for s in plan.entry.services if s.active]
    services = rng.integers(0, len(active), n)
    profiles = _profiles(plan.instrument, n, rng)
    kiosk = rng.uniform(size=n) < 0.55
    durations = rng.lognormal(11.0, 0.45, n).astype(int)
    for i, sheet in enumerate(sheets):
        late = i % _LATE == 0 and kiosk[i]
        moment = drawn[i] if late else _into_daylight(drawn[i], span, at_counter=bool(kiosk[i]))
        yield NewResponse(
            id=uuid7(moment, lambda bits: int(rng.integers(0, 1 << bits))),
            unit_id=plan.entry.unit.id,
            service_id=active[services[i]].id,
            instrument=plan.instrument.ref,
            scores="".join(map(str, sheet)),
            profile=profiles[i],
            comment=_comment(plan.instrument, sheet, comments, rng),
            channel="kiosk" if kiosk[i] else "web",
            client_id=f"{plan.entry.unit.code}-1" if kiosk[i] else None,
            answered_at=moment,
            received_at=moment,
            time_source="client",
            month=moment.year * 100 + moment.month,
            duration_ms=int(durations[i]),
        )


def _into_daylight(moment: datetime, span: tuple[datetime, datetime], *, at_counter: bool) -> datetime:
    """The same day by daylight: at the counter within its hours, on a phone until nine in the evening."""
    local = moment.astimezone(ZoneInfo(ZONE))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    first, last = (7.5, 16.0) if at_counter else (7.5, 21.0)
    share = (local - midnight) / timedelta(days=1)
    awake = midnight + timedelta(hours=first + share * (last - first))
    if at_counter and local.weekday() >= 5:
        weekday = awake - timedelta(days=local.weekday() - 4)
        awake = weekday if weekday >= span[0] else awake + timedelta(days=7 - local.weekday())
    return min(awake, span[1])


def _sheets(plan: _UnitPlan, n: int, age: float, rng: Generator) -> IntArray:
    """(n, k) scores 1-4: unit level, improvement, unsur ease, the person's mood and chance."""
    person = rng.normal(0, 0.85, (n, 1))
    latent = plan.level + plan.slope * age + plan.ease + person + rng.normal(0, 0.75, (n, len(plan.ease)))
    scores: IntArray = (1 + np.digitize(latent, _THRESHOLDS)).astype(np.int64)
    return scores


def _profiles(instrument: Instrument, n: int, rng: Generator) -> list[dict[str, str]]:
    profiles: list[dict[str, str]] = [{} for _ in range(n)]
    for field in instrument.profile:
        shares = _PROFILE_SHARES[field.key]
        keys = [option.key for option in field.options]
        for profile, pick in zip(
            profiles, rng.choice(len(keys) + 1, n, p=[*shares, 1 - sum(shares)]), strict=True
        ):
            if pick < len(keys):
                profile[field.key] = keys[pick]
    return profiles


def _comment(
    instrument: Instrument, sheet: IntArray, comments: dict[str, list[str]], rng: Generator
) -> str | None:
    """Some people write, most of them about the unsur they scored lowest."""
    if rng.uniform() > 0.12:
        return None
    about = comments[instrument.keys[int(np.argmin(sheet + rng.uniform(0, 1, len(sheet))))]]
    return about[int(rng.integers(len(about)))]


def _record_volumes(database: Database, plans: Sequence[_UnitPlan], now: datetime, rng: Generator) -> None:
    """Users served per service and closed month: a few times the answers, except where nobody kept count."""
    current = Period.containing(now.astimezone(ZoneInfo(ZONE)).date(), "month")
    rows = [
        (plan.entry.unit.id, service.id, str(current.shift(-back)), int(users))
        for plan in plans
        for service in plan.entry.services
        for back, users in enumerate(
            rng.poisson((8 if service.active else 0) * plan.per_month + 40 * service.active, MONTHS)
        )
        if back > 0
    ]
    database.write(partial(places.set_volumes, rows=rows))


def _record_hours(database: Database, acting: Acting, plans: Sequence[_UnitPlan], now: datetime) -> None:
    """Offices open from Monday to Friday; some units have not said when."""
    first = Period.containing(now.astimezone(ZoneInfo(ZONE)).date(), "month").shift(1 - MONTHS).first_day
    week = ((time(7, 30), time(16)),) * 5 + (None, None)
    for plan in plans[: len(plans) * 4 // 5]:
        set_hours(database, acting, plan.entry.unit.code, Hours(first, week))
