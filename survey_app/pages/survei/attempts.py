"""Sending on the survey page is paced as on the light form: a flood is held back, honest people are not."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from uuid import uuid4

import streamlit as st

from survey_app import settings
from survey_app.errors import Problem
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt, Rejection, Submission, Trial
from survey_app.services.answers.limits import HARD, SOFT, Limiter, network_of
from survey_app.storage.database import Database
from survey_app.text import Text

TOO_FAST = Text(
    "Maaf, sedang banyak yang mengisi. Jawaban Anda masih ada. Mohon tunggu sebentar, lalu kirim lagi.",
    "Sorry, many people are answering just now. Your answers are still here. Please wait a moment, then send "
    "again.",
)


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
    """What to tell who sends too fast; None when it may send."""
    moment, (of_address, of_device) = now.timestamp(), limiters()
    if not (of_address.wait(address(), moment) or of_device.wait(device(), moment)):
        return None
    wait = Problem("too-many", "", TOO_FAST)
    return Rejection((wait,))


def address() -> str:
    """Where the page is read from."""
    return network_of(st.context.ip_address or "")


def device() -> str:
    """The open page: tablets of one kind have the same name, and stand behind one address."""
    key: str = st.session_state.setdefault("attempts", str(uuid4()))
    return key


@cache
def limiters() -> tuple[Limiter, Limiter]:
    """The process's own counts, of addresses and of open pages; the light form has its own."""
    factor = settings.load().limit_factor
    return Limiter(HARD.widened(factor)), Limiter(SOFT.widened(factor))
