"""clock: the way out where a stored moment was the wrong one."""

from __future__ import annotations

import click

from survey_app import days
from survey_app.cli.operator import operator
from survey_app.cli.options import opened
from survey_app.services.places import clock as service
from survey_app.services.process import runtime


@click.group()
def clock() -> None:
    """Jam server."""


@clock.command()
def accept() -> None:
    """Nyatakan jam server benar; waktu jawaban yang tersimpan sebelumnya tidak lagi dijadikan patokan."""
    now = runtime.now()
    with opened() as database:
        service.accept(database, operator(), now)
    click.echo(f"Jam server diterima: {days.moment(service.told_by(now), 'id')}. Jawaban disimpan lagi.")
