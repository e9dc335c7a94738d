"""instrument check and instrument publish."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from survey_app import instruments
from survey_app.instruments import DATA
from survey_app.instruments.files import LOCK
from survey_app.text import visible


@click.group()
def instrument() -> None:
    """Periksa dan terbitkan berkas kuesioner."""


@instrument.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Daftar semua yang salah pada sebuah berkas kuesioner."""
    problems = instruments.check(_read(file))
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise SystemExit(1)
    click.echo(f"{visible(file.name)}: sah")


@instrument.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def publish(file: Path) -> None:
    """Terbitkan versi sebuah kuesioner di data/instruments: sejak itu isinya tidak boleh berubah."""
    data = _read(file)
    ref = instruments.parse(data).ref
    path = DATA / "instruments" / LOCK
    lock = json.loads(path.read_text(encoding="utf-8"))
    if ref in lock:
        raise click.ClickException(f"{ref} sudah terbit; naikkan versinya.")
    lock[ref] = instruments.fingerprint(data)
    path.write_text(json.dumps(lock, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{ref} terbit")


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{visible(file.name)} bukan JSON dalam UTF-8: {error}.") from None
