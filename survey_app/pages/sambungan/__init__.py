"""Sambungan: keys of other programs, and what they are told."""
