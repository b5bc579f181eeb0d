"""From an author's document to a draft that can be published: shape and rules, every error at once (METHOD §2–3)."""

import hashlib
import json
from dataclasses import dataclass

from survey.domain import entries
from survey.domain.entries import Entry, JsonObject, Reader
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import FACTORS, SLOTS, Version, from_content
from survey.domain.scale import SCALES

Placed = tuple[JsonObject, str]  # what was read of an entry, and its path


@dataclass(frozen=True, slots=True)
class Draft:
    """A questionnaire without authoring errors. `content` is canonical JSON, `sha256` the hash of its UTF-8 bytes,
    `version` the same as values, with id and number 0.
    """

    key: str
    content: str
    sha256: str
    version: Version


def check(document: object) -> Draft:
    """The draft that the document describes; raises InvalidError with every authoring error, each with its path.

    Slots follow the order of asking: factors in their order, within each the items in theirs.
    """
    reader = Reader()
    content = _document(reader, document)
    if reader.problems:
        raise InvalidError(reader.problems)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    version = from_content(0, 0, text)
    return Draft(version.key, text, hashlib.sha256(text.encode()).hexdigest(), version)


def problems(document: object) -> tuple[Problem, ...]:
    """Every authoring error of the document; none when `check` would take it."""
    reader = Reader()
    _document(reader, document)
    return tuple(reader.problems)


def _document(reader: Reader, value: object) -> JsonObject:
    document = reader.mapping(value, "", ("key", "scale", "title", "factors", "items"), ("basis", "facts", "about"))
    factors = [_factor(reader, *entry) for entry in reader.entries(document.get("factors"), "factors")]
    items = [_item(reader, *entry) for entry in reader.entries(document.get("items"), "items")]
    facts = [_fact(reader, *entry) for entry in reader.entries(document.get("facts"), "facts")]
    about = [_question(reader, *entry) for entry in reader.entries(document.get("about"), "about")]
    for placed in (factors, items, facts, about):
        _unique(reader, placed)
    _counts(reader, document, factors, items)
    _belonging(reader, factors, items)
    _conditions(reader, facts, items)
    return _without_defaults(
        key=reader.key(document.get("key"), "key", entries.QUESTIONNAIRE_KEY),
        scale=_scale(reader, document),
        title=reader.both(document.get("title"), "title", entries.TITLE),
        basis=reader.both(document.get("basis"), "basis", entries.TITLE),
        factors=[factor for factor, _ in factors],
        items=_by_factor(factors, items),
        facts=[fact for fact, _ in facts],
        about=[question for question, _ in about],
    )


def _scale(reader: Reader, document: Entry) -> str:
    scale = reader.word(document.get("scale"), "scale")
    if scale and scale not in SCALES:
        reader.complain("scale", "scale_unknown", scale=entries.printable(scale), known=", ".join(SCALES))
    return scale


def _factor(reader: Reader, value: object, path: str) -> Placed:
    entry = reader.mapping(value, path, ("key", "title"), ("reasons", "pooled"))
    reasons = _options(reader, entry.get("reasons"), f"{path}.reasons")
    fewest, most = entries.REASONS
    if reasons and not fewest <= len(reasons) <= most:
        reader.complain(f"{path}.reasons", "reasons_count", count=len(reasons), fewest=fewest, most=most)
    return _without_defaults(
        key=reader.key(entry.get("key"), f"{path}.key", entries.ITEM_KEY),
        title=reader.both(entry.get("title"), f"{path}.title", entries.TITLE),
        reasons=reasons,
        pooled=None if reader.flag(entry.get("pooled"), f"{path}.pooled") is not False else False,
    ), path


def _item(reader: Reader, value: object, path: str) -> Placed:
    entry = reader.mapping(value, path, ("key", "text"), ("factor", "condition"))
    if entry and entry.get("factor") is None:
        reader.complain(f"{path}.factor", "item_without_factor")
    return _without_defaults(
        key=reader.key(entry.get("key"), f"{path}.key", entries.ITEM_KEY),
        factor=reader.word(entry.get("factor"), f"{path}.factor"),
        text=reader.both(entry.get("text"), f"{path}.text", entries.QUESTION),
        condition=_condition(reader, entry.get("condition"), f"{path}.condition"),
    ), path


def _question(reader: Reader, value: object, path: str, extra: tuple[str, ...] = ()) -> Placed:
    entry = reader.mapping(value, path, ("key", "text", "options"), extra)
    options = _options(reader, entry.get("options"), f"{path}.options")
    fewest, most = entries.CHOICES
    if isinstance(entry.get("options"), list) and not fewest <= len(options) <= most:
        reader.complain(f"{path}.options", "options_count", count=len(options), fewest=fewest, most=most)
    return _without_defaults(
        key=reader.key(entry.get("key"), f"{path}.key", entries.QUESTION_KEY),
        text=reader.both(entry.get("text"), f"{path}.text", entries.QUESTION),
        options=options,
    ), path


def _fact(reader: Reader, value: object, path: str) -> Placed:
    question, _ = _question(reader, value, path, ("condition", "inspectors_only"))
    entry = value if isinstance(value, dict) else {}
    return question | _without_defaults(
        condition=_condition(reader, entry.get("condition"), f"{path}.condition"),
        inspectors_only=reader.flag(entry.get("inspectors_only"), f"{path}.inspectors_only") or None,
    ), path


def _options(reader: Reader, value: object, path: str) -> list[JsonObject]:
    placed = [_option(reader, *entry) for entry in reader.entries(value, path)]
    _unique(reader, placed)
    return [option for option, _ in placed]


def _option(reader: Reader, value: object, path: str) -> Placed:
    entry = reader.mapping(value, path, ("key", "text"))
    key = reader.key(entry.get("key"), f"{path}.key", entries.OPTION_KEY)
    return {"key": key, "text": reader.both(entry.get("text"), f"{path}.text", entries.OPTION)}, path


def _condition(reader: Reader, value: object, path: str) -> JsonObject | None:
    if value is None:
        return None
    entry = reader.mapping(value, path, ("question", "options"))
    options = [reader.word(option, where) for option, where in reader.entries(entry.get("options"), f"{path}.options")]
    if entry.get("options") == []:
        reader.complain(f"{path}.options", "list_empty")
    return {"question": reader.word(entry.get("question"), f"{path}.question"), "options": options}


def _unique(reader: Reader, placed: list[Placed]) -> None:
    """Every key of a list once: each repetition is noted, the first is not."""
    seen: set[str] = set()
    for entry, path in placed:
        key = entry.get("key", "")
        if key and key in seen:
            reader.complain(f"{path}.key", "key_duplicate", key=entries.printable(key))
        seen.add(key)


def _counts(reader: Reader, document: Entry, factors: list[Placed], items: list[Placed]) -> None:
    for name, placed, most in (("factors", factors, FACTORS), ("items", items, SLOTS)):
        if document.get(name) == []:
            reader.complain(name, "list_empty")
        if len(placed) > most:
            reader.complain(name, "list_long", count=len(placed), limit=most)
    if factors and all(factor.get("pooled") is False for factor, _ in factors):
        reader.complain("factors", "factors_unpooled")


def _belonging(reader: Reader, factors: list[Placed], items: list[Placed]) -> None:
    if not factors or not items:  # noted already; a complaint at every other entry would hide it
        return
    known = {factor.get("key") for factor, _ in factors}
    for item, path in items:
        if item.get("factor") and item["factor"] not in known:
            reader.complain(f"{path}.factor", "factor_unknown", factor=entries.printable(item["factor"]))
    used = {item.get("factor") for item, _ in items}
    for factor, path in factors:
        if factor.get("key") and factor["key"] not in used:
            reader.complain(path, "factor_without_items")


def _conditions(reader: Reader, facts: list[Placed], items: list[Placed]) -> None:
    """A fact may depend on an earlier fact, an item on any. Nothing public may depend on what only inspectors see."""
    known = {fact["key"]: fact for fact, _ in facts if fact.get("key")}
    earlier: set[str] = set()
    for fact, path in facts:
        _depends(reader, fact, path, known, earlier)
        earlier.add(fact.get("key", ""))
    for item, path in items:
        _depends(reader, item, path, known, earlier)


def _depends(reader: Reader, entry: JsonObject, path: str, known: dict[str, JsonObject], earlier: set[str]) -> None:
    condition = entry.get("condition") or {}
    name = condition.get("question")
    if not name:
        return
    question, path = known.get(name), f"{path}.condition"
    if question is None:
        reader.complain(f"{path}.question", "condition_unknown", question=entries.printable(name))
        return
    if name not in earlier:
        reader.complain(f"{path}.question", "condition_later", question=name)
    if question.get("inspectors_only") and not entry.get("inspectors_only"):
        reader.complain(f"{path}.question", "condition_confidential", question=name)
    options = {option["key"] for option in question.get("options", ())}
    for option in condition["options"]:
        if option and options and option not in options:
            reader.complain(f"{path}.options", "option_unknown", option=entries.printable(option), question=name)


def _by_factor(factors: list[Placed], items: list[Placed]) -> list[JsonObject]:
    order = [factor.get("key") for factor, _ in factors]
    return sorted(
        (item for item, _ in items if item.get("factor") in order), key=lambda item: order.index(item["factor"])
    )


def _without_defaults(**values: object) -> JsonObject:
    """Without what is absent, so that a field added to the language later changes no hash of an unchanged file."""
    return {name: value for name, value in values.items() if value not in (None, [], {}, "")}
