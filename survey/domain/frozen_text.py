"""Frozen figures as canonical JSON and back: one text for one snapshot, so that its hash is the hash of the figures.

Units stand by code, not by row: the text means the same in every copy of the database. A field that later versions of
the program add is None when an older text is read.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from survey.domain import names
from survey.domain.disclosure import Minimums, Note, Shown
from survey.domain.figures import Beside, Figure, Scope, UnitFigures
from survey.domain.frozen import Change, Snapshot
from survey.domain.named_periods import named
from survey.domain.periods import Month
from survey.domain.questionnaire import Text
from survey.domain.rates import Needed, Verdict
from survey.domain.units import Unit, UnitKind

FORMAT = 1
Json = dict[str, Any]

# How the parts of a shown figure are written and read; what is not named here is an int or None and stays as it is.
_WRITE: dict[type, Callable[[Any], Any]] = {
    Decimal: str,
    Fraction: str,
    Verdict: lambda value: value.value,
    Needed: lambda value: {"answers": value.answers},
    tuple: list,
}
_READ: dict[str, Callable[[Any], Any]] = {
    "notes": lambda value: tuple(Note(note) for note in value),
    "counts": tuple,
    "rate": Decimal,
    "low": Decimal,
    "high": Decimal,
    "mean_score": Decimal,
    "target": Decimal,
    "verdict": Verdict,
    "needed": lambda value: Needed(value["answers"]),
    "n_eff": Fraction,
}


def write(snapshot: Snapshot) -> str:
    """The one text of a snapshot: keys sorted, no spaces, NFC as the figures are."""
    codes = {found.unit.id: found.unit.code for found in snapshot.units}
    document = {
        "format": FORMAT,
        "questionnaire": snapshot.questionnaire,
        "period": snapshot.named.name,
        "unit": snapshot.unit.code,
        "number": snapshot.number,
        "minimums": {"shown": snapshot.minimums.shown, "full": snapshot.minimums.full},
        "by": snapshot.by,
        "at": snapshot.at.astimezone(UTC).isoformat(),
        "follows": snapshot.follows,
        "changes": [_change(change) for change in snapshot.changes],
        "units": [_unit_figures(found, codes) for found in snapshot.units],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Snapshot:
    """The snapshot that a text holds. Raises KeyError, TypeError or ValueError when it is none."""
    document = json.loads(text)
    units = _units([entry["unit"] for entry in document["units"]])
    questionnaire = document["questionnaire"]
    return Snapshot(
        questionnaire=questionnaire,
        named=named(document["period"]),
        number=document["number"],
        minimums=Minimums(**document["minimums"]),
        by=document["by"],
        at=datetime.fromisoformat(document["at"]),
        units=tuple(
            _read_unit(entry, unit, questionnaire) for entry, unit in zip(document["units"], units, strict=True)
        ),
        follows=document["follows"],
        changes=tuple(_read_change(entry) for entry in document["changes"]),
    )


def _unit_figures(found: UnitFigures, codes: Mapping[int, str]) -> Json:
    unit = found.unit
    return {
        "unit": {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind.value,
            "parent": codes.get(unit.path[-2]) if len(unit.path) > 1 else None,
            "valid_from": unit.valid_from and unit.valid_from.isoformat(),
            "valid_to": unit.valid_to and unit.valid_to.isoformat(),
        },
        "overall": _figure(found.overall),
        "beside": {field.name: _value(getattr(found.beside, field.name)) for field in fields(Beside)},
        "factors": [_figure(figure) for figure in found.factors],
        "items": [_figure(figure) for figure in found.items],
        "months": [_figure(figure) for figure in found.months],
    }


def _figure(figure: Figure) -> Json:
    shown = {field.name: _value(getattr(figure.shown, field.name)) for field in fields(Shown)}
    return {
        "scope": figure.scope.value,
        "key": figure.key,
        "label": figure.label and {"vi": figure.label.vi, "en": figure.label.en},
        "month": figure.month and str(figure.month),
        "shown": {key: value for key, value in shown.items() if value is not None},
    }


def _value(value: Any) -> Any:
    return _WRITE.get(type(value), lambda same: same)(value)


def _change(change: Change) -> Json:
    code, scope, key, month = change.place
    return {
        "unit": code,
        "scope": scope.value,
        "key": key,
        "month": month,
        "respondents": list(change.respondents),
        "rate": [_value(rate) for rate in change.rate],
    }


def _units(entries: Sequence[Json]) -> tuple[Unit, ...]:
    """The units with paths among themselves; their ids are places in the text, not rows of a database."""
    ids = {entry["code"]: number for number, entry in enumerate(entries, 1)}
    paths: dict[str, tuple[int, ...]] = {}
    parents = {entry["code"]: entry["parent"] for entry in entries}

    def path(code: str) -> tuple[int, ...]:
        if code not in paths:
            above = parents[code]
            paths[code] = (*(path(above) if above in ids else ()), ids[code])
        return paths[code]

    return tuple(
        Unit(
            ids[entry["code"]],
            entry["code"],
            entry["name"],
            UnitKind(entry["kind"]),
            path(entry["code"]),
            entry["valid_from"] and date.fromisoformat(entry["valid_from"]),
            entry["valid_to"] and date.fromisoformat(entry["valid_to"]),
            names.sort_key(entry["name"]),
        )
        for entry in entries
    )


def _read_unit(entry: Json, unit: Unit, questionnaire: str) -> UnitFigures:
    def read_all(key: str) -> tuple[Figure, ...]:
        return tuple(_read_figure(figure, unit, questionnaire) for figure in entry[key])

    beside = {field.name: _decimal(entry["beside"].get(field.name)) for field in fields(Beside)}
    return UnitFigures(
        overall=_read_figure(entry["overall"], unit, questionnaire),
        beside=Beside(**beside),
        factors=read_all("factors"),
        items=read_all("items"),
        months=read_all("months"),
    )


def _read_figure(entry: Json, unit: Unit, questionnaire: str) -> Figure:
    year, _, month = (entry["month"] or "").partition("-")
    shown = {key: _READ.get(key, lambda same: same)(value) for key, value in entry["shown"].items()}
    return Figure(
        unit=unit,
        questionnaire=questionnaire,
        scope=Scope(entry["scope"]),
        key=entry["key"],
        label=entry["label"] and Text(entry["label"]["vi"], entry["label"]["en"]),
        shown=Shown(**shown),
        month=Month(int(year), int(month)) if month else None,
    )


def _read_change(entry: Json) -> Change:
    before, after = entry["rate"]
    return Change(
        place=(entry["unit"], Scope(entry["scope"]), entry["key"], entry["month"]),
        respondents=(entry["respondents"][0], entry["respondents"][1]),
        rate=(_decimal(before), _decimal(after)),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
