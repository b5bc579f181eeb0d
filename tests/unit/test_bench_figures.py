"""What the benchmarks print: figures beside their goals, two revisions side by side, and the same as JSON."""

from tests.bench import documents, figures
from tests.bench.figures import Figure, Taken

PLACE = {"cores": 2, "commit": "abc1234", "load": "0.10 0.20 0.30"}
FIGURES = [
    figures.took("rates", "a quarter", Taken(84.256, 31.5), figures.most(84.256, 100)),
    Figure("export", "1,000 rows", 99_000.4, "rows/s", *figures.least(99_000.4, 100_000), database="sqlite", load=1.5),
    Figure("start", "memory", 81.0, "MB", load=0.0),
]


def test_goals_are_told_as_reached_or_missed_and_figures_without_one_stay_out_of_the_document() -> None:
    lines = documents.goals(FIGURES, PLACE).splitlines()
    assert lines[0] == "Machine: cores 2, commit abc1234, load 0.10 0.20 0.30."
    assert len(lines) == 4 + 2
    assert "| rates: a quarter |  | < 100 | 84.26 ms | 31.50 ms | reached |" in lines[4]
    assert lines[5] == "| export: 1,000 rows | sqlite | ≥ 100,000 | 99,000 rows/s |  | **missed** | 1.5 |"


def test_the_table_has_every_figure() -> None:
    lines = figures.table(FIGURES, PLACE).splitlines()
    assert len(lines) == 4 + len(FIGURES)
    assert lines[-1] == "| start |  | memory | 81.00 MB |  |  |  | 0.0 |"


def test_json_brings_the_same_figures_back() -> None:
    assert figures.from_json(figures.as_json(FIGURES, PLACE)) == FIGURES


def test_two_revisions_are_compared_by_the_medians_of_their_rounds() -> None:
    ours = [Figure("export", "rows", value, "rows/s", database="sqlite") for value in (10.0, 40.0, 30.0)]
    theirs = [Figure("export", "rows", value, "rows/s", database="sqlite") for value in (15.0, 15.0, 900.0)]
    lines = figures.beside([*ours, *FIGURES], theirs, "HEAD~1").splitlines()
    assert lines[2:] == ["| export | sqlite | rows | 30.00 rows/s | 15.00 rows/s | 2.00 |"]


def test_the_document_has_the_place_that_figures_are_written_to() -> None:
    text = documents.FILE.read_text()
    assert 0 < text.index(documents.BEGIN) < text.index(documents.END)
