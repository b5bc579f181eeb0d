"""The walk through ASVS 5.0 has every requirement of levels 1 and 2 once, and names only tests and files that exist."""

import re
from collections.abc import Iterator

import pytest

from survey.config import ROOT

DOCUMENT = (ROOT / "survey" / "docs" / "security.md").read_text("utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
STATES = {"met", "part", "no", "site", "n/a"}
# Numbers of level 1 and 2 in each section of version 5.0.0.
LEVELS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2 4.1:1-3
4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3
7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4
10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4
13.1:1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4
16.4:1-3 16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
"""
Number = tuple[int, ...]


def number(text: str) -> Number:
    return tuple(map(int, text.split(".")))


def wanted() -> Iterator[Number]:
    for section, range_ in (part.split(":") for part in LEVELS.split()):
        first, _, last = range_.partition("-")
        yield from ((*number(section), one) for one in range(int(first), int(last or first) + 1))


def test_every_requirement_of_levels_1_and_2_is_walked_once() -> None:
    every, found = list(wanted()), []
    assert len(every) == 253
    for first, last, *_ in ROW.findall(DOCUMENT):
        low, high = number(first), number(last or first)
        assert {low, high} <= set(every), f"{first}–{last} is no such requirement"
        found += [one for one in every if low <= one <= high]
    assert sorted(found) == sorted(every)


def test_each_is_met_by_something_or_says_why_not() -> None:
    for first, _, asked, state, by in ROW.findall(DOCUMENT):
        assert state in STATES, first
        assert len(asked.split()) <= 14, f"{first}: our own few words, not the standard's"
        named = re.findall(r"`[^`]+`|\[[^]]+\]", by)
        reason = len(re.sub(r"`[^`]+`", "", by).split()) >= 1
        assert reason or (named and state == "met"), first


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`((?:tests|survey)/[^`*]+)`", DOCUMENT))))
def test_what_is_named_exists(named: str) -> None:
    path, _, name = named.partition("::")
    assert "<" in path or (ROOT / path).exists()
    if name:
        assert re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), named


def test_the_numbers_of_states_are_those_of_the_table() -> None:
    told = re.search(
        r"Of the 253: (\d+) met, (\d+) in part, (\d+) not, (\d+) the site's, (\d+) not applicable", DOCUMENT
    )
    assert told is not None
    every, counted = list(wanted()), dict.fromkeys(("met", "part", "no", "site", "n/a"), 0)
    for first, last, _, state, _ in ROW.findall(DOCUMENT):
        counted[state] += sum(number(first) <= one <= number(last or first) for one in every)
    assert tuple(map(int, told.groups())) == tuple(counted.values())
