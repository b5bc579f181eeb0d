"""The record of acts as files: CSV with sentences for people, JSON lines with hashes for whoever checks the chain."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

from survey.domain.audit import Link
from survey.reports.csv_files import BOM
from survey.reports.rows import inert
from survey.wording import Translate, numbers
from survey.wording.audit import told

COLUMNS = ("number", "at", "actor", "action", "subject", "unit_code", "sentence", "detail")


def as_csv(links: Iterable[Link], translate: Translate, units: Mapping[str, str]) -> Iterator[bytes]:
    """A row an event, in Vietnam's time; texts that a spreadsheet would take for formulas are made inert."""
    yield BOM + _line(COLUMNS)
    for link in links:
        event = link.event
        sentence = told(event, translate, units).sentence
        place = (event.actor, event.action, event.subject, event.unit or "", sentence, event.detail)
        yield _line((str(link.id), numbers.moment(event.at), *place))


def as_lines(links: Iterable[Link]) -> Iterator[bytes]:
    """An object a line, in UTC, with both hashes: all that is needed to follow the chain without the database."""
    for link in links:
        event = link.event
        found = {
            "number": link.id,
            "at": event.at.isoformat(),
            "actor": event.actor,
            "action": event.action,
            "subject": event.subject,
            "detail": event.detail,
            "unit": event.unit,
            "previous_hash": link.previous_hash,
            "hash": link.hash,
        }
        yield json.dumps(found, ensure_ascii=False).encode() + b"\n"


def _line(values: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([inert(value) for value in values])
    return text.getvalue().encode()
