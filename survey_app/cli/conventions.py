"""conventions: which way of computing gives a published IKM."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

import click

from analytics.bands import SKM_2017
from analytics.conventions import CONVENTIONS, W011, W0111, reproduced_by
from analytics.rounding import half_up

_WORDS = {
    "exact": "bobot tepat 1/x, dibulatkan sekali di akhir",
    "0.111": "bobot 0,111 (formulir pengolahan dalam peraturan)",
    "0.11": "bobot 0,11 (batang tubuh peraturan)",
    "nrr-2": "NRR dibulatkan 2 desimal, lalu 1/x",
    "nrr-3": "NRR dibulatkan 3 desimal, lalu 1/x",
    "index-2": "indeks dibulatkan 2 desimal, lalu x25",
    "index-3": "indeks dibulatkan 3 desimal, lalu x25",
}


def angka(text: str) -> Decimal:
    """A decimal number with a point or a comma; its name is what the command asks for."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    return number


@click.command()
@click.argument("nrr", nargs=-1, required=True, type=angka)
@click.option("--published", required=True, type=angka, help="IKM seperti yang tercetak.")
def conventions(nrr: tuple[Decimal, ...], published: Decimal) -> None:
    """Cara hitung yang memberi IKM terbitan, dari NRR tiap unsur seperti yang tercetak (1 sampai 4).

    Hasil aplikasi ini selalu menurut cara `exact`; yang lain hanya pembanding.
    """
    if not all(1 <= value <= 4 for value in nrr):
        raise click.ClickException("NRR harus 1 sampai 4")
    if not SKM_2017[0].low <= published <= SKM_2017[-1].high:
        raise click.ClickException("IKM terbitan harus 25 sampai 100")
    values = [Fraction(value) for value in nrr]
    # The two printed weights are those of nine unsur.
    known = [c for c in CONVENTIONS if len(nrr) == 9 or c not in (W011, W0111)]
    found = reproduced_by(values, published, known)
    for convention in known:
        mark = "= terbitan" if convention.key in found else ""
        ikm = half_up(convention.ikm(values))
        click.echo(f"{convention.key:8} {ikm:7} {mark:10} {_WORDS[convention.key]}".rstrip())
    if not found:
        click.echo(f"Tidak ada cara yang dikenal memberi {published}")
