"""deliver: sending what waits for other programs."""

from __future__ import annotations

import click

from survey_app.cli.options import opened
from survey_app.services.process import delivering


@click.command()
def deliver() -> None:
    """Kirim semua pesan webhook yang sudah waktunya. Kode keluar 1 jika ada yang gagal."""
    delivered = failed = 0
    with opened() as database:
        for delivery, outcome in delivering.sender(database).send_due():
            click.echo(f"{delivery.message}  {delivery.event}  {outcome.answer}")
            delivered, failed = delivered + outcome.delivered, failed + (not outcome.delivered)
    click.echo(f"{delivered} terkirim, {failed} gagal")
    if failed:
        raise SystemExit(1)
