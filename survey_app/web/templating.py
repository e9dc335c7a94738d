"""The templates of all plain pages: escaped, and a missing name is an error and not an empty string."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment(**names: object) -> Environment:
    """Templates of survey_app/web/templates, which know `names`."""
    made = Environment(
        loader=PackageLoader("survey_app.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= names
    return made
