"""/data-pribadi, and below a receipt: what is kept, until when, and whom to ask. Neither shows an answer."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.retention import receipts
from survey_app.text import language_meant
from survey_app.web import assets, form_page, public_page
from survey_app.web.site import Endpoint, Site
from survey_app.wording import personal_data

#: A receipt's address names an answer: no page that is opened from it may learn it.
NO_REFERRER = {"Referrer-Policy": "no-referrer"}


def personal_page(site: Site) -> Endpoint:
    """`GET /data-pribadi`, the same for everybody."""

    async def get(request: Request) -> Response:
        language = language_meant(request.query_params.get("lang"))
        html = public_page.personal_html(site.retention, site.contact, language)
        headers = {"Content-Security-Policy": public_page.policy(), "Cache-Control": "public, max-age=300"}
        return HTMLResponse(html, headers=headers)

    return get


def kept_of_receipt(site: Site) -> Endpoint:
    """What is kept of the answer with a receipt. Whoever guesses is slowed, and is told what an unknown
    address is."""

    async def get(request: Request) -> Response:
        now = site.clock()
        await site.pace.check(request, now)
        database, response_id = site.database(), request.path_params["id"]
        receipt = await run_in_threadpool(intake.find_receipt, database, response_id)
        found = await run_in_threadpool(receipts.kept_of, database, response_id, site.retention, now)
        if receipt is None or found is None:
            raise HTTPException(404)
        entry = await run_in_threadpool(catalogue.find_unit_of, database, response_id)
        language = language_meant(request.query_params.get("lang"))
        html = form_page.render(
            "receipt_kept.html",
            language,
            entry=entry,
            receipt=receipt,
            rows=personal_data.rows_of_receipt(found, language),
            ask=personal_data.ask(site.contact),
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": assets.text_policy(), **NO_REFERRER})

    return get
