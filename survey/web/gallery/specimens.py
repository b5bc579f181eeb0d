"""What the gallery shows: every macro with samples, every part of templates/gallery, every screen that scripts take.

Nothing is listed by hand but the samples of macros: a template that is added is in the gallery by itself, and a macro
without samples is named there as missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from flask import current_app, render_template
from jinja2 import Environment, nodes
from markupsafe import Markup

from survey.web.gallery import samples

PARTS = {"citizen": ("survey",), "staff": ("survey", "staff"), "kiosk": ("survey", "kiosk")}
SCREENS = {"citizen": ("citizen/screens.html", "citizen/phone.html"), "staff": (), "kiosk": ("kiosk/screens.html",)}
FOLDERS = {"citizen": "macros/", "staff": "staff/", "kiosk": "kiosk/"}
INERT = ("questionnaire",)  # a form of hundreds of fields is no component
DISABLED = "disabled"
STATES = ("", "is-hover", "is-focus", DISABLED)
# What a screen of the kiosk stands in; the others stand in the middle.
FRAMES = {"bar": "top kiosk-bar", "foot": "kiosk-foot"}
_OPERATED = re.compile(r"<(a|button|input|select|textarea|summary|label)\b([^>]*)>")
_CONTROLS = re.compile(r"<(button|input|select|textarea)\b(?![^>]*type=\"hidden\")")
_LANDMARK, _LANDMARK_END = re.compile(r"<(?:section|nav)\b"), re.compile(r"</(?:section|nav)>")
_NAMED = re.compile(r'\b(id|for|name|aria-describedby|aria-labelledby|aria-label)="([^"]*)"')
_TEMPLATE = re.compile(r"<template\b([^>]*)>(.*?)</template>", re.DOTALL)
_TEMPLATE_NAME = re.compile(r'(?:id|data-screen|class)="([\w-]+)"')


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component in one state; `state` is "" for its ordinary one."""

    state: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Component:
    """A component, where it is written, and its specimens."""

    name: str
    source: str
    specimens: tuple[Specimen, ...]


def of_part(part: str) -> tuple[Component, ...]:
    """Everything of one part of the application, in the reader's language."""
    number = count(1)
    found = (*_written(part), *_macros(part), *_screens(part))
    return tuple(Component(name, source, tuple(_in_states(pieces, number))) for name, source, pieces in found)


def missing() -> tuple[str, ...]:
    """The macros that the gallery cannot show, for want of samples."""
    known = {(template, macro) for template, macro, *_ in samples.MACROS}
    return tuple(
        f"{template}: {macro}" for template, macro in sorted(_shared_macros()) if (template, macro) not in known
    )


Written = tuple[str, str, list[str]]  # name, source, and the HTML of each time that it is shown


def _written(part: str) -> Iterator[Written]:
    prefix = f"gallery/{part}/"
    for path in _environment().list_templates(filter_func=lambda name: name.startswith(prefix)):
        yield path.removeprefix(prefix).removesuffix(".html"), path, [render_template(path)]


def _macros(part: str) -> Iterator[Written]:
    for template, macro, arguments in samples.MACROS:
        if arguments and template.startswith(FOLDERS[part]):
            module = _environment().get_template(template).module
            yield macro, template, [str(getattr(module, macro)(*each)) for each in arguments]


def _screens(part: str) -> Iterator[Written]:
    for path in SCREENS[part]:
        for attributes, html in _TEMPLATE.findall(render_template(path, **samples.CONTEXT)):
            name = (_TEMPLATE_NAME.search(attributes) or [path, path])[1]
            if name not in INERT:
                frame = FRAMES.get(name, f"screen screen-{name}") if part == "kiosk" else f"{name}-sample"
                shown = html.replace(" hidden>", ">").replace("<dialog ", "<dialog open ")
                yield name, path, [f'<div class="{frame}">{shown}</div>']


def _in_states(pieces: list[str], number: Iterator[int]) -> Iterator[Specimen]:
    """As it is, and where it can be operated, in each state; only the first has landmarks of the page in it."""
    whole = "\n".join(pieces)
    for state in STATES:
        if state and not (_CONTROLS if state == DISABLED else _OPERATED).search(whole):
            continue
        shown = "\n".join(_unique(_set(piece, state), next(number)) for piece in pieces)
        yield Specimen(state, Markup(shown))  # noqa: S704 — our own templates


def _set(html: str, state: str) -> str:
    if not state:
        return html
    repeated = _LANDMARK_END.sub("</div>", _LANDMARK.sub('<div role="group"', html))
    return _CONTROLS.sub(r"<\1 disabled", repeated) if state == DISABLED else _with_class(repeated, state)


def _with_class(html: str, state: str) -> str:
    """The class on everything that is operated; a label is hovered, its control has the focus."""

    def marked(found: re.Match[str]) -> str:
        tag, attributes = found[1], found[2]
        if tag == "label" and state == "is-focus":
            return found[0]
        if 'class="' in attributes:
            return f"<{tag}" + attributes.replace('class="', f'class="{state} ', 1) + ">"
        return f'<{tag} class="{state}"{attributes}>'

    return _OPERATED.sub(marked, html)


def _unique(html: str, number: int) -> str:
    """Names of their own for each specimen: ids are single in a page, radio buttons of one name exclude each other."""

    def renamed(found: re.Match[str]) -> str:
        attribute, value = found[1], found[2]
        if attribute == "aria-label":
            return f'{attribute}="{value} ({number})"'
        return f'{attribute}="{" ".join(f"{one}-{number}" for one in value.split())}"'

    return _NAMED.sub(renamed, html)


def _shared_macros() -> Iterator[tuple[str, str]]:
    """Every macro of a template from which others import."""
    environment = _environment()
    trees = {path: _tree(environment, path) for path in environment.list_templates(extensions=["html"])}
    imported = {
        node.template.value
        for tree in trees.values()
        for node in tree.find_all(nodes.FromImport)
        if isinstance(node.template, nodes.Const)
    }
    for path in imported:
        yield from ((path, macro.name) for macro in trees[path].find_all(nodes.Macro))


def _tree(environment: Environment, path: str) -> nodes.Template:
    assert environment.loader is not None
    return _parsed(environment.loader.get_source(environment, path)[0])


@lru_cache(200)
def _parsed(source: str) -> nodes.Template:
    """Each page of the gallery looks through all templates for macros, and parsing them takes most of a second."""
    return _environment().parse(source)


def _environment() -> Environment:
    return current_app.jinja_env
