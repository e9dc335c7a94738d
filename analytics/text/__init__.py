"""What people write: grouped by what it is about, and freed of what points at a person."""

from analytics.text.audit import ENOUGH, Drawn, Judged, Share, Unknown, Worth, draw_comments, worth_of_count
from analytics.text.comments import (
    CommentWords,
    Grouped,
    Kind,
    Stemmer,
    Weights,
    compile_comment_words,
    compile_weights,
    group_alike,
    group_comment,
)
from analytics.text.redaction import NameWords, Personal, compile_names, find_personal, redact

__all__ = [
    "ENOUGH",
    "CommentWords",
    "Drawn",
    "Grouped",
    "Judged",
    "Kind",
    "NameWords",
    "Personal",
    "Share",
    "Stemmer",
    "Unknown",
    "Weights",
    "Worth",
    "compile_comment_words",
    "compile_names",
    "compile_weights",
    "draw_comments",
    "find_personal",
    "group_alike",
    "group_comment",
    "redact",
    "worth_of_count",
]
