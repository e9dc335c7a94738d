"""clock: the way out where a stored moment was the wrong one."""

from __future__ import annotations

import click

from survey_app.cli.options import opened
from survey_app.services import clock as service
from survey_app.services import runtime
from survey_app.services.acting import ADMIN


@click.group()
def clock() -> None:
    """Jam server."""


@clock.command()
def accept() -> None:
    """Nyatakan jam server benar; waktu jawaban yang tersimpan sebelumnya tidak lagi dijadikan patokan."""
    now = runtime.now()
    with opened() as database:
        service.accept(database, ADMIN, now)
    click.echo(f"Jam server diterima: {now:%Y-%m-%d %H:%M} UTC. Jawaban disimpan lagi.")
