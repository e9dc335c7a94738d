"""Every formula of the product with its source, as one object: for docs and for "Tunjukkan hitungan".

docs/formulas.md is `markdown()`. To renew it:
python -c "from analytics.formulas import markdown; print(markdown(), end='')" > docs/formulas.md
"""

from analytics.formulas.combining import COMBINING
from analytics.formulas.comments import COMMENTS
from analytics.formulas.comparing import COMPARING
from analytics.formulas.index import INDEX
from analytics.formulas.ip_asn import IP_ASN
from analytics.formulas.model import Formula
from analytics.formulas.over_time import OVER_TIME
from analytics.formulas.questionnaire import QUESTIONNAIRE
from analytics.formulas.uncertainty import UNCERTAINTY

FORMULAS: tuple[Formula, ...] = (
    *INDEX,
    *UNCERTAINTY,
    *COMBINING,
    *COMPARING,
    *OVER_TIME,
    *QUESTIONNAIRE,
    *COMMENTS,
    *IP_ASN,
)

__all__ = ["FORMULAS", "Formula"]

_HEAD = """# Formulas

Generated from `analytics.formulas.FORMULAS`; a test compares the two. What is computed, in which unit,
by which source, and where in the code.
"""


def markdown(formulas: tuple[Formula, ...] = FORMULAS) -> str:
    """The formulas as one Markdown page, a section each."""
    return "\n".join([_HEAD, *(_section(formula) for formula in formulas)])


def _section(formula: Formula) -> str:
    return (
        f"## {formula.key}\n\n"
        f"{formula.name_id} / {formula.name_en}\n\n"
        f"    {formula.formula}\n\n"
        f"- Unit: {formula.unit}\n"
        f"- Source: {formula.source}\n"
        f"- Code: `{formula.function}`\n"
    )
