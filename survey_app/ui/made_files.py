"""Whose the files are that pages made: their address is a hash of what is in them, and Streamlit asks nobody.

Who knows what is in a file could so ask for it, or learn that somebody made it. Kept is whom each was made
for, in the memory of the process that has the file itself.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import PurePosixPath

from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from survey_app.services.accounts.sessions import Session

#: Far more than are made between a click and the download that follows it.
_MOST = 10_000
_owners: OrderedDict[tuple[str, str, int], None] = OrderedDict()
_lock = threading.Lock()


def note(content: bytes, mime: str, file_name: str, session: Session) -> None:
    """A file was made for a session, in the role it acts in."""
    file = MemoryMediaFileStorage("").load_and_get_id(content, mime, MediaFileKind.DOWNLOADABLE, file_name)
    with _lock:
        key = (file, session.key, session.role_id)
        _owners[key] = None
        _owners.move_to_end(key)
        if len(_owners) > _MOST:
            _owners.popitem(last=False)


def is_for(session: Session, path: str) -> bool:
    """Whether the file at an address was made for this session, in the role it acts in now."""
    # As Streamlit reads an address: without the last ending.
    file = PurePosixPath(path).stem
    with _lock:
        return (file, session.key, session.role_id) in _owners
