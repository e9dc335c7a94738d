"""What the search box can find: one answer for a session and a language, fetched when it is used."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from survey_app.errors import Unavailable
from survey_app.pages import doors
from survey_app.pages.laporan import page as laporan
from survey_app.pages.laporan import schedules_view
from survey_app.pages.serving.staff_only import session_of
from survey_app.pages.specs import PAGES
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.places.unit_kinds import kind_name
from survey_app.services.process import runtime
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database
from survey_app.text import Language, Text, language_meant
from survey_app.ui import finder
from survey_app.wording import periods

UNIT, AGENCY = Text("Unit", "Unit"), Text("Instansi", "Agency")
SERVICE, PAGE = Text("Layanan", "Service"), Text("Halaman", "Page")
REPORT = Text("Laporan", "Report")
#: Reports that can be found: the newest ones.
_REPORTS = 50
#: Kind, name, note, page and what its address names.
Found = tuple[str, str, str, str, dict[str, str]]


def route() -> Route:
    return Route(finder.SOURCE, _found, methods=["GET"])


async def _found(request: Request) -> Response:
    """Nothing but what the pages would show to the same person; sent again once it has changed."""
    try:
        person = await session_of(request)
        if person is None:
            return JSONResponse([], 401, {"Cache-Control": "no-store"})
        language = language_meant(request.query_params.get("lang"))
        found = await asyncio.to_thread(of_person, runtime.database(), person.acting, language)
    except Unavailable:
        return JSONResponse([], 503, {"Cache-Control": "no-store"})
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def of_person(database: Database, person: Acting, language: Language) -> list[Found]:
    """Pages, agencies, units, services and reports that somebody may open."""
    entries = catalogue.list_units(database, person.scope)
    found = [*_pages(person, language, entries), *_places(entries, person, language)]
    if entries and person.may(Action.SEE_RESULTS):
        found += _reports(database, person, entries, language)
    return found


def _pages(person: Acting, language: Language, entries: list[UnitEntry]) -> Iterator[Found]:
    for group, specs in doors.groups_of(person, empty=not entries).items():
        for spec in specs:
            title = spec.title.in_language(language)
            yield PAGE.in_language(language), title, group.value.in_language(language), spec.path, {}
            # What one comes to Laporan for is done on its tabs.
            tabs = laporan.tabs_of(entries, person) if spec.path == "laporan" else {}
            for code, name in tabs.items():
                yield PAGE.in_language(language), name.in_language(language), title, spec.path, {"tab": code}


def _places(entries: list[UnitEntry], person: Acting, language: Language) -> Iterator[Found]:
    agencies = {e.agency.code: e.agency.name for e in entries}
    may_open = {spec.path for spec in PAGES if spec.open_to(person)}
    if "ringkasan" in may_open:
        for code, name in agencies.items():
            yield AGENCY.in_language(language), name, "", "ringkasan", {"agency": code}
    if "unit" not in may_open:
        return
    for entry in entries:
        code, name = entry.unit.code, entry.unit.name
        yield UNIT.in_language(language), name, _about(entry, language), "unit", {"unit": code}
        for service in entry.services if len(entry.services) > 1 else ():
            query = {"unit": code, "service": service.code}
            yield SERVICE.in_language(language), service.name, name, "unit", query


def _about(entry: UnitEntry, language: Language) -> str:
    """Words by which a unit is found besides its name: its agency and its kind."""
    kind = entry.unit.kind
    return entry.agency.name + (f" · {kind_name(kind).in_language(language)}" if kind else "")


def _reports(
    database: Database, person: Acting, entries: list[UnitEntry], language: Language
) -> Iterator[Found]:
    for line in ordered.seen(database, person, runtime.now())[:_REPORTS]:
        subject = schedules_view.subject(line.schedule, entries).in_language(language)
        yield REPORT.in_language(language), subject, periods.name(line.period, language), "laporan", {}
