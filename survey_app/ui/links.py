"""Addresses inside the product, in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from analytics import Period
from survey_app.settings import load as load_settings
from survey_app.text import Language
from survey_app.ui.words import in_address

SUMMARY = "/ringkasan"
IP_ASN = "/ip-asn"
FLEET = "/armada"
ACCOUNT = "/akun"
#: In the address of the survey page: a trial.
TRIAL = "coba"


def page(path: str, **named: object) -> str:
    """A page in the language that is read, with what the address is to name; None is left out."""
    asked = {name: value for name, value in named.items() if value is not None}
    query = urlencode(asked | in_address())
    return f"{path}?{query}" if query else path


def personal_data(lang: Language) -> str:
    """What is kept of an answer, and whom to ask; a plain page."""
    return "/data-pribadi" + ("?lang=en" if lang == "en" else "")


def light_form(unit_code: str) -> str:
    """The form for phones; a plain page, no JavaScript needed."""
    return f"/s/{quote(unit_code)}"


def survey(unit_code: str) -> str:
    """The survey page for counters and tablets."""
    return page("/survei", unit=unit_code)


def result(unit_code: str, period: Period | None = None, service: str | None = None) -> str:
    """The result page of a unit; of the period in the address and all services unless one is named."""
    return page("/unit", unit=unit_code, period=period or st.query_params.get("period"), service=service)


def sureness(unit_code: str, period: Period, service: str | None) -> str:
    """How sure the result of a unit is, of the period and service that are shown there."""
    return page("/seberapa-yakin", unit=unit_code, period=period, service=service)


def follow_up(unit_code: str) -> str:
    """What a unit does about its lowest unsur."""
    return page("/tindak-lanjut", unit=unit_code)


def proposed(unit_code: str, unsur: str, period: Period) -> str:
    """Where an unsur of a unit waits to be made an action with one click."""
    return page("/tindak-lanjut", unit=unit_code, period=period, usul=unsur)


def complaint(unit_code: str, seq: int) -> str:
    """The complaint in one response of a unit, with those like it."""
    return page("/suara", unit=unit_code, kasus=f"{unit_code}-{seq}")


def action(unit_code: str, action_id: str) -> str:
    """One action of a unit, in its form."""
    return page("/tindak-lanjut", unit=unit_code, tindakan=action_id)


def settings(unit_code: str) -> str:
    """The settings of a unit."""
    return page("/pengaturan", unit=unit_code)


def trial(unit_code: str) -> str:
    """The survey page, checked as always and not stored."""
    return page("/survei", unit=unit_code, **{TRIAL: "1"})


def base_url() -> str:
    """The address citizens are sent to; unless the operator has set it, the one this browser reached."""
    if found := load_settings().public_url:
        return found
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"


def ip_asn(unit_code: str) -> str:
    """The IP ASN of a unit."""
    return page(IP_ASN, unit=unit_code)


def public_result(unit_code: str) -> str:
    """What the public sees of a unit."""
    return f"/hasil/{quote(unit_code)}"


def one_time(token: str) -> str:
    """Where somebody sets a password, whole, to be sent."""
    return f"{base_url()}/tautan/{quote(token)}"


def sign_in(then: str, lang: Language) -> str:
    """Where one signs in, and comes back to the path `then` of this server."""
    return f"/masuk?{urlencode({'lanjut': then} | ({} if lang == 'id' else {'lang': lang}))}"
