"""Whatever changes what is stored is told who acts, in a role and within a scope."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import roles
from tests.services.asked import ASKED
from tests.services.changes import CHANGES

SERVICES = Path(__file__).parents[2] / "survey_app/services"

#: Services that write and ask for nobody's role, and why.
NOT_ASKED = {
    "answers.intake.accept": "anybody may answer",
    "answers.intake.enqueue": "anybody may answer",
    "answers.intake.store": "anybody may answer",
    "kiosks.devices.pair": "a device has no role: it has a one-time code, made for who may",
    "kiosks.devices.heartbeat": "a device has no role: it has a token, checked before",
    "ikm.results.refresh": "computed from what is stored, which it does not change",
    "ikm.rebuilding.rebuild": "computed from what is stored, which it does not change",
    "ikm.calibration.calibrate": "computed from what is stored, which it does not change",
    "ikm.quality.refresh": "computed from what is stored, which it does not change",
    "ip_asn.staff_sums.refresh": "computed from what is stored, which it does not change",
    "ip_asn.staff_sums.rebuild": "computed from what is stored, which it does not change",
    "retention.thinning.thin": "the clock's work: what is over the time of the settings is nobody's to keep",
    "schedules.ordered.plan": "the clock's work: notes what somebody's schedule makes due",
    "demo.staff.load": "a part of demo.province.load, which has asked",
    "imports.staging.carry_out": "a part of imports.importing.import_responses",
    "accounts.signing_in.sign_in": "nobody has a role before the password is looked at",
    "accounts.api_keys.authenticate": "notes only when a key was used last",
    "accounts.tries.begin": "nobody has a role before the password is looked at",
    "accounts.tries.succeeded": "nobody has a role before the password is looked at",
    "accounts.demo_people.sign_in": "nobody has a role before; closed beside real accounts",
    "accounts.sessions.begin": "of an account whose password or link was looked at before",
    "accounts.sessions.find": "notes only when somebody was seen",
    "accounts.sessions.end": "whoever has the token ends the session",
    "accounts.sessions.end_own": "of the own account alone",
    "accounts.sessions.end_others": "of the own account alone",
    "accounts.sessions.act_as": "one of the own roles",
    "accounts.links.open_first": "the server, where nobody has an account yet",
    "accounts.links.use_first": "whoever has the link",
    "accounts.links.use": "whoever has the link",
    "accounts.links.change_password": "of the own account, known the present password",
    "accounts.passkey_challenges.ask": "what a device is asked, which changes nobody's account",
    "accounts.passkey_challenges.require_asked": "an answer counts once",
    "accounts.passkeys.start_adding": "of the own account alone, soon after signing in",
    "accounts.passkeys.add": "of the own account alone, soon after signing in",
    "accounts.passkeys.remove": "of the own account alone, soon after signing in",
    "accounts.passkeys.drop_password": "of the own account alone, soon after signing in",
    "accounts.passkeys.start_sign_in": "nobody has a role before a device has signed",
    "accounts.passkeys.sign_in": "nobody has a role before a device has signed",
    "accounts.oidc.depart": "nobody has a role before the provider has said who it is",
    "accounts.oidc.come_back": "whoever was sent to the provider, once",
    "accounts.oidc.sign_in": "what the provider says decides",
}

#: Services that are told who acts and refuse nothing themselves, and why.
HELPERS = {
    "alarms.seen.look": "reads for alarms.finding.find, which has asked",
    "places.catalogue.require": "asks for others",
    "places.catalogue.required": "asks for others",
    "places.own_place.own_place": "asks for others",
    "demo.complaints.load": "a part of demo.province.load, which has asked",
    "voices.reading.newest": "tells everybody, and names only to who may see them",
    "voices.reading.newest_of_months": "tells everybody, and names only to who may see them",
    "voices.reading.read_comment": "tells everybody, and names only to who may see them",
    "voices.shown.may_see_names": "answers yes or no",
    "accounts.persons.may_give": "answers which roles",
    "accounts.persons.seen_by": "answers how an account looks to somebody",
    "accounts.views.end": "ends what somebody views as",
    "accounts.views.note_end": "ends what somebody views as, for others",
    "accounts.views.find": "answers whom a session views as",
    "accounts.views.View.acting": "answers who asks meanwhile",
    "accounts.persons.may_reopen": "answers yes or no",
    "accounts.persons.lies_within": "answers yes or no",
    "accounts.api_keys.can_have": "answers yes or no",
    "delivery.webhooks.required": "asks for others",
    "places.catalogue.find_unit_for": "tells of nothing elsewhere, and writes down that it was asked for",
    "places.refusals.worth_telling": "counts refusals",
    "places.audited.write": "writes down what was done",
    "places.audited.note": "writes down what was done",
    "places.audited.refusals": "writes down what was refused",
    "places.audited.refused": "writes down what was refused",
}

#: Reads of which an entry is written, and nothing else.
NOTED = {"disclosure.inside.answers", "disclosure.inside.result"}

Functions = dict[str, ast.FunctionDef]


def test_every_service_that_changes_something_asks_who_acts() -> None:
    functions, uses = _read()
    writers = [name for name in _writers(functions, uses) if "database" in _parameters(functions[name])]
    public = {name for name in writers if "._" not in name}
    asking = {name for name in public if "acting" in _parameters(functions[name])} - set(HELPERS)
    assert sorted(public - asking - set(HELPERS)) == sorted(NOT_ASKED)
    # What asks is tried in test_roles with every role, within its scope and outside it.
    assert sorted(asking - NOTED) == sorted(CHANGES)
    assert set(ASKED) >= NOTED


def test_every_service_that_is_told_who_acts_is_tried_with_every_role() -> None:
    found = {name for path in SERVICES.rglob("*.py") for name in _told_who_acts(path)}
    assert sorted(found - set(HELPERS) - set(CHANGES)) == sorted(ASKED)
    assert set(HELPERS) <= found


def test_the_page_of_roles_is_what_is_tried() -> None:
    assert roles.DOCUMENT.read_text(encoding="utf-8") == roles.document(), (
        "python -m tests.architecture.roles"
    )


def _told_who_acts(path: Path) -> Iterator[str]:
    """Public functions, and methods of public classes, with a parameter that is an `Acting`."""
    module = ".".join(path.relative_to(SERVICES).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = {f"{module}.{node.name}": node.body for node in tree.body if isinstance(node, ast.ClassDef)}
    for prefix, body in {module: tree.body, **classes}.items():
        for node in body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = (*node.args.args, *node.args.kwonlyargs)
                if any(a.annotation and "Acting" in ast.unparse(a.annotation) for a in arguments):
                    yield f"{prefix}.{node.name}"


def _read() -> tuple[Functions, dict[str, set[str]]]:
    """Every function of the services as domain.module.function, and the names of that form that it uses."""
    functions: Functions = {}
    uses: dict[str, set[str]] = {}
    for path in SERVICES.rglob("*.py"):
        module = ".".join(path.relative_to(SERVICES).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _imported(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                functions[f"{module}.{node.name}"] = node
                uses[f"{module}.{node.name}"] = _used(node, module, known)
    return functions, uses


def _imported(tree: ast.Module) -> dict[str, str]:
    """Services by the names a module has for them: "places.catalogue", and "places.catalogue.find_unit"."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix("survey_app.services.")
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _used(function: ast.FunctionDef, module: str, known: dict[str, str]) -> set[str]:
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found.add(known.get(node.id, f"{module}.{node.id}"))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{known.get(node.value.id, node.value.id)}.{node.attr}")
    return found


def _writers(functions: Functions, uses: dict[str, set[str]]) -> set[str]:
    """Functions that write, themselves or through another."""
    # What is written down of who asked changes nothing of what was asked about.
    noting = {name for name in functions if name.startswith("places.audited.")}
    functions = {name: node for name, node in functions.items() if name not in noting}
    found = {name for name in functions if uses[name] & {"database.write", "database.submit"}}
    while more := {name for name in functions if name not in found and uses[name] & found}:
        found |= more
    return found


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
