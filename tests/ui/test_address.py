"""What is chosen stands in the address, and what the address says is chosen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.ui import links


def _page() -> None:
    import streamlit as st

    from survey_app.ui import address
    from survey_app.ui.words import choose_language, t

    choose_language()
    kinds = {"a": t("Satu", "One"), "b": t("Dua", "Two")}
    chosen = address.select("Jenis", kinds, address.Place(name="jenis", key="kind", forgets=("rinci",)))
    pill = address.pills("Urutan", {"x": "X", "y": "Y"}, address.Place(name="urut", key="order"), "y")
    words = address.text("Cari", address.Place(name="cari", key="words"), "Cari")
    tabs = address.tabs(kinds, address.Place(name="tab", key="tab"))
    opened = [code for code, tab in tabs.items() if tab.open]
    st.write(f"{chosen} {pill} {words} {opened} {address.carried()}")


def page(**query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return str(app.markdown[0].value)


def query(app: AppTest) -> dict[str, str]:
    """What the page has written, as a string; what the test has, as a list of one."""
    return {n: v if isinstance(v, str) else v[0] for n, v in app.query_params.items()}


def test_an_empty_field_says_what_to_search_for_in_the_language_of_the_page() -> None:
    """Streamlit itself would say it in English."""

    def _labelled() -> None:
        from survey_app.ui import address

        address.text("Cari kata", address.Place(name="cari", key="words"))

    assert AppTest.from_function(_labelled).run().text_input[0].placeholder == "Cari kata"


def test_the_usual_choices_need_no_address() -> None:
    app = page()
    assert shown(app) == "a y  ['a'] {}"
    assert query(app) == {}


def test_what_the_address_says_is_chosen() -> None:
    assert shown(page(jenis="b", urut="x", cari="loket", tab="b")) == "b x loket ['b'] {}"


def test_what_the_address_says_wrongly_is_as_if_it_said_nothing() -> None:
    assert shown(page(jenis="c", urut="", tab="<b>")) == "a y  ['a'] {}"


def test_a_choice_is_written_and_the_usual_one_is_not() -> None:
    app = page(rinci="1")
    app.selectbox(key="kind").select("b").run()
    assert (shown(app), query(app)) == ("b y  ['a'] {}", {"jenis": "b"})
    app.selectbox(key="kind").select("a").run()
    assert (shown(app), query(app)) == ("a y  ['a'] {}", {})
    app.button_group(key="order").set_value("x").run()
    app.text_input(key="words").set_value(" loket ").run()
    assert query(app) == {"urut": "x", "cari": " loket "}
    # Whoever opens this address sees the same.
    again = page(**query(app))
    assert shown(again) == shown(app) == "a x loket ['a'] {}"


def test_the_way_back_undoes_a_choice() -> None:
    """The browser puts the former address back, and the page runs again."""
    app = page()
    app.selectbox(key="kind").select("b").run()
    app.query_params.clear()
    app.run()
    assert shown(app).startswith("a ")


def test_the_language_stands_in_the_address_and_goes_along() -> None:
    app = page()
    app.button_group(key="language").set_value("en").run()
    assert query(app) == {"lang": "en"}
    assert app.selectbox(key="kind").options == ["One", "Two"]
    assert shown(app) == "a y  ['a'] {'lang': 'en'}"
    app.button_group(key="language").set_value("id").run()
    assert query(app) == {}
    assert app.selectbox(key="kind").options == ["Satu", "Dua"]


@pytest.mark.parametrize("name", ["agency", "unit", "service", "period", "lang"])
def test_where_and_when_go_along_and_a_filter_does_not(name: str) -> None:
    assert shown(page(**{name: "en", "jenis": "b"})).endswith(f"{{'{name}': 'en'}}")


def test_a_link_names_what_there_is_to_name() -> None:
    assert links.page("/unit", unit="a b", period=None) == "/unit?unit=a+b"
    assert links.page("/unit") == "/unit"


def _two_pages() -> None:
    import streamlit as st

    from survey_app.ui import address, drawn
    from survey_app.ui.words import choose_language

    def one() -> None:
        kinds = {"a": "A", "b": "B"}
        st.write(address.select("Jenis", kinds, address.Place(name="period", key="kind")))
        st.write(address.pills("Urutan", kinds, address.Place(name="unit", key="order")))

    def other() -> None:
        one()

    pages = [st.Page(one, default=True), st.Page(other)]
    current = st.navigation(pages, position="hidden")
    drawn.arrive(current.url_path)
    choose_language()
    st.session_state["hashes"] = [page._script_hash for page in pages]
    current.run()


def test_another_page_shows_what_the_address_says_though_it_has_the_same_choices() -> None:
    """To Streamlit it is another widget of the same key, which would begin with its first choice."""
    app = AppTest.from_function(_two_pages, default_timeout=30)
    app.query_params.update({"period": "b", "unit": "b", "lang": "en"})
    app.run()
    first, second = app.session_state["hashes"]
    for page_hash in (second, first, second):
        app._page_hash = page_hash
        app.run()
        assert not app.exception
        assert [shown.value for shown in app.markdown] == ["b", "b"]
        assert [group.value for group in app.button_group] == ["en", "b"]
