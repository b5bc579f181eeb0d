"""Finds every address and every form of the application, from its routes and from the pages that they lead to."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.routing import Rule

from tests.support.pages import CONTROLS

# Making these files takes a second each; what they read of an address is read by others too.
COSTLY = re.compile(r"\.(?:xlsx|zip|pdf|docx)|[.,( ](?:svg|pdf)\b|\.<")

_ARGUMENT = re.compile(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>")
_FITTING = {"int": "1", "uuid": "01890000-0000-7000-8000-000000000000"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it stands on a page: where it is sent, how, what it would send, and which fields are files."""

    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[Any, ...]:
        """What makes two forms the same one: fifty rows of a list have one form."""
        path = "/".join("#" if part.isdigit() else part for part in urlsplit(self.action).path.split("/"))
        return path, self.method, tuple(name for name, _ in self.fields)


def rules(app: Flask, method: str) -> list[Rule]:
    """The routes that take a method, without the costly ones."""
    known = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [rule for rule in known if method in (rule.methods or ()) and not COSTLY.search(rule.rule)]


def address(app: Flask, rule: Rule, known: Mapping[str, object]) -> str:
    """An address of a route: its arguments by endpoint and name, by name, or any that fit."""

    def filled(found: re.Match[str]) -> str:
        kind, options, name = found.groups()
        chosen = known.get(f"{rule.endpoint} {name}", known.get(name))
        if kind == "any" and chosen not in re.findall(r"[\w-]+", options):
            chosen = re.findall(r"[\w-]+", options)[0]
        return str(chosen if chosen is not None else _FITTING.get(kind, "x"))

    return _ARGUMENT.sub(filled, rule.rule)


def forms(page: str, html: str) -> Iterator[Form]:
    """Every form of a page, each of its buttons that sends something of its own as a form too."""
    tree: Element = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    for form in tree.iter("form"):
        action, method = form.get("action") or page, (form.get("method") or "get").lower()
        fields: list[tuple[str, str]] = []
        files: list[str] = []
        buttons: list[tuple[str, str]] = []
        for control in form.iter():
            name, kind = control.get("name"), control.get("type")
            if name is None:
                continue
            if control.tag == "button" or kind == "submit":
                buttons.append((name, control.get("value") or ""))
            elif kind == "file":
                files.append(name)
            elif control.tag in CONTROLS:
                fields.append((name, _value(control)))
        for pressed in [[button] for button in buttons] or [[]]:
            yield Form(page, action, method, (*fields, *pressed), tuple(files))


def _value(control: Element) -> str:
    if control.tag == "textarea":
        return "".join(control.itertext())
    if control.tag == "select":
        options = [option.get("value") or "" for option in control.iter("option")]
        chosen = [option.get("value") or "" for option in control.iter("option") if option.get("selected") is not None]
        return (chosen or options[-1:] or [""])[0]
    return control.get("value") or ""


def parameters(html: str) -> Iterator[tuple[str, str]]:
    """Names and values in the query strings of a page's links."""
    tree: Element = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    for link in tree.iter("a"):
        yield from parse_qsl(urlsplit(link.get("href") or "").query)
