"""The project's own rules, held by the same tools a developer runs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture import diagram

ROOT = Path(__file__).parents[2]
SOURCES = [p for folder in ("analytics", "survey_app") for p in sorted((ROOT / folder).rglob("*.py"))]


#: Everything the project reads as JSON: words, instruments, rule sets, word lists.
JSON = [p for folder in ("survey_app", "data") for p in sorted((ROOT / folder).rglob("*.json"))]


def test_imports_go_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_page_is_in_the_contract_that_keeps_pages_apart() -> None:
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {c["name"]: c for c in read["tool"]["importlinter"]["contracts"]}
    pages = {f"survey_app.pages.{path.parent.name}" for path in ROOT.glob("survey_app/pages/*/page.py")}
    assert set(contracts["a page knows no other page"]["modules"]) == pages


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_is_short_enough_to_read_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limit = 80 if path.name == "page.py" or path.parent.name == "pages" else 300
    assert text.count("\n") <= limit
    assert path.name == "__init__.py" or ast.get_docstring(ast.parse(text))


#: `Table` by caption, columns and rows, a finding by row, code and field: they are written many times over.
BY_POSITION = {"Table", "RowProblem"}


def test_what_has_six_fields_and_more_is_made_by_keywords() -> None:
    """Storage makes its own of rows, whose columns stand in the order of the fields."""
    sources = [p for p in SOURCES if "storage" not in p.parts]
    found = {
        node.name
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and sum(
            isinstance(member, ast.AnnAssign) and "kw_only" not in ast.unparse(member) for member in node.body
        )
        >= 6
        and any(
            "dataclass" in (made := ast.unparse(decorator)) and "kw_only" not in made
            for decorator in node.decorator_list
        )
    }
    assert found == BY_POSITION


def test_the_environment_is_read_in_one_place() -> None:
    readers = [p for p in SOURCES if re.search(r"os\.environ|getenv", p.read_text(encoding="utf-8"))]
    assert readers == [ROOT / "survey_app/settings.py"]


def test_the_clock_is_read_in_one_place() -> None:
    clock = re.compile(r"datetime\.now|date\.today|time\.time\(")
    readers = [p for p in SOURCES if clock.search(p.read_text(encoding="utf-8"))]
    assert readers == [ROOT / "survey_app/services/process/runtime.py"]


def test_an_answer_is_made_in_intake_alone() -> None:
    """There comments are redacted before anything is stored; the demonstration writes its own."""
    makers = [p for p in SOURCES if re.search(r"\bNewResponse\(", p.read_text(encoding="utf-8"))]
    assert [str(p.relative_to(ROOT)) for p in makers] == [
        "survey_app/services/answers/intake.py",
        "survey_app/services/demo/province.py",
    ]


def test_every_setting_is_documented() -> None:
    names = set(
        re.findall(r'"((?:SURVEY_|DATABASE_)[A-Z_]+)"', (ROOT / "survey_app/settings.py").read_text())
    )
    documented = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert names
    assert [name for name in sorted(names) if f"`{name}`" not in documented] == []


def test_every_runtime_requirement_is_bounded_and_used() -> None:
    modules = {"SQLAlchemy": "sqlalchemy", "Jinja2": "jinja2", "psycopg[binary]": "psycopg"}
    modules |= {"python-multipart": "python_multipart", "argon2-cffi": "argon2"}
    # Used without an import of ours: Starlette's form parser.
    indirect = {"python_multipart"}
    text = "\n".join(p.read_text(encoding="utf-8") for p in [*SOURCES, ROOT / "streamlit_app.py"])
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            match = re.fullmatch(r"([A-Za-z0-9-]+(?:\[\w+\])?)>=[\d.]+,<[\d.]+", line)
            assert match, f"{line}: give a lower and an upper bound"
            module = modules.get(match[1], match[1].lower())
            assert module in indirect or re.search(rf"(import|from) {module}\b", text), f"{line} is not used"


def test_a_percentage_is_written_one_way() -> None:
    """95%, as `Voice.percent` writes it: nothing the product says has a space before the sign."""
    spaced = re.compile(r"([0-9}]|^)\s%(?=[^\w{]|$)")
    ours = ROOT / "survey_app"
    trees = [ast.parse(p.read_text(encoding="utf-8")) for p in SOURCES if p.is_relative_to(ours)]
    said = [n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    said += [p.read_text(encoding="utf-8") for p in JSON if p.is_relative_to(ours)]
    assert spaced.search("Selang 95 %: 70")
    assert [words for words in said if isinstance(words, str) and spaced.search(words)] == []


@pytest.mark.parametrize("path", JSON, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_key_is_written_twice(path: Path) -> None:
    """Of two the last one counts, and nothing says so."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), sorted({key for key in keys if keys.count(key) > 1})
        return dict(pairs)

    json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)


def test_the_pictures_of_the_house_are_those_of_the_contracts() -> None:
    written = diagram.DOCUMENT.read_text(encoding="utf-8")
    assert written.count("```mermaid") == written.count("<!-- layers: ")
    assert diagram.with_diagrams(written) == written


def test_the_page_on_the_house_names_every_folder() -> None:
    written = diagram.DOCUMENT.read_text(encoding="utf-8")
    parts = [
        ROOT / "analytics",
        ROOT / "survey_app",
        ROOT / "survey_app/services",
        ROOT / "survey_app/reports",
    ]
    folders = [f.parent for part in parts for f in sorted(part.glob("*/__init__.py"))]
    assert len(folders) > 20
    assert [str(f.relative_to(ROOT)) for f in folders if f"{f.name}/" not in written] == []


def test_the_readme_shows_every_picture_in_words_too() -> None:
    """Each as `make pictures` takes it, and small: they stay in the history for ever."""
    images = re.findall(r"<img [^>]+>", (ROOT / "README.md").read_text(encoding="utf-8"))
    shown = {src: alt for image in images for src, alt in re.findall(r'src="(.+?)".* alt="(.+?)"', image)}
    taken = sorted((ROOT / "docs/pictures").iterdir())
    assert sorted(shown) == [str(path.relative_to(ROOT)) for path in taken]
    assert len(images) == len(shown) == len(taken)
    assert [alt for alt in shown.values() if len(alt.split()) < 10] == []
    source = (ROOT / "tests/browser/pictures.py").read_text(encoding="utf-8")
    assert [path.name for path in taken if f'"{path.name}"' not in source] == []
    assert [path.name for path in taken if path.stat().st_size > 150_000] == []
