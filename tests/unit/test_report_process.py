"""Reports made in a process of their own: bytes come back, errors say so, and what takes too long is ended."""

import os
import time
from dataclasses import dataclass
from decimal import Decimal

import pytest

from survey.domain.heat import shade
from survey.reports import process
from survey.reports.process import ReportError
from survey.wording import Translate


@dataclass(frozen=True)
class Spoken:
    def make(self, translate: Translate, language: str) -> bytes:
        return f"{language}: {translate('Báo cáo')} {os.getpid()}".encode()


@dataclass(frozen=True)
class Broken:
    def make(self, translate: Translate, language: str) -> bytes:
        raise ValueError("a figure that cannot be drawn")


@dataclass(frozen=True)
class Dead:
    def make(self, translate: Translate, language: str) -> bytes:
        os._exit(3)


@dataclass(frozen=True)
class Endless:
    def make(self, translate: Translate, language: str) -> bytes:
        while True:
            time.sleep(60)


def test_the_file_comes_from_another_process_in_the_readers_language() -> None:
    language, words, pid = process.made(Spoken(), "en").decode().split()
    assert (language, words) == ("en:", "Report")
    assert int(pid) != os.getpid()


@pytest.mark.parametrize(
    ("order", "code", "detail"),
    [(Broken(), "broken", "a figure that cannot be drawn"), (Dead(), "broken", "without a word")],
)
def test_an_error_comes_back_as_one(order: process.Order, code: str, detail: str) -> None:
    with pytest.raises(ReportError, match=detail) as caught:
        process.made(order, "vi")
    assert caught.value.code == code


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(ReportError) as caught:
        process.made(Endless(), "vi", 0.01)
    assert caught.value.code == "slow"


@pytest.mark.parametrize(("rate", "step"), [("100", 0), ("95", 0), ("94.99", 1), ("85", 2), ("84.99", 3), ("0", 5)])
def test_shades_are_fixed_steps(rate: str, step: int) -> None:
    assert shade(Decimal(rate)) == step
    assert shade(None) is None
