"""What stands in place of a page for who may not open it: why, and the way on."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from survey_app.errors import NotFound
from survey_app.pages.specs import PageSpec
from survey_app.services.accounts import sessions
from survey_app.services.accounts.sessions import Session
from survey_app.services.places import audited, catalogue
from survey_app.services.places.permissions import PERMISSIONS
from survey_app.services.places.scope import Reach
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import acting, address, guards, layout, links, moves
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording.role_words import ROLES

SIGN_IN = Text("Masuk untuk membuka halaman ini.", "Sign in to open this page.")
SIGN_IN_AGAIN = Text("Masuk lagi untuk melanjutkan.", "Sign in again to go on.")
OTHERS = Text(
    "Akun atau peran Anda telah berganti sejak halaman ini dibuka. Muat ulang untuk melanjutkan.",
    "Your account or role has changed since this page was opened. Reload it to go on.",
)
VIEWING = Text(
    "Anda sekarang melihat sebagai {name}. Lanjutkan untuk membuka halaman pertamanya.",
    "You are now viewing as {name}. Go on to open their first page.",
)
FOR_ROLES = Text("Halaman ini untuk peran {roles}.", "This page is for the roles {roles}.")
FOR_WIDER: dict[Reach, Text] = {
    Reach.UNIT: Text("", ""),
    Reach.AGENCY: Text(
        "Peran itu harus berlaku untuk seluruh instansi atau seluruh provinsi.",
        "The role must be for a whole agency or the whole province.",
    ),
    Reach.PROVINCE: Text(
        "Peran itu harus berlaku untuk seluruh provinsi.", "The role must be for the whole province."
    ),
}
ANOTHER_ROLE = Text(
    "Peran Anda yang lain dapat membukanya. Ganti peran di halaman Akun.",
    "Another one of your roles can open it. Change the role on the page Account.",
)
WITHOUT_UNIT = Text("Buka halaman ini tanpa unit itu", "Open this page without that unit")
ASK_ADMIN = Text(
    "Jika Anda memerlukannya, hubungi admin provinsi.",
    "If you need it, please ask the provincial administrator.",
)


def may_see(spec: PageSpec, path: str, person: Session | None, fresh: bool) -> bool:
    """Whether a page of staff is to be drawn now; otherwise it says why not, and how to go on.

    Args:
        path: at which the page is open.
        fresh: False where what the browser holds was made for another account or role.
    """
    if person is None:
        _ask_to_sign_in(spec, path)
        return False
    if not fresh:
        _ask_to_load_anew(spec, path, person)
        return False
    if not spec.open_to(person.acting):
        _refuse(spec, person)
        return False
    return _knows_unit(spec)


def _ask_to_sign_in(spec: PageSpec, path: str) -> None:
    """For whoever has not signed in, or no longer: nothing of the page, and the way to sign in and back."""
    layout.heading(say(spec.title))
    ended = acting.calling().token is not None
    st.info(f"{say(acting.ENDED)} {say(SIGN_IN_AGAIN)}" if ended else say(SIGN_IN))
    _lead(links.sign_in(_with_query(path), language()), t("Masuk", "Sign in"))


def _ask_to_load_anew(spec: PageSpec, path: str, person: Session) -> None:
    """For whoever has signed in meanwhile as somebody else, or in another role, beside the page at hand."""
    layout.heading(say(spec.title))
    if person.viewing is not None:
        st.info(plain(say(VIEWING.format(name=person.viewing.name))))
        _lead(links.page("/"), t("Lanjutkan", "Go on"))
        return
    st.info(say(OTHERS))
    _lead(_with_query(path), t("Muat ulang", "Reload"))


def _refuse(spec: PageSpec, person: Session) -> None:
    """For who may not open the page in the role in use: who may, and whether that is another own role."""
    layout.heading(say(spec.title))
    assert spec.action is not None  # a page without one is open to everybody
    names = ", ".join(say(ROLES[role]) for role in ROLES if role in PERMISSIONS[spec.action])
    parts = [say(FOR_ROLES.format(roles=names)), say(FOR_WIDER[spec.reach])]
    audited.refused(runtime.database(), person.acting, spec.action, {"page": spec.path})
    mine = sessions.roles_of(runtime.database(), person)
    another = any(spec.open_to(sessions.acting_in(role)) for role in mine)
    parts.append(say(ANOTHER_ROLE if another else ASK_ADMIN))
    st.warning(plain(" ".join(part for part in parts if part)))
    if another:
        _lead(links.ACCOUNT, t("Ke Akun", "To Account"))


def _knows_unit(spec: PageSpec) -> bool:
    """False after saying that the address names a unit that does not exist: nobody is shown another one."""
    code = st.query_params.get("unit")
    if not code:
        return True
    try:
        catalogue.find_unit_for(runtime.database(), acting.who(), code)
    except NotFound as unknown:
        layout.heading(say(spec.title))
        guards.explain_unknown_unit(unknown)
        # All other ways on the page take the unit of the address along.
        kept = {name: value for name, value in address.carried().items() if name not in ("unit", "service")}
        moves.here(spec.path, say(WITHOUT_UNIT), kept)
        return False
    return True


def _with_query(path: str) -> str:
    asked = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return f"{path}?{urlencode(asked)}" if asked else path


def _lead(address: str, words: str) -> None:
    st.html(f'<p class="way-on"><a href="{escape(address)}" target="_self">{escape(words)}</a></p>')
