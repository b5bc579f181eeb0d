"""The table of survey/docs/speed.md: every figure that has a goal, with the machine and the command it came from."""

from collections.abc import Mapping, Sequence

from survey.config import ROOT
from tests.bench.figures import Figure, number

FILE = ROOT / "survey" / "docs" / "speed.md"
BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"
SAID = ("processor", "cores", "system", "python", "sqlite", "postgresql", "commit", "at", "load")


def goals(figures: Sequence[Figure], place: Mapping[str, object]) -> str:
    """The figures with a goal as Markdown, under a line on the machine."""
    lines = [
        f"Machine: {', '.join(f'{name} {place[name]}' for name in SAID if place.get(name))}.",
        "",
        "| work | database | goal | measured | of it on the processor | | load |",
        "|---|---|---|---:|---:|---|---:|",
    ]
    for one in figures:
        if one.holds is not None:
            mark = "reached" if one.holds else "**missed**"
            part = "" if one.processor is None else f"{number(one.processor)} {one.unit}"
            work = f"{one.case}: {one.what}"
            value = f"{number(one.value)} {one.unit}".strip()
            lines.append(f"| {work} | {one.database} | {one.goal} | {value} | {part} | {mark} | {one.load:.1f} |")
    return "\n".join(lines)


def write(figures: Sequence[Figure], place: Mapping[str, object]) -> None:
    """Put the table into the document, in the place of the one before."""
    text = FILE.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    FILE.write_text(f"{before}{BEGIN}\n{goals(figures, place)}\n{END}{after}")
