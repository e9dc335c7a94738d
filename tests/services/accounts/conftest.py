"""Passwords at no cost."""

from tests.cheap_passwords import cheap

__all__ = ["cheap"]
