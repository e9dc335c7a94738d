"""The next small steps of a unit: how little is missing to a better letter, and what is being done."""

from __future__ import annotations

from html import escape

from analytics.ikm import Step
from survey_app.pages.unit import unsur_table
from survey_app.pages.unit.told import Told
from survey_app.services.follow_up import effect
from survey_app.services.follow_up.actions import Action
from survey_app.services.ikm.lead import Ranked
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address, links, marks
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, sureness, unit_words
from survey_app.wording.voice import Voice

NEXT = Text("Langkah berikut", "Next steps")
UP = Text("Naik {rise}", "Up {rise}")
UNSUR_IS = Text("sudah mutu", "and it is grade")
UNIT_IS = Text("rata-rata: unit menjadi", "on average: the unit gets")
NEAREST = Text("{unsur}, yang paling dekat ke mutu berikutnya", "{unsur}, nearest to its next grade")
ALONE = Text(
    "Satu unsur saja tidak cukup untuk mutu {mutu}.",
    "One service element alone is not enough for grade {mutu}.",
)
ONE_IS_ENOUGH = Text(
    "Cukup satu unsur, misalnya {unsur}: NRR {nrr}.", "One service element is enough, as {unsur}: NRR {nrr}."
)
RUNNING = Text("Tindakan untuk {unsur}", "Action on {unsur}")
RESPONSIBLE = Text("Oleh {who}.", "By {who}.")
MOVED = Text(
    "Nilai unsur (NRR) {a} → {b}, {verdict} ({low} sampai {high}).",
    "NRR {a} → {b}, {verdict} ({low} to {high}).",
)
NOT_ITS_EFFECT = Text(
    "Perubahan setelah tindakan belum tentu karena tindakan.",
    "A change after an action need not be its effect.",
)


def panel(database: Database, told: Told) -> str:
    """Steps of the lowest unsur, of the nearest other one, and of the unit; then what is being done."""
    if told.lead is None or told.lead.lowest is None:
        return ""
    lowest, nearest, steps = told.lead.lowest, told.lead.nearest, []
    if lowest.steps:
        steps.append(_step(lowest.steps[0], say(UNSUR_IS), _of(lowest, say(lowest.element.name)), "one"))
    if nearest is not None:
        name = say(NEAREST.format(unsur=nearest.element.name))
        steps.append(_step(nearest.steps[0], say(UNSUR_IS), _of(nearest, name)))
    if told.lead.unit:
        steps.append(_step(told.lead.unit[0], say(UNIT_IS), _of_unit(told)))
    running = _running(database, told, lowest)
    return f'<aside class="nx"><h2>{escape(say(NEXT))}</h2>{"".join(steps)}{running}{_links(told)}</aside>'


def _step(step: Step, is_: str, about: str, kind: str = "") -> str:
    rise = say(UP.format(rise=numbers.decimal(step.told, language())))
    return (
        f'<div class="step {kind}"><p class="st"><b>{rise}</b> {escape(is_)} '
        f"{marks.chip(step.target.mutu)}</p>"
        f"<p>{escape(about)}</p></div>"
    )


def _of(one: Ranked, name: str) -> str:
    return f"{name}: {unit_words.wanted(one.steps[0], one.n, Voice(language()))}"


def _of_unit(told: Told) -> str:
    """Whether one unsur alone would do, and which."""
    needed = [(i, n) for i, n in enumerate(told.insight.next_mutu) if n is not None and n.reachable]
    mutu = told.lead.unit[0].target.mutu if told.lead else ""
    if not needed:
        return say(ALONE.format(mutu=mutu))
    lowest = told.lead.lowest if told.lead else None
    place, one = next((pair for pair in needed if lowest and pair[0] == lowest.place), needed[0])
    name = told.result.instrument.elements[place].name
    return say(ONE_IS_ENOUGH.format(unsur=name, nrr=numbers.decimal(one.nrr, language())))


def _running(database: Database, told: Told, lowest: Ranked) -> str:
    open_ = told.actions.get(lowest.element.key, ())
    if not open_:
        return ""
    action = open_[-1]
    who = [say(RESPONSIBLE.format(who=action.responsible))] if action.responsible else []
    lines = [*who, f"{say(unsur_table.when(action, told.today))}.", *_moved(database, told, action)]
    return (
        f'<div class="run"><p class="s">{escape(say(RUNNING.format(unsur=lowest.element.name)))}</p>'
        f"<p><b>{escape(action.plan)}</b></p>"
        f'<p class="s">{escape(" ".join(lines))}</p></div>'
    )


def _moved(database: Database, told: Told, action: Action) -> list[str]:
    """Nothing to who is outside: the values before and now may be of a few people."""
    if not told.inside:
        return []
    (moved,) = effect.since(database, told.result.entry.unit.code, [action], told.result.period.parts[-1])
    if moved.change is None or moved.after is None or moved.change.interval is None:
        return []
    lang = language()
    low, high = (numbers.limit(end, lang) for end in moved.change.interval)
    before, after = (numbers.decimal(e.exact, lang) for e in (moved.before, moved.after))
    said = MOVED.format(a=before, b=after, verdict=sureness.answer(moved.change), low=low, high=high)
    return [say(said), say(NOT_ITS_EFFECT)]


def _links(told: Told) -> str:
    """To the register, for who may write in it, and to what a better unsur would do."""
    unit = told.result.entry.unit.code
    what_if = links.page("/unit", **(address.carried() | {"unit": unit, "tab": "what-if", "lang": None}))
    buttons = [(what_if, t("Simulasi", "What if"), "btn q")]
    if told.may_act:
        buttons.insert(0, (links.follow_up(unit), t("Catat kemajuan", "Record progress"), "btn"))
    return (
        '<div class="bs">'
        + "".join(
            f'<a class="{kind}" href="{escape(to)}" target="_self">{escape(name)}</a>'
            for to, name, kind in buttons
        )
        + "</div>"
    )
