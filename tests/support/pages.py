"""A client that checks every page that it fetches, before a test looks at it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

SVG = "{http://www.w3.org/2000/svg}"
CONTROLS = ("input", "select", "textarea")


@dataclass(frozen=True)
class Page:
    """A page that was found to be sound. `text` is what a reader sees, white space single."""

    response: TestResponse
    html: str
    tree: Element

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def title(self) -> str:
        return words(self.one("title"))

    @property
    def h1(self) -> str:
        return words(self.one("h1"))

    @property
    def text(self) -> str:
        return words(self.one("body"))

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element with these attributes; `class_` looks for one class of several. What a template holds is not
        on the page.
        """
        wanted = attributes.pop("class_", None)
        tag = f"{SVG}svg" if tag == "svg" else tag  # HTML5 puts a picture into a namespace of its own
        inert = {id(one) for template in self.tree.iter("template") for child in template for one in child.iter()}
        return [
            found
            for found in self.tree.iter(tag)
            if id(found) not in inert
            and all(found.get(name) == value for name, value in attributes.items())
            and (wanted is None or wanted in (found.get("class") or "").split())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} <{tag}> with {attributes}"
        return found[0]

    def links(self) -> dict[str, str]:
        """Addresses by the text of their links; the first of equal texts."""
        found: dict[str, str] = {}
        for link in self.all("a"):
            found.setdefault(words(link), link.get("href") or "")
        return found

    def fields(self) -> dict[str, str]:
        """What the page's form would send as it stands: hidden fields, texts, and what is chosen."""
        found: dict[str, str] = {}
        for control in self.tree.iter():
            name, kind = control.get("name"), control.get("type")
            if name is None or control.tag not in CONTROLS:
                continue
            if control.tag == "textarea":
                found[name] = "".join(control.itertext())
            elif control.tag == "select":
                chosen = [option for option in control.iter("option") if option.get("selected") is not None]
                found[name] = (chosen[0].get("value") or "") if chosen else ""
            elif kind not in ("radio", "checkbox") or control.get("checked") is not None:
                found[name] = control.get("value") or ""
        return found


class Browser:
    """Fetches pages of an application without scripts, keeping cookies."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, address: str, status: int = 200, **options: Any) -> Page:
        return checked(self.client.get(address, **options), status)

    def post(self, address: str, fields: dict[str, str], status: int, **options: Any) -> Page:
        return checked(self.client.post(address, data=fields, **options), status)

    def send(self, address: str, fields: dict[str, str]) -> str:
        """Post a form that is right; the address to which it leads."""
        response = self.client.post(address, data=fields)
        assert response.status_code == 303, response.get_data(as_text=True)
        return response.headers["Location"]


def checked(response: TestResponse, status: int = 200) -> Page:
    """The page in an answer. Fails when the status is another or the page is unsound."""
    html = response.get_data(as_text=True)
    assert response.status_code == status, html
    assert response.mimetype == "text/html"
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    page = Page(response, html, tree)
    for complaint in _complaints(page):
        raise AssertionError(complaint)
    return page


def words(element: Element) -> str:
    """The text in an element, white space single."""
    return " ".join("".join(element.itertext()).split())


def _complaints(page: Page) -> Iterator[str]:
    if page.one("html").get("lang") not in ("vi", "en"):
        yield "no language"
    if not page.title or not page.h1:
        yield "an empty title or h1"
    ids = Counter(element.get("id") for element in page.tree.iter() if element.get("id"))
    yield from (f"id {name} occurs {count} times" for name, count in ids.items() if count > 1)
    for element in page.tree.iter():
        yield from _element_complaints(element, set(ids))
    yield from _unlabelled(page)


def _element_complaints(element: Element, ids: set[str | None]) -> Iterator[str]:
    if element.tag == "style" or (element.tag == "script" and element.get("src") is None):
        yield f"an inline {element.tag}"
    for name in element.attrib:
        if name == "style" or name.startswith("on"):
            yield f"an inline {name} at <{element.tag}>"
    for name in ("aria-labelledby", "aria-describedby", "for"):
        yield from (f"{name} names no element: {one}" for one in (element.get(name) or "").split() if one not in ids)
    address = element.get("href") or ""
    if element.tag == "a" and address.startswith("#") and address[1:] not in ids:
        yield f"a link to nowhere: {address}"


def _unlabelled(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label")}
    inside = {id(control) for label in page.all("label") for control in label.iter()}
    for tag in CONTROLS:
        for control in page.all(tag):
            named = control.get("id") in labelled or id(control) in inside or control.get("aria-label")
            if not named and control.get("type") not in ("hidden", "submit"):
                yield f"a {tag} without a label: {control.get('name')}"
