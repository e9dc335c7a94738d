"""Which texts are errors, told by the calls that they reach; and what commands say in one language."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from survey_app import errors
from survey_app.text import Text
from tests.wording import in_place

#: After how many other arguments each of these takes the text.
_RAISED = {
    name: 2 if name == "Problem" else 1
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.AppError | errors.Problem)
}
#: The same where both wordings are given one after the other.
_WRITTEN = {"of": 2, "refuse": 2, "file_refused": 1, "_refused": 1}
#: Boxes of Streamlit, and what a command of click ends with: the text comes first.
_BOXES = {"error", "warning", "info", "success"}
_ENDS = {"fail", "ClickException", "UsageError", "BadParameter"}
#: What makes a text of two wordings, and what shows or returns one that is made.
_PAIRING = {"Text", "t", "say"}
_HANDING_ON = {"say", "tell", "plain", "text"}
Both = tuple[str, int, Text]


def errors_of(app: Path) -> dict[str, Text]:
    """Every text of an error, warning or note to people, by the file and line where it is written."""
    files = {path: _File(app, path) for path in sorted(app.rglob("*.py")) if "migrations" not in path.parts}
    return {f"{at}:{line}": text for file in files.values() for at, line, text in file.told(files)}


def ends_of_commands(cli: Path) -> dict[str, str]:
    """What commands end with when they are used in a wrong way, and what their options are said to be."""
    return {
        f"{at}:{node.lineno}": in_place.wording(said)
        for at, node in _nodes(cli)
        if isinstance(node, ast.Call)
        for said in _said_by_click(node)
    }


def said_by_commands(cli: Path) -> dict[str, str]:
    """What commands print, and what they end with when they are used in a wrong way."""
    return {
        f"{at}:{node.lineno}": in_place.wording(node.args[0])
        for at, node in _nodes(cli)
        if isinstance(node, ast.Call) and node.args and _name(node) in _ENDS | {"echo"}
    }


def strings_of_commands(cli: Path) -> dict[str, str]:
    """All else that commands say: every string with two words, the help of a command among them."""
    return {
        f"{at}:{node.lineno}:{node.col_offset}": in_place.wording(node)
        for at, node in _nodes(cli)
        if isinstance(node, ast.expr) and in_place.is_sentence(node)
    }


def _nodes(cli: Path) -> Iterator[tuple[str, ast.AST]]:
    """Everything written in the modules of the command line, with the name of its file."""
    for path in sorted(cli.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.name, node


def _said_by_click(node: ast.Call) -> Iterator[ast.expr]:
    words = [node.args[0]] if _name(node) in _ENDS and node.args else []
    words += [keyword.value for keyword in node.keywords if keyword.arg == "help"]
    yield from (word for word in words if isinstance(word, ast.Constant | ast.JoinedStr))


class _File:
    """One module: its calls that tell of an error, and its names, for whoever asks what one stands for."""

    def __init__(self, app: Path, path: Path) -> None:
        self.app, self.at = app, str(path.relative_to(app))
        self.tree = ast.parse(path.read_text(encoding="utf-8"))

    def told(self, files: dict[Path, _File]) -> Iterator[Both]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield from self._of_call(node, files)

    def _of_call(self, node: ast.Call, files: dict[Path, _File]) -> Iterator[Both]:
        name, arguments = _name(node), node.args
        if name in _BOXES and _owner(node) == "st" and arguments:
            yield from self.texts(arguments[0], files, set())
        elif name in _RAISED and len(arguments) > _RAISED[name]:
            yield from self.texts(arguments[_RAISED[name]], files, set())
        elif name in _WRITTEN and (name != "of" or _owner(node) == "Problem"):
            given = arguments[_WRITTEN[name] :][:2]
            if len(given) == 2:
                yield from self._pair(given)
            elif given and isinstance(given[0], ast.Starred):
                yield from self.texts(given[0].value, files, set())

    def texts(self, node: ast.expr, files: dict[Path, _File], seen: set[str]) -> Iterator[Both]:
        """What `node` may stand for, followed through names, tables, choices and functions of the app."""
        match node:
            case ast.Call(args=[first, second, *_]) if _name(node) in _PAIRING:
                yield from self._pair([first, second])
            case ast.Tuple(elts=[ast.Constant() as first, ast.Constant() as second]):
                yield from self._pair([first, second])
            case ast.Name(id=name):
                yield from self._named(name, files, seen)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in self.imported:
                if (other := files.get(self.imported[owner])) is not None:
                    yield from other._named(name, files, seen)
            case _:
                for part in _parts(node):
                    yield from self.texts(part, files, seen)

    def _named(self, name: str, files: dict[Path, _File], seen: set[str]) -> Iterator[Both]:
        if f"{self.at} {name}" in seen:
            return
        seen.add(f"{self.at} {name}")
        for value in self.values.get(name, ()):
            yield from self.texts(value, files, seen)
        if (other := files.get(self.imported.get(name, self.app))) is not None:
            yield from other._named(name, files, seen)

    def _pair(self, both: Sequence[ast.expr]) -> Iterator[Both]:
        if all(isinstance(said, ast.Constant | ast.JoinedStr) for said in both):
            yield self.at, both[0].lineno, Text(*map(in_place.wording, both))

    @cached_property
    def values(self) -> dict[str, list[ast.expr]]:
        """What is given to each name anywhere in the file, and what each function returns."""
        found = defaultdict[str, list[ast.expr]](list)
        for node in ast.walk(self.tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found[name].append(value)
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=value):
                    for each in names:
                        found[each.id if isinstance(each, ast.Name) else ""].append(value)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    found[name].append(value)
                case ast.FunctionDef(name=name):
                    returned = (n.value for n in ast.walk(node) if isinstance(n, ast.Return))
                    found[name] += [value for value in returned if value is not None]
        return found

    @cached_property
    def imported(self) -> dict[str, Path]:
        """The file that each name comes from, or is; of the app alone."""
        found: dict[str, Path] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == self.app.name:
                folder = self.app.joinpath(*(node.module or "").split(".")[1:])
                for name in node.names:
                    module = folder / f"{name.name}.py"
                    whole = module if module.exists() else folder.with_suffix(".py")
                    found[name.asname or name.name] = whole
        return found


def _parts(node: ast.expr) -> Sequence[ast.expr]:
    """What a text comes from: one of a table or choice, a function's, or one that is handed on."""
    match node:
        case ast.Call(args=[first]) if _name(node) in _HANDING_ON:
            return [first]
        case ast.Call(func=ast.Attribute(attr="format" | "get", value=inner)):
            return [inner]
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return [inner]
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            return parts
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
    return []


def _name(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _owner(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(value=ast.Name(id=name)):
            return name
    return ""
