"""Frozen figures for an address with `frozen=<id>`: those of the reader's own units, in the form of live ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort

from survey.config import LANGUAGES
from survey.domain.figures import UnitFigures
from survey.domain.frozen import Snapshot
from survey.domain.problems import Problem
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import frozen as queries
from survey.queries import questionnaires
from survey.queries.frozen import Entry
from survey.reports import frozen_files
from survey.reports.frozen_files import Part
from survey.web import access
from survey.web.figures import figures, filters
from survey.web.figures.figures import Download
from survey.web.figures.filters import By, Choices, Filters
from survey.web.language import current

FIXED = ("from", "to", "questionnaire", "channel", "procedure", "flagged")  # what was frozen cannot be chosen again
LONGEST_ID = 9  # digits


@dataclass(frozen=True, slots=True)
class FrozenDownload(Download):
    """The rows of a file made from frozen figures, where they come from, and which units of it the reader may see."""

    entry: Entry
    snapshot: Snapshot
    own: UnitFigures
    units: tuple[Unit, ...]
    language: str  # that the address names, else always the same: its files do not depend on who reads them

    def part(self, *, whole: bool = False) -> Part:
        """What its files are made from."""
        split = None if self.filters.by is None else self.filters.by.value
        version = self.filters.selection.version
        return Part(self.snapshot, version, self.own, self.entry.sha256, split, whole)


def download(args: Mapping[str, str], by: By | None = None) -> Download:
    """What the address asks for: frozen figures where it names some, else the live ones."""
    return of(args["frozen"], args, by) if "frozen" in args else figures.download(args, by)


def of(row_id: str, args: Mapping[str, str], by: By | None = None) -> FrozenDownload:
    """Frozen figures of the unit that the address names, or of the highest that the reader may see; else 404."""
    choices = figures.reader_choices()
    with reading() as session:
        entry = queries.entry(session, int(row_id)) if _is_id(row_id) else None
        if entry is None:
            abort(404)
        snapshot = queries.snapshot(session, entry.id)
        version = questionnaires.by_name(session, entry.questionnaire)
    assert version is not None, "a foreign key holds it"
    units = tuple(unit for unit in choices.units if snapshot.of(unit.code) is not None)
    unit = _chosen(args.get("unit", "").strip(), entry, units, choices)
    own = snapshot.of(unit.code)
    assert own is not None, "it is one of those"
    chosen = _filters(args, unit, Selection(version, snapshot.named.period), choices)
    split = by or chosen.by
    beside = own.beside if split is None else None
    rows, language = snapshot.rows(own, split), _language(args)
    return FrozenDownload(choices, chosen, own.unit, rows, beside, entry, snapshot, own, units, language)


def readable(entries: tuple[Entry, ...], units: tuple[Unit, ...], every: tuple[Unit, ...]) -> tuple[Entry, ...]:
    """Those that hold one of `units`: frozen for it, or for a unit above it. `every` is the whole catalogue."""
    inside = {unit_id for unit in units for unit_id in unit.path}
    codes = {unit.code for unit in every if unit.id in inside}
    return tuple(entry for entry in entries if entry.unit_code in codes)


def described(found: Download) -> dict[str, Any]:
    """For programs: whether figures are released ones, which still grow, or frozen ones, which never change."""
    if not isinstance(found, FrozenDownload):
        return {"kind": "released"}
    entry = found.entry
    return {
        "kind": "frozen",
        "id": entry.id,
        "period": entry.period,
        "number": entry.number,
        "sha256": entry.sha256,
        "at": entry.at.isoformat(timespec="seconds"),
    }


def language(found: object) -> str:
    """The language of a file: the reader's, but that of the address where it is made from frozen figures."""
    return found.language if isinstance(found, FrozenDownload) else current()


def _language(args: Mapping[str, str]) -> str:
    return args["lang"] if args.get("lang") in LANGUAGES else frozen_files.LANGUAGE


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID


def _chosen(code: str, entry: Entry, units: tuple[Unit, ...], choices: Choices) -> Unit:
    if code:
        return access.unit_or_404(units, code)
    whole = next((unit for unit in units if unit.code == entry.unit_code), None)
    part = next((unit for unit in choices.roots if unit in units), None)
    unit = whole or part
    if unit is None:
        abort(404)
    return unit


def _filters(args: Mapping[str, str], unit: Unit, selection: Selection, choices: Choices) -> Filters:
    """The filters that still choose something; each other one is a complaint."""
    read = filters.read({"by": args.get("by", ""), "questionnaire": selection.version.name}, choices)
    fixed = [Problem(name, "frozen_fixed", {"text": name}) for name in FIXED if args.get(name)]
    return replace(read, unit=unit, selection=selection, complaints=(*read.complaints, *fixed))
