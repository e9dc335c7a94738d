"""conventions: which way of computing gives a published IKM."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

import click

from analytics import half_up
from analytics.ikm import SKM_2017, W011, W0111, Convention, Explained, explain_published
from analytics.ikm import conventions as known_ways
from survey_app.text import LANGUAGES, Language, Text

_WORDS = {
    "exact": Text(
        "bobot tepat 1/x, dibulatkan sekali di akhir", "weight exactly 1/x, rounded once at the end"
    ),
    "nrr-2": Text("NRR dibulatkan 2 desimal, lalu 1/x", "NRR rounded to 2 decimals, then 1/x"),
    "nrr-3": Text("NRR dibulatkan 3 desimal, lalu 1/x", "NRR rounded to 3 decimals, then 1/x"),
    "index-2": Text("indeks dibulatkan 2 desimal, lalu x25", "index rounded to 2 decimals, then x25"),
    "index-3": Text("indeks dibulatkan 3 desimal, lalu x25", "index rounded to 3 decimals, then x25"),
}
_PRINTED = {
    W0111.key: Text(" (formulir pengolahan dalam peraturan)", " (the regulation's processing form)"),
    W011.key: Text(" (batang tubuh peraturan)", " (the regulation's body)"),
}
WEIGHT = Text("bobot {w}{source}", "weight {w}{source}")
EXACTLY = Text("tepat 1/x", "exactly 1/x")
NAMED = Text("= hasil publikasi", "= published")
WITHIN = Text("~ dalam pembulatan NRR", "~ within rounding of NRR")
ONLY_WITHIN = Text(
    "Dari NRR yang tercetak, tidak ada cara yang menghasilkan {published}. Namun, NRR tercetak sudah "
    "dibulatkan menjadi {places} desimal. Dengan NRR sebelum pembulatan, angka itu dapat dicapai: "
    "{reaches}.",
    "No method gives {published} from the NRR as printed. However, the printed NRR are rounded to "
    "{places} decimals. With the NRR before rounding it can be reached: {reaches}.",
)
REACH = Text("bobot {key} antara {low} dan {high}", "weight {key} between {low} and {high}")
NONE = Text(
    "Tidak ada cara yang dikenal menghasilkan {published}, juga jika pembulatan NRR diperhitungkan.",
    "No known method gives {published}, even allowing for the rounding of the NRR.",
)
CHANCE = Text(
    "Sebagai pembanding, dari semua angka yang selisihnya paling banyak 1 poin dari hasil tepat, "
    "{named}% dapat dihasilkan oleh salah satu cara, dan {chance}% jika pembulatan NRR ikut dihitung.",
    "For comparison: of all numbers within 1 point of the exact result, some method gives {named}%, or "
    "{chance}% when the rounding of the NRR is allowed for.",
)


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
@click.option(
    "--decimals",
    type=click.IntRange(0, 9),
    help="Desimal NRR yang tercetak, jika nol di belakang tidak ditulis; bawaan: yang terbanyak.",
)
@click.option("--language", default="id", show_default=True, type=click.Choice(list(LANGUAGES)))
def conventions(
    nrr: tuple[Decimal, ...], published: Decimal, decimals: int | None, language: Language
) -> None:
    """Cara hitung yang memberi IKM hasil publikasi, dari NRR tiap unsur seperti yang tercetak (1 sampai 4).

    Hasil aplikasi ini selalu menurut cara `exact`; yang lain hanya pembanding.
    """
    if not all(1 <= value <= 4 for value in nrr):
        raise click.ClickException("NRR harus 1 sampai 4.")
    if not SKM_2017[0].low <= published <= SKM_2017[-1].high:
        raise click.ClickException("IKM yang dipublikasikan harus 25 sampai 100.")
    values, places = [Fraction(value) for value in nrr], max(map(_decimals, nrr))
    explained = explain_published(values, published, places if decimals is None else max(places, decimals))
    for way in known_ways(len(values)):
        mark = (
            NAMED if way.key in explained.named else WITHIN if way.key in explained.within else Text("", "")
        )
        words = _words(way, len(values)).in_language(language)
        click.echo(
            f"{way.key:8} {half_up(way.ikm(values)):7} {mark.in_language(language):24} {words}".rstrip()
        )
    for line in _conclusion(explained, published, max(places, decimals or 0)):
        click.echo(line.in_language(language))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _words(way: Convention, elements: int) -> Text:
    if way.key in _WORDS:
        return _WORDS[way.key]
    # The two weights that the regulation prints are those of nine unsur.
    source = _PRINTED.get(way.key, Text("", "")) if elements == 9 else Text("", "")
    return WEIGHT.format(w=_number(way.key), source=source)


def _conclusion(explained: Explained, published: Decimal, places: int) -> list[Text]:
    chance = CHANCE.format(named=_percent(explained.chance_named), chance=_percent(explained.chance))
    if explained.named:
        return [chance]
    if not explained.within:
        return [NONE.format(published=_number(published)), chance]
    reaches = [r for r in explained.reaches if r.key in explained.within]
    said = [REACH.format(key=_weight(r.key), low=_number(r.low), high=_number(r.high)) for r in reaches]
    listed = Text("; ".join(text.id for text in said), "; ".join(text.en for text in said))
    return [ONLY_WITHIN.format(published=_number(published), places=places, reaches=listed), chance]


def _weight(key: str) -> Text:
    return EXACTLY if key == "exact" else _number(key)


def _percent(share: float) -> Text:
    return _number(f"{100 * share:.0f}")


def _number(value: Decimal | str) -> Text:
    return Text(str(value).replace(".", ","), str(value))
