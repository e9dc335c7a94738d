"""Sending on the survey page is paced as on the light form, so that no code can be found there by trying."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import streamlit as st

from survey_app import settings
from survey_app.errors import Problem
from survey_app.services import intake
from survey_app.services.intake import Receipt, Rejection, Submission, Trial
from survey_app.services.limits import SOFT, Allowance, Limiter
from survey_app.storage.database import Database


def send(
    database: Database, submission: Submission, now: datetime, *, trial: bool
) -> Receipt | Rejection | Trial:
    """What came of sending from this device; of a trial nothing is stored."""
    too_fast = refused(now)
    if trial:
        return too_fast or intake.try_out(database, submission, now)
    if too_fast is not None:
        return intake.settled(database, submission.id, too_fast)
    return intake.accept(database, submission, now)


def refused(now: datetime) -> Rejection | None:
    """What to tell a device that sends too fast; None when it may send."""
    if not limiter().wait(device(), now.timestamp()):
        return None
    wait = Problem.of(
        "too-many",
        "",
        "Banyak jawaban datang dari perangkat ini dalam waktu singkat. Tunggu sebentar, lalu kirim lagi.",
        "Many answers came from this device in a short time. Wait a moment, then send again.",
    )
    return Rejection((wait,))


def device() -> str:
    """The device in front of the page, told apart as by the light form: address and browser."""
    return f"{st.context.ip_address or ''} {st.context.headers.get('User-Agent', '')[:200]}"


@cache
def limiter() -> Limiter:
    """The process's own counts; the light form has its own."""
    factor = settings.load().limit_factor
    return Limiter(Allowance(round(SOFT.burst * factor), SOFT.per_second * factor))
