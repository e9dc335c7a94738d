"""Secrets that an operator sets, all alike: `NAME` holds one, or `NAME_FILE` names a file that does."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from survey_app.errors import SettingError
from survey_app.text import Text

_UNREADABLE = Text(
    "Rahasia pada {path} tidak dapat dibaca: {detail}.", "The secret in {path} cannot be read: {detail}."
)
_EMPTY = Text("Berkas rahasia {path} kosong.", "The file of the secret, {path}, is empty.")
_SHORT = Text("{name} harus sedikitnya {least} karakter.", "{name} must have at least {least} characters.")
_OPEN = Text(
    "Rahasia pada {path} dapat dibaca orang lain di komputer ini. Jalankan: chmod 600 {path}.",
    "The secret in {path} can be read by others on this computer. Run: chmod 600 {path}.",
)


@dataclass(frozen=True)
class Secret:
    """A secret as it was set: as a `value`, which no representation shows, or in a `file`."""

    name: str
    value: str | None = field(default=None, repr=False)
    file: Path | None = None
    shortest: int = 1

    @classmethod
    def of(cls, environ: Mapping[str, str], name: str, shortest: int = 1) -> Secret | None:
        """What was set; None where nothing was. Raises: ValueError where both were."""
        value, file = environ.get(name), environ.get(f"{name}_FILE")
        if value and file:
            raise ValueError(f"set one of {name} and {name}_FILE")
        if not value and not file:
            return None
        return cls(name, value or None, Path(file) if file else None, shortest)

    def read(self) -> str:
        """The secret.

        Raises: SettingError, as `read_private`; `secret-unreadable` for an empty file, `secret-short`.
        """
        secret = self.value
        if secret is None:
            assert self.file is not None  # `of` asks for one of the two
            if not (secret := read_private(self.file)):
                raise SettingError("secret-unreadable", _EMPTY.format(path=self.file))
        if len(secret) < self.shortest:
            raise SettingError("secret-short", _SHORT.format(name=self.name, least=self.shortest))
        return secret


def read_private(path: Path) -> str:
    """What is in a file that only its owner may read, without space around it.

    Raises: SettingError `secret-open`, `secret-unreadable`.
    """
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingError("secret-open", _OPEN.format(path=path))
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        text = _UNREADABLE.format(path=path, detail=str(error).rstrip("."))
        raise SettingError("secret-unreadable", text) from error
