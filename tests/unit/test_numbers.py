"""Numbers are written as Babel writes them, without its reading a pattern for each."""

from decimal import Decimal
from random import Random

import pytest
from babel.numbers import format_decimal

from survey.wording import numbers


@pytest.mark.parametrize("language", ["vi", "en"])
def test_numbers_are_written_as_babel_writes_them(language: str) -> None:
    random = Random(1)
    for _ in range(300):
        value = Decimal(random.randint(-(10**8), 10**8)).scaleb(-random.randint(0, 2))
        assert numbers.decimal(value, language) == format_decimal(value, "#,##0.00", locale=language)
        assert numbers.integer(int(value), language) == format_decimal(int(value), "#,##0", locale=language)


def test_a_difference_has_its_sign_and_nothing_has_none() -> None:
    written = [numbers.signed(Decimal(value), "vi") for value in ("3.21", "-1234.5", "0", "-0.00")]
    assert written == ["+3,21", "−1.234,50", "0,00", "0,00"]
