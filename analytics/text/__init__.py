"""What people write: grouped by what it is about, and freed of what points at a person."""

from analytics.text.comments import (
    CommentWords,
    Grouped,
    Kind,
    Stemmer,
    Weights,
    compile_comment_words,
    compile_weights,
    group_comment,
)
from analytics.text.redaction import NameWords, Personal, compile_names, find_personal, redact

__all__ = [
    "CommentWords",
    "Grouped",
    "Kind",
    "NameWords",
    "Personal",
    "Stemmer",
    "Weights",
    "compile_comment_words",
    "compile_names",
    "compile_weights",
    "find_personal",
    "group_comment",
    "redact",
]
