"""Entries of the audit log as rows of a table, and all of them as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from survey_app import days
from survey_app.services.files.csv_text import never_a_formula
from survey_app.services.places import audit_log, clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.audit_log import Done
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.words import language, say
from survey_app.wording import audit_words, numbers

REFUSED = Text("Ditolak", "Refused")
BEFORE = Text("sebelumnya {value}", "before: {value}")
NOBODY = Text("tidak diketahui", "not known")
COLUMNS = (
    Text("Waktu", "When"),
    Text("Petugas", "Who"),
    Text("Yang dilakukan", "What was done"),
    Text("Tempat", "Place"),
    Text("Rincian", "Details"),
)


def table(entries: Sequence[Done], zone: str) -> str:
    """Entries as they are read; `zone` is whose clock tells when."""
    return tables.table([say(column) for column in COLUMNS], [_row(entry, zone) for entry in entries])


def csv_of(database: Database, person: Acting, wanted: Wanted) -> bytes:
    """All that is wanted, oldest last, with codes as they are stored and moments in UTC."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["at", "who", "role", "action", "refused", "agency", "unit", "what", "before", "network"])
    for entry in audit_log.everything(database, person, wanted):
        before = "" if entry.before is None else json.dumps(entry.before, ensure_ascii=False)
        cells = [entry.at.isoformat(), entry.who or "", entry.role, entry.action, str(entry.refused).lower()]
        cells += [entry.agency, entry.unit, json.dumps(entry.what, ensure_ascii=False), before]
        writer.writerow([never_a_formula(cell) for cell in [*cells, entry.network or ""]])
    return file.getvalue().encode("utf-8-sig")


def _row(entry: Done, zone: str) -> list[tables.Cell]:
    when = days.short_moment(clock.told_by(entry.at, zone), language())
    done = say(audit_words.done(entry.action, str(entry.what.get("service", ""))))
    role = say(audit_words.role(entry.role))
    return [
        when,
        tables.Noted(entry.who or say(NOBODY), ", ".join(filter(None, [role, entry.network]))),
        tables.Noted(done, say(REFUSED)) if entry.refused else done,
        entry.unit or entry.agency or numbers.UNDEFINED,
        _details(entry),
    ]


def _details(entry: Done) -> str:
    parts = [
        f"{_name(name)}: {_told(name, value)}" for name, value in entry.what.items() if name != "service"
    ]
    if entry.before is not None:
        parts.append(say(BEFORE.format(value=_told("value", entry.before))))
    return "; ".join(parts) or numbers.UNDEFINED


def _name(code: str) -> str:
    return say(audit_words.detail(code))


def _told(name: str, value: object) -> str:
    if isinstance(value, dict):
        parts = [(key, part) for key, part in value.items() if part not in ("", None, [])]
        # What has parts of its own names those.
        named = {key for key, part in parts if not (isinstance(part, list) and isinstance(part[0], dict))}
        return ", ".join(
            f"{_name(key)} {_told(key, part)}" if key in named else _told(key, part) for key, part in parts
        )
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_told(name, part) for part in value)
    return say(audit_words.value(name, value)) if isinstance(value, bool | int | float | str) else ""
