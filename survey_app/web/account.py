"""/akun: who one is, in which role, the own password and sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey_app import days
from survey_app.errors import AppError, NotFound, Refused
from survey_app.services.accounts import links, passkeys, sessions, views, ways_in
from survey_app.services.accounts.passwords import LONGEST, SHORTEST
from survey_app.services.accounts.sessions import Session
from survey_app.services.places import audited, catalogue, clock
from survey_app.services.places.audited import Event
from survey_app.services.places.scope import PROVINCE
from survey_app.text import Language, Text
from survey_app.web.one_time_link import problems_of
from survey_app.web.passkey import answer_in
from survey_app.web.site import Endpoint
from survey_app.web.visitor import Door, address_of, language_of
from survey_app.wording.role_words import ROLES, place_words

#: What was done, by what the address names after the redirect.
DONE = {
    "peran": Text("Peran sudah diganti.", "The role was changed."),
    "sandi": Text(
        "Kata sandi sudah diganti. Sesi lain sudah diakhiri.",
        "The password was changed. Other sessions have ended.",
    ),
    "kunci": Text("Kunci sandi sudah ditambahkan.", "The passkey was added."),
    "hapus-kunci": Text("Kunci sandi sudah dihapus.", "The passkey was removed."),
    "tanpa-sandi": Text(
        "Kata sandi sudah dihapus. Anda masuk dengan kunci sandi saja.",
        "The password was removed. You sign in with a passkey alone.",
    ),
    "kembali": Text("Anda kembali dalam peran sendiri.", "You are in your own role again."),
    "akhiri": Text("Sesi sudah diakhiri.", "The session has ended."),
    "akhiri-lain": Text("Semua sesi lain sudah diakhiri.", "All other sessions have ended."),
}
DEMO_PASSWORD = Text(
    "Petugas contoh tidak memiliki kata sandi.", "People of the demonstration have no password."
)


@dataclass(frozen=True)
class Choice:
    """A role at a place that somebody may act in."""

    id: int
    role: Text
    place: Text
    used: bool


def account(door: Door) -> Endpoint:
    """GET the page, POST what it does: `lakukan` names it. Without a session: 303 to /masuk."""

    async def page(request: Request) -> Response:
        fields = await door.read(request) if request.method == "POST" else None
        session = await door.who(request)
        if session is None:
            return RedirectResponse(address_of(request, "/masuk", lanjut="/akun"), 303)
        if fields is None:
            return await _drawn(door, request, session)
        try:
            done = await door.do(_noted, door, request, session, fields)
        except NotFound as unknown:
            return await _drawn(door, request, session, 404, unknown)
        except Refused as refused:
            return await _drawn(door, request, session, 422, refused)
        return RedirectResponse(address_of(request, "/akun", selesai=done), 303)

    return page


def _noted(door: Door, request: Request, session: Session, fields: Mapping[str, str]) -> str:
    """As `_change`; what is refused because of who asks, or views as somebody else, is written down."""
    with audited.refusals(door.site.database(), session.acting, Event.CHANGE_OWN_ACCOUNT, {}):
        return _change(door, request, session, fields)


def _change(door: Door, request: Request, session: Session, fields: Mapping[str, str]) -> str:
    """Do what a form asks for, and name it. Raises: HTTPException 400; AppError."""
    database, what = door.site.database(), fields.get("lakukan", "")
    if what == "peran":
        sessions.act_as(database, session, _number(fields.get("peran", "")))
    elif what == "sandi":
        if session.demo:
            raise Refused("demo-password", DEMO_PASSWORD)
        old, new = fields.get("kata_sandi_lama", ""), fields.get("kata_sandi", "")
        links.change_password(database, session, old, new, door.site.clock())
    elif what == "kunci":
        now, place = door.site.clock(), door.place(request)
        passkeys.add(database, session, place, answer_in(fields), fields.get("nama_kunci", ""), now)
    elif what == "hapus-kunci":
        passkeys.remove(database, session, fields.get("kunci", ""), door.site.clock())
    elif what == "tanpa-sandi":
        passkeys.drop_password(database, session, door.site.clock())
    elif what == "kembali":
        views.end(database, session.key, session.own)
    elif what == "akhiri":
        sessions.end_own(database, session, fields.get("sesi", ""))
    elif what == "akhiri-lain":
        sessions.end_others(database, session)
    else:
        raise HTTPException(400)
    return what


def _number(text: str) -> int:
    """The id of a role; 0, which none has, for anything that is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


async def _drawn(
    door: Door, request: Request, session: Session, status: int = 200, refused: AppError | None = None
) -> Response:
    values = await door.do(_values, door, session, language_of(request))
    more = {
        "problems": problems_of(refused),
        "done": DONE.get(request.query_params.get("selesai", "")) if refused is None else None,
    }
    return door.page(request, "account.html", {**values, **more}, status)


def _values(door: Door, session: Session, language: Language) -> dict[str, object]:
    database, now = door.site.database(), door.site.clock()
    entries = catalogue.list_units(database, PROVINCE)
    choices = []
    for role in sessions.roles_of(database, session):
        acting = sessions.acting_in(role)
        used = role.id == session.role_id
        choices.append(Choice(role.id, ROLES[acting.role], place_words(acting.scope, entries), used))
    zone = entries[0].unit.time_zone if entries else None
    return {
        "session": session,
        "viewed_place": place_words(session.acting.scope, entries),
        "viewed_role": ROLES[session.acting.role],
        "ours": not session.demo and ways_in.are_ours(database, session.account),
        "choices": choices,
        "open": sessions.open_ones(database, session.account, now),
        "told": lambda moment: days.short_moment(clock.told_by(moment, zone), language),
        "passkeys": passkeys.listed(database, session.account),
        "has_password": links.has_password(database, session.account),
        "shortest": SHORTEST,
        "longest": LONGEST,
    }
