"""Exported queues: three shapes of file, and every broken record told with its number."""

import json
from uuid import UUID

import pytest

from survey.domain import queues
from survey.domain.problems import InvalidError
from survey.domain.queues import Broken, Record

ID = "019abcde-0000-7000-8000-000000000001"
RIGHT = {"id": ID, "point": "KQ33WA", "body": {"point": "KQ33WA"}, "created": 1, "tries": 3, "state": "aside"}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([RIGHT, RIGHT]),
        json.dumps({"format": "survey-outbox", "version": 1, "records": [RIGHT, RIGHT]}),
        f"{json.dumps(RIGHT)}\n{json.dumps(RIGHT)}\n",
        f"\ufeff{json.dumps(RIGHT)}\r\n{json.dumps(RIGHT)}",
    ],
)
def test_the_same_records_come_out_of_every_shape(text: str) -> None:
    records = [Record(number, UUID(ID), {"point": "KQ33WA"}) for number in (1, 2)]
    assert list(queues.read(text.encode())) == records


def test_one_record_alone_is_a_file_of_one_line() -> None:
    assert queues.read(json.dumps(RIGHT).encode()) == (Record(1, UUID(ID), {"point": "KQ33WA"}),)


def test_broken_records_keep_their_numbers() -> None:
    lines = [
        json.dumps(RIGHT),
        "{",
        "7",
        json.dumps({**RIGHT, "id": "x"}),
        json.dumps({**RIGHT, "body": None}),
        json.dumps({**RIGHT, "point": "M4XNHR"}),
        "",
        json.dumps(RIGHT),
    ]
    found = queues.read("\n".join(lines).encode())
    told = {one.number: [problem.code for problem in one.problems] for one in found if isinstance(one, Broken)}
    assert told == {
        2: ["not_json"],
        3: ["not_object"],
        4: ["client_id_malformed"],
        5: ["field_missing"],
        6: ["point_differs"],
    }
    assert [one.number for one in found if isinstance(one, Record)] == [1, 8]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "queue_empty"),
        (b"[]", "queue_empty"),
        (b'{"records": 7}', "queue_unknown"),
        (b"7", "queue_unknown"),
        (b"point,answers\nK,5\n", "queue_unknown"),
        (b"[" * 100_000, "queue_unknown"),
        ("phường".encode("utf-16"), "not_utf8"),
        (b" " * (queues.MOST_BYTES + 1), "file_too_large"),
        (b"[" + b"1," * queues.MOST_RECORDS + b"1]", "queue_long"),
    ],
)
def test_what_is_no_queue_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(InvalidError, match=code):
        queues.read(content)
