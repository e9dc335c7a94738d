"""Drawing the plain pages: the form, the receipt and messages, from the unit's instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote
from uuid import UUID

from jinja2 import Environment
from markupsafe import Markup

from survey_app import instruments
from survey_app.errors import Problem
from survey_app.instruments import Instrument
from survey_app.services.answers import consent
from survey_app.services.answers.intake import Receipt
from survey_app.services.complaints.told import Told
from survey_app.services.places.catalogue import UnitEntry
from survey_app.settings import Contact
from survey_app.storage.places import Service
from survey_app.text import Language
from survey_app.ui import faces
from survey_app.web import assets
from survey_app.web.submissions import ANSWER, CONSENT, PROFILE
from survey_app.web.templating import environment
from survey_app.web.words import Words, told
from survey_app.wording import complaint_words, personal_data

#: Problems with no field that a person who fills in our form can meet.
_ABOUT_THE_SURVEY = ("unit-inactive", "unit-unknown", "no-answers")


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form to draw. `service` is the one in the address; `values` are the fields as they were sent.

    `contact` is whom to ask about the data.
    """

    entry: UnitEntry
    service: Service | None
    language: Language
    id: UUID
    contact: Contact | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def instrument(self) -> Instrument:
        return instruments.get(self.entry.unit.instrument)

    @property
    def services(self) -> list[Service]:
        """The services to choose from; a single one needs no choice."""
        return [s for s in self.entry.services if s.active] if self.service is None else [self.service]

    @property
    def asks_for_code(self) -> bool:
        """True when at least one of the services takes an answer only with the code of a queue slip."""
        return any(s.codes_required for s in self.services)

    @property
    def path(self) -> str:
        path = f"/s/{quote(self.entry.unit.code)}"
        return path if self.service is None else f"{path}/{quote(self.service.code)}"

    def places(self) -> dict[str, list[str]]:
        """The problems' words by the field of the form they belong to; "" is the form as a whole."""
        result = dict[str, list[str]]()
        for problem in self.problems:
            place = self._place(problem.path)
            texts, text = result.setdefault(place, []), self._text(place, problem)
            texts += [text] * (text not in texts)
        return result

    def _text(self, place: str, problem: Problem) -> str:
        """What no form of ours sends is one sentence, however it is wrong."""
        if place.startswith(ANSWER):
            return Words(self.language)["missing"]
        if not place and problem.code not in _ABOUT_THE_SURVEY:
            return told(400).in_language(self.language)
        return problem.text.in_language(self.language)

    def _place(self, path: str) -> str:
        kind, _, key = path.partition(".")
        if kind == "answers" and key in self.instrument.keys:
            return ANSWER + key
        if kind == "profile" and key in {f.key for f in self.instrument.profile}:
            return PROFILE + key
        return path if path in ("comment", "service", "code") else ""


def form_html(form: Form) -> str:
    return render(
        "form.html",
        form.language,
        form=form,
        instrument=form.instrument,
        faces=Markup("").join(symbols(form.instrument.levels)),
        places=form.places(),
        ask=personal_data.ask(form.contact),
        script=Markup(assets.script().text),  # noqa: S704  # our own file, never input
    )


def receipt_html(
    entry: UnitEntry,
    receipt: Receipt,
    told: Told | None,
    seen_before: bool,
    contact: Contact | None,
    language: Language,
) -> str:
    """The thank-you page, and what became of the comment; `seen_before` says that the answers had been
    received already."""
    return render(
        "receipt.html",
        language,
        entry=entry,
        receipt=receipt,
        became=complaint_words.became(told, language),
        seen_before=seen_before,
        ask=personal_data.ask(contact),
    )


def message_html(key: str, language: Language) -> str:
    """A page that only says something, by its key in words.json: not found, too large, closed."""
    return render("message.html", language, key=key)


def render(name: str, language: Language, **values: object) -> str:
    style = Markup(assets.style().text)  # noqa: S704  # our own file, never input
    template = _environment().get_template(name)
    html: str = template.render(values, words=Words(language), language=language, style=style)
    return html


def symbols(levels: int) -> list[Markup]:
    # Drawn from two whole numbers: nothing to escape.
    return [Markup(faces.symbol(level, levels)) for level in range(1, levels + 1)]  # noqa: S704


@cache
def _environment() -> Environment:
    return environment(
        ANSWER=ANSWER,
        PROFILE=PROFILE,
        CONSENT=CONSENT,
        consent_version=consent.VERSION,
        personal=personal_data,
        complaint=complaint_words,
    )
