"""Texts that are written where they are said, found by reading the code and the templates."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from survey_app.text import Text

#: What says a text of any length, and after how many other arguments; both languages follow each other.
_SAYING = {"Text": 0, "t": 0, "say": 0, "of": 2, "refuse": 2, "file_refused": 1, "_refused": 1}
#: As templates say it.
_SAY = re.compile(r'say\("((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"')
#: Two words and a blank between them: no key, path or number.
_SENTENCE = re.compile(r"[^\W\d_]\S* +\S*[^\W\d_]")


def texts(app: Path) -> dict[str, Text]:
    """Every such text by its function and its place in it; in braces what is worked out there."""
    held: dict[str, Text] = {}
    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.parts:
            held |= _of_code(path, ".".join(path.relative_to(app).with_suffix("").parts))
    for path in sorted(app.rglob("*.html")):
        said = enumerate(_SAY.findall(path.read_text(encoding="utf-8")))
        held |= {f"{path.relative_to(app)}({i})": Text(*both) for i, both in said}
    return held


def _of_code(path: Path, module: str) -> dict[str, Text]:
    by_function = defaultdict[str, list[Text]](list)
    for function, node in _functions(ast.parse(path.read_text(encoding="utf-8")), module):
        by_function[function] += _said_in(node)
    return {f"{name}({i})": text for name, said in by_function.items() for i, text in enumerate(said)}


def _functions(tree: ast.AST, within: str) -> Iterator[tuple[str, ast.AST]]:
    """The outermost functions of a module or class by name, and its other statements by its own name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{within}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{within}.{node.name}")
        else:
            yield within, node


def _said_in(tree: ast.AST) -> list[Text]:
    """In the order of the code."""
    pairs = {(both[0].lineno, both[0].col_offset): both for node in ast.walk(tree) for both in _pairs(node)}
    texts = [Text(*map(wording, both)) for _, both in sorted(pairs.items(), key=lambda item: item[0])]
    # A text that is only worked out has its words elsewhere.
    return [text for text in texts if re.search(r"[^\W\d_]", re.sub("{.*?}", "", text.id + text.en))]


def _pairs(node: ast.AST) -> Iterator[Sequence[ast.expr]]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments):
            start = _SAYING.get(name)
            if start is not None and len(both := arguments[start : start + 2]) == 2:
                yield both
            neighbours = pairwise(arguments)
        case ast.Tuple(elts=[first, second]):
            neighbours = pairwise([first, second])
        case _:
            return
    yield from (both for both in neighbours if all(map(is_sentence, both)))


def is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr) and bool(_SENTENCE.search(wording(node)))


def wording(node: ast.expr) -> str:
    """A text as the code writes it."""
    match node:
        case ast.Constant(value=value):
            return str(value)
        case ast.JoinedStr(values=parts):
            return "".join(map(wording, parts))
        case ast.FormattedValue(value=inner, conversion=how, format_spec=spec):
            as_ = "" if how == -1 else f"!{chr(how)}"
            return f"{{{ast.unparse(inner)}{as_}{':' + wording(spec) if spec else ''}}}"
    return "{" + ast.unparse(node) + "}"
