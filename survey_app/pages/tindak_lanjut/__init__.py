"""Tindak lanjut: the register of what is done about an unsur."""
