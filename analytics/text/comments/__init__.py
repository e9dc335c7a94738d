"""Comments grouped by unsur and kind: lists anyone can correct, weights learned from labelled comments."""

from analytics.text.comments.alike import group_alike
from analytics.text.comments.grouping import Grouped, group_comment
from analytics.text.comments.linear import Weights, compile_weights
from analytics.text.comments.lists import CommentWords, Kind, compile_comment_words
from analytics.text.comments.stemming import Stemmer

__all__ = [
    "CommentWords",
    "Grouped",
    "Kind",
    "Stemmer",
    "Weights",
    "compile_comment_words",
    "compile_weights",
    "group_alike",
    "group_comment",
]
