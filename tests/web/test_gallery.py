"""The gallery: every shared macro with samples, every state, tokens with their contrast; none of it in production."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from survey import create_app
from survey.extensions import db
from survey.web.gallery import specimens, stylesheets
from tests.support.databases import settings_for
from tests.support.pages import Browser, words

PARTS = ("citizen", "staff", "kiosk")


@pytest.fixture
def development(sqlite_template: Path) -> Iterator[Flask]:
    app = create_app(settings_for(f"sqlite:///{sqlite_template}"))
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()


def test_every_shared_macro_has_samples(development: Flask) -> None:
    """Else add some to survey/web/gallery/samples.py."""
    with development.test_request_context():
        assert specimens.missing() == ()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_part_has_its_page(development: Flask, language: str) -> None:
    browser = Browser(development)
    for part in ("", "staff"):
        browser.get(f"/gallery/{part}?lang={language}")
    for part in ("citizen", "kiosk"):  # whole screens are among their components, each with its own h1
        response = development.test_client().get(f"/gallery/{part}?lang={language}")
        assert response.status_code == 200
        ids = re.findall(r' id="([^"]+)"', response.get_data(as_text=True))
        assert len(ids) == len(set(ids)) >= 10


def test_what_is_operated_is_shown_in_every_state(development: Flask) -> None:
    with development.test_request_context():
        found = {component.name: component for component in specimens.of_part("citizen")}
    assert [specimen.state for specimen in found["button"].specimens] == ["", "is-hover", "is-focus", "disabled"]
    assert [specimen.state for specimen in found["link"].specimens] == ["", "is-hover", "is-focus"]
    assert [specimen.state for specimen in found["notice"].specimens] == [""]
    question = found["question"].specimens
    assert "Xin chọn một mức." in question[0].html
    assert question[0].html.count(" checked") == 3
    assert question[2].html.count('class="is-focus"') > 10
    assert " disabled" in question[3].html


def test_states_of_the_style_sheet_are_classes(development: Flask) -> None:
    client = development.test_client()
    for sheet in stylesheets.names():
        response = client.get(f"/gallery/states/{sheet}.css")
        assert response.mimetype == "text/css"
        text = response.get_data(as_text=True)
        assert not any(pseudo in text for pseudo in stylesheets.STATES)
    assert ".button.is-hover" in client.get("/gallery/states/survey.css").get_data(as_text=True)
    assert client.get("/gallery/states/gallery.css").status_code == 404


def test_texts_of_the_palette_can_be_read() -> None:
    tokens = {
        (palette.selector, token.name): token
        for palette in reversed(tuple(stylesheets.palettes(stylesheets.names())))
        for token in palette.tokens
    }
    read = {":root": ("ink", "muted", "accent", "error"), ".staff": ("met", "not-met", "undecided")}
    for selector, names in read.items():
        for name in names:
            assert [ratio.enough for ratio in tokens[selector, name].ratios[:2]] == ["text", "text"], name


def test_the_typeface_is_shown_with_every_letter(development: Flask) -> None:
    text = words(Browser(development).get("/gallery/").one("main"))
    vowels = [
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưy"
        for tone in ("", *"\u0300\u0309\u0303\u0301\u0323")
    ]
    assert len(vowels) == 72
    for letter in (*vowels, "đ"):
        assert f"{letter}{letter.upper()}" in text


def test_production_has_no_gallery(development: Flask) -> None:
    app = create_app(replace(development.config["SETTINGS"], production=True))
    for path in ("/gallery/", *(f"/gallery/{part}" for part in PARTS)):
        assert app.test_client().get(path).status_code == 404
