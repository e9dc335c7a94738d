"""Kertas: answers from paper forms, typed in."""
