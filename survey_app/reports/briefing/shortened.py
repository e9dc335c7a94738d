"""Words that are too long for their place."""

from __future__ import annotations


def shortened(words: str, most: int) -> str:
    """`words` in one line of at most `most` characters, the last of them "…" where some are left out."""
    said = " ".join(words.split())
    if len(said) <= most:
        return said
    kept = said[: most - 1]
    whole = kept.rpartition(" ")[0]
    return f"{(whole if len(whole) > most // 2 else kept).rstrip()}…"
