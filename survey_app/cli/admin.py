"""admin create, link and list: accounts, for whoever has the server's machine."""

from __future__ import annotations

from datetime import datetime

import click

from survey_app import days, settings
from survey_app.cli.operator import operator
from survey_app.cli.options import opened
from survey_app.errors import NotFound
from survey_app.services.accounts import people
from survey_app.services.accounts.links import VALID, Kind
from survey_app.services.accounts.names import login_as_kept
from survey_app.services.accounts.people import ACCOUNT_UNKNOWN, Person
from survey_app.services.places import catalogue, clock
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import visible
from survey_app.web.first_link import link_lines
from survey_app.wording.role_words import ROLES, place_words


@click.group()
def admin() -> None:
    """Akun petugas: admin pertama, tautan baru, daftar."""


@admin.command()
@click.argument("login", metavar="NAMA_AKUN")
@click.option("--name", required=True, help="Nama lengkap.")
def create(login: str, name: str) -> None:
    """Buat akun admin seluruh provinsi dan tampilkan tautan sekali pakai untuk kata sandinya."""
    now = runtime.now()
    with opened() as database:
        token = people.invite(database, operator(), login, name, Role.ADMIN, PROVINCE, now)
    _show(token, Kind.INVITATION, login_as_kept(login), now)


@admin.command()
@click.argument("login", metavar="NAMA_AKUN")
def link(login: str) -> None:
    """Buat tautan sekali pakai untuk kata sandi baru; sampai dipakai, kata sandi lama tetap berlaku."""
    now = runtime.now()
    with opened() as database:
        person = _person(database, login)
        token = people.reset(database, operator(), person.id, now)
    _show(token, Kind.INVITATION if person.waiting else Kind.RESET, person.login, now)
    if not person.active:
        click.echo("Perhatian: akun ini nonaktif. Tautan baru berlaku setelah akun diaktifkan.", err=True)


@admin.command(name="list")
def list_accounts() -> None:
    """Semua akun: peran, tempat, keadaan, dan kapan terakhir terlihat."""
    with opened() as database:
        found = people.listed(database, operator())
        entries = catalogue.list_units(database, PROVINCE)
    click.echo("akun\tnama\tperan\tkeadaan\tterakhir")
    for person in found:
        roles = "; ".join(f"{ROLES[g.role].id}, {place_words(g.scope, entries).id}" for g in person.roles)
        seen = days.short_moment(clock.told_by(person.last_seen), "id") if person.last_seen else "-"
        cells = (person.login, person.name, roles or "-", _state(person), seen)
        click.echo("\t".join(visible(cell) for cell in cells))


def _person(database: Database, login: str) -> Person:
    """Raises: NotFound `account-unknown`."""
    kept = login_as_kept(login)
    for person in people.listed(database, operator()):
        # Those of the demonstration have no password that could be set anew.
        if person.login == kept and not person.demo:
            return person
    raise NotFound("account-unknown", ACCOUNT_UNKNOWN)


def _state(person: Person) -> str:
    if person.demo:
        return "contoh"
    if not person.active:
        return "nonaktif"
    return "belum ada kata sandi" if person.waiting else "aktif"


def _show(token: str, kind: Kind, login: str, now: datetime) -> None:
    until = days.short_moment(clock.told_by(now + VALID[kind]), "id")
    click.echo(f"Tautan sekali pakai untuk {visible(login)}, berlaku sampai {until}:")
    for line in link_lines(token, settings.load().public_url):
        click.echo(line)
