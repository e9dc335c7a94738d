"""Rencana tindak lanjut: what is planned about an unsur, and what came of it."""
