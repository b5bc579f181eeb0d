"""YAML as authors write it: what stays text, and every way in which a file is no good, by line."""

import pytest

from survey.domain.problems import InvalidError, Problem
from survey.services import documents, questionnaires
from survey.services.documents import parse


def codes(data: bytes) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in parse(data)[1]]


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "0", "2+", "18-24", "1_000", "08:30", "2024-02-30", "1e3", "0x10", ".inf", "=", "<<"]
)
def test_a_bare_word_is_the_text_that_was_typed(word: str) -> None:
    assert parse(f"key: {word}".encode()) == ({"key": word}, ())


def test_only_true_and_false_and_nothing_are_more_than_text() -> None:
    assert parse(b"[true, False, ~, null, 'true', '']") == ([True, False, None, None, "true", ""], ())


def test_a_byte_order_mark_is_welcome() -> None:
    assert parse("\ufeffkey: Hòa".encode()) == ({"key": "Hòa"}, ())


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"---\n"])
def test_an_empty_file_is_nothing(data: bytes) -> None:
    assert parse(data) == (None, ())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: 1\nb: Hòa".encode("utf-16"), ("line 1", "file_encoding")),
        ("a: 1\nb: Hòa".encode("cp1258", "replace") + b"\xf2\xff", ("line 2", "file_encoding")),
        (b"a: 1\nb: \x00\n", ("line 2", "file_characters")),
        (b"a: 1\nb: \x1b[31m\n", ("line 2", "file_characters")),
        (b"a: 1\nb: [1, 2\n", ("line 3", "file_malformed")),
        (b"a: 1\n b: 2\n", ("line 2", "file_malformed")),
        (b"a: 1\nb: {text: What?, more}\n", ("line 2", "file_malformed")),
        (b"a: 1\n\tb: 2\n", ("line 2", "file_malformed")),
        (b"a: 1\n---\nb: 2\n", ("line 2", "file_malformed")),
        (b"a: &x 1\nb: *y\n", ("line 2", "file_malformed")),
        (b"a: &x {}\nb: *x\n", ("line 1", "file_alias")),
        (b"a: &x [*x]\n", ("line 1", "file_alias")),
        (b"a: 1\nb: !!python/object/apply:os.system [ls]\n", ("line 2", "file_tag")),
        (b"a: !!timestamp 2024-99-99\n", ("line 1", "file_tag")),
        (b"a: !!int ''\n", ("line 1", "file_tag")),
        (b"? [a, b]\n: 1\n", ("line 1", "file_name")),
        (b"a: 1\nb: 2\na: 3\n", ("line 3", "field_twice")),
        (b"a:\n  b: 1\n  b: 2\n", ("line 3", "field_twice")),
        (b"[" * 5000, ("file", "file_deep")),
        (b"#" * (documents.LARGEST + 1), ("file", "file_large")),
    ],
)
def test_a_file_that_is_no_good_says_where(data: bytes, expected: tuple[str, str]) -> None:
    assert codes(data) == [expected]


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]

    assert {code for _, code in codes("\n".join(lines).encode())} == {"file_alias"}


def test_errors_of_yaml_and_of_the_questionnaire_come_together() -> None:
    with pytest.raises(InvalidError) as caught:
        questionnaires.read(b"key: mini\nkey: maxi\nscale: stars-10\n")

    assert Problem("line 2", "field_twice", {"field": "key"}) in caught.value.problems
    assert {"scale_unknown", "field_missing"} <= {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("data", [b"", b"- a\n", b"just text"])
def test_a_file_without_fields_is_no_questionnaire(data: bytes) -> None:
    with pytest.raises(InvalidError) as caught:
        questionnaires.read(data)

    assert caught.value.problems == (Problem("document", "mapping_expected"),)
