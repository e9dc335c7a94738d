"""The light form: GET draws it, POST takes it, and a redirect leads to its receipt. Needs no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from survey_app.errors import Problem
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Receipt, Rejection
from survey_app.services.complaints import told
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.text import Language, Text, language_meant
from survey_app.web import assets, bodies, form_page, submissions, words
from survey_app.web.blank import blank_form
from survey_app.web.form_page import Form
from survey_app.web.personal import NO_REFERRER, kept_of_receipt
from survey_app.web.sending import send, settled, settled_or_raise
from survey_app.web.site import Endpoint, Site, status_of


def form_routes(site: Site) -> list[Route]:
    """Routes below /s."""
    return [
        Route("/{unit}", _form(site), methods=["GET", "POST"]),
        Route("/{unit}/{service}", _form(site), methods=["GET", "POST"]),
        Route("/{unit}/{service}/{id:uuid}", _receipt(site)),
        Route("/{unit}/{service}/{id:uuid}/data", kept_of_receipt(site)),
    ]


def page_error(request: Request, error: Exception) -> Response:
    """The error as a page in the reader's language."""
    status, headers = status_of(error)
    message = form_page.message_html(words.of_error(status), _language(request))
    return _page(message, status, headers=headers)


def _form(site: Site) -> Endpoint:
    async def form(request: Request) -> Response:
        if request.method == "POST":
            return await _take(site, request)
        empty = await _find(site, request)
        code = request.query_params.get("kode", "")[:_CODE_MAX]
        if code and empty.asks_for_code:
            return _drawn(replace(empty, values={"code": code}))
        return _blank(request, empty)

    return form


def _receipt(site: Site) -> Endpoint:
    async def receipt(request: Request) -> Response:
        await site.pace.check(request, site.clock())
        database, response_id = site.database(), request.path_params["id"]
        found = await run_in_threadpool(intake.find_receipt, database, response_id)
        if found is None:
            raise HTTPException(404)
        # The unit of the response: what stands before the id in the address proves nothing.
        entry = await run_in_threadpool(catalogue.find_unit_of, database, response_id)
        news = await run_in_threadpool(told.of_receipt, database, entry, response_id)
        again = request.query_params.get("again") == "1"
        html = form_page.receipt_html(entry, found, news, again, site.contact, _language(request))
        return _page(html, headers=NO_REFERRER)

    return receipt


async def _take(site: Site, request: Request) -> Response:
    await site.pace.check(request, site.clock())
    fields = await bodies.read_form(request)
    try:
        empty = await _find(site, request)
    except HTTPException as closed:
        return await _sent_before(site, request, fields, closed)
    # With the id it came with: a corrected form is still the same response.
    filled = replace(empty, values=fields, id=submissions.id_of(fields) or empty.id)
    if "language" in fields:
        return _drawn(replace(filled, language=language_meant(fields["language"])))
    outcome = await _outcome(site, filled)
    if isinstance(outcome, Receipt):
        service = filled.service.code if filled.service else fields.get("service") or filled.services[0].code
        path = _receipt_path(filled.entry, service, outcome, filled.language)
        return RedirectResponse(path, 303)
    if any(problem.path == "id" for problem in outcome.problems):
        filled = replace(filled, id=empty.id)
    return _drawn(replace(filled, problems=outcome.problems), 422)


async def _sent_before(
    site: Site, request: Request, fields: Mapping[str, str], closed: HTTPException
) -> Response:
    """A form that was closed since it was sent: what it had sent is stored, and has a receipt."""
    known = await settled_or_raise(site, submissions.id_of(fields), closed)
    entry = await run_in_threadpool(catalogue.find_unit_of, site.database(), known.id)
    return RedirectResponse(_receipt_path(entry, entry.services[0].code, known, _language(request)), 303)


async def _outcome(site: Site, form: Form) -> Receipt | Rejection:
    if form.service is None and len(form.services) > 1 and not form.values.get("service"):
        return await settled(site, form.id, Rejection((SERVICE_MISSING,)))
    service = form.service.code if form.service else None
    submission = submissions.from_form(form.values, form.entry.unit.code, service, site.clock())
    return submission if isinstance(submission, Rejection) else await send(site, form.entry, submission)


async def _find(site: Site, request: Request) -> Form:
    """The empty form at this address. Raises: HTTPException 404, 410."""
    entry, code = await _entry(site, request), request.path_params.get("service")
    service = entry.service(code) if code else None
    if code and service is None:
        raise HTTPException(404)
    form = Form(
        entry=entry,
        service=service,
        language=_language(request),
        id=uuid7(site.clock()),
        contact=site.contact,
    )
    if not entry.unit.active or not any(s.active for s in form.services):
        raise HTTPException(410)
    return form


async def _entry(site: Site, request: Request) -> UnitEntry:
    code = request.path_params["unit"]
    found = None
    if submissions.is_plain(code):
        found = await run_in_threadpool(unit_entry.find, site.database(), code)
    if found is None:
        raise HTTPException(404)
    return found


def _receipt_path(entry: UnitEntry, service: str, receipt: Receipt, language: Language) -> str:
    query = [f"lang={language}"] * (language != "id") + ["again=1"] * receipt.again
    path = f"/s/{entry.unit.code}/{service}/{receipt.id}"
    return path + ("?" + "&".join(query) if query else "")


def _language(request: Request) -> Language:
    return language_meant(request.query_params.get("lang"))


def _blank(request: Request, form: Form) -> Response:
    page = blank_form(form.entry, form.service, form.language, form.contact)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page.html(form.id), headers=_form_headers())
    headers = {**_form_headers(), "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return HTMLResponse(page.gzipped(form.id), headers=headers)


def _drawn(form: Form, status: int = 200) -> Response:
    return HTMLResponse(form_page.form_html(form), status, _form_headers())


def _form_headers() -> dict[str, str]:
    # Not no-store: Back must show the same form with the same id, so that sending it again is one response.
    # For the same reason the form is sent to an address of its own (`kirim` in the template): a browser
    # forgets what it keeps of an address once it has posted there (RFC 9111, 4.4).
    return {"Content-Security-Policy": assets.form_policy(), "Cache-Control": "private, no-cache"}


def _page(html: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return HTMLResponse(html, status, {"Content-Security-Policy": assets.text_policy(), **(headers or {})})


#: A code with whatever a person puts between its characters.
_CODE_MAX = 20

SERVICE_MISSING = Problem(
    "service-missing",
    "service",
    Text("Mohon pilih layanan yang Anda terima.", "Please choose the service you received."),
)
