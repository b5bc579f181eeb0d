"""What rows of single responses may say of where they come from."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from survey.domain.coarsening import MINIMUM, Key, blanked, coarsened, hidden_units, quarter

KEY = Key("2026-08", "00004", "sipas-2024@1", "kiosk", "false", "1.001193", "false")

keys = st.builds(
    Key,
    month=st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-04", "2026-11"]),
    unit_code=st.just("00004"),
    questionnaire=st.just("sipas-2024@1"),
    channel=st.sampled_from(["kiosk", "poster", "paper"]),
    assisted=st.sampled_from(["true", "false"]),
    procedure=st.sampled_from(["", "1.001193", "2.000815"]),
    quarantined=st.sampled_from(["true", "false"]),
)
counted = st.dictionaries(keys, st.integers(1, 40), max_size=40)


def _sizes(counts: dict[Key, int]) -> Counter[Key]:
    sizes: Counter[Key] = Counter()
    for key, coarse in coarsened(counts).items():
        sizes[coarse] += counts[key]
    return sizes


@given(counted)
def test_ten_rows_share_every_key_unless_the_unit_has_fewer(counts: dict[Key, int]) -> None:
    total = sum(counts.values())
    sizes = _sizes(counts)
    assert sum(sizes.values()) == total
    assert all(size >= min(MINIMUM, total) for size in sizes.values())


@given(counted)
def test_a_key_only_loses_and_never_gains_or_changes(counts: dict[Key, int]) -> None:
    for key, coarse in coarsened(counts).items():
        assert coarse.month in (key.month, quarter(key.month), "")
        for before, after in zip(key[1:], coarse[1:], strict=True):
            assert after in (before, "")


@given(counted)
def test_a_key_that_ten_share_is_left_alone_but_for_one_that_must_help(counts: dict[Key, int]) -> None:
    result = coarsened(counts)
    changed = {result[key] for key, count in counts.items() if count >= MINIMUM and result[key] != key}
    assert len(changed) <= 1


@given(counted)
def test_the_order_of_counting_changes_nothing(counts: dict[Key, int]) -> None:
    assert coarsened(dict(reversed(counts.items()))) == coarsened(counts)


def test_the_procedure_goes_first() -> None:
    others = {KEY: 6, KEY._replace(procedure="2.000815"): 4, KEY._replace(channel="paper"): 10}
    blank = KEY._replace(procedure="")
    assert list(coarsened(others).values()) == [blank, blank, KEY._replace(channel="paper")]


def test_then_assistance_then_the_channel_then_the_month() -> None:
    blank = KEY._replace(procedure="")
    assisted = KEY._replace(assisted="true")
    assert coarsened({KEY: 6, assisted: 6})[KEY] == blank._replace(assisted="")
    assert coarsened({KEY: 6, KEY._replace(channel="web"): 6})[KEY] == blank._replace(assisted="", channel="")
    july = KEY._replace(month="2026-07")
    expected = blank._replace(assisted="", channel="", month="2026-Q3")
    assert coarsened({KEY: 6, july: 6})[KEY] == expected
    january = KEY._replace(month="2026-01")
    assert coarsened({KEY: 6, january: 6})[KEY] == expected._replace(month="")


def test_three_rows_take_the_smallest_other_key_with_them() -> None:
    paper, poster = KEY._replace(channel="paper"), KEY._replace(channel="poster")
    result = coarsened({KEY: 3, paper: 50, poster: 12})
    nothing = Key("", "00004", "sipas-2024@1", "", "", "", "")
    assert result == {KEY: nothing, paper: paper, poster: nothing}


def test_a_unit_with_few_rows_is_not_named_and_another_hides_it() -> None:
    assert hidden_units({"00004": 3, "00008": 30, "00013": 12}) == {"00004", "00013"}
    assert hidden_units({"00004": 6, "00008": 30, "00013": 5}) == {"00004", "00013"}
    assert hidden_units({"00004": 10, "00008": 30}) == frozenset()
    assert hidden_units({"00004": 3}) == {"00004"}
    assert blanked(KEY) == Key("", "", "sipas-2024@1", "", "", "", "")


def test_the_quarters_of_a_year() -> None:
    months = [quarter(f"2026-{number:02}") for number in range(1, 13)]
    assert months == [f"2026-Q{number}" for number in (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4)]
