"""Formulas of what a count of comments is worth."""

from __future__ import annotations

from analytics.formulas.model import Formula

COMMENTS: tuple[Formula, ...] = (
    Formula(
        key="comment-draw",
        name_id="Pemilihan masukan untuk diperiksa",
        name_en="Draw of comments to be checked",
        formula="p_i = n / sqrt(N_h) / sum_j 1/sqrt(N_h(j)), at most 1; systematic along the groups h",
        unit="probability, 0-1",
        source="Madow 1949; Särndal, Swensson, Wretman 1992, 3.6",
        function="analytics.text.audit.drawing.draw_comments",
    ),
    Formula(
        key="comment-count-worth",
        name_id="Ketepatan hitungan masukan",
        name_en="What a count of comments is worth",
        formula=(
            "share of the unread meant: Beta(1/2 + m s, 1/2 + m (1 - s)), m = (sum w)^2 / sum w^2, "
            "w = (n/N) / p_i, less the share that was read where i is counted, among those found (R) "
            "and the others (O); right = R / found, missed = O / (R + O), likely number = R + O; what was "
            "read is known"
        ),
        unit="shares 0-1 and comments, with 95% limits",
        source="Kish 1965; Ericson 1969; Brown, Cai, DasGupta 2001; simulated (benchmarks/comment_audit.py)",
        function="analytics.text.audit.worth.worth_of_count",
    ),
)
