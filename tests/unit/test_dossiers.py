"""Dossier codes as people type them."""

from datetime import date

import pytest

from survey.domain import dossiers
from survey.domain.dossiers import DossierError

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H15.50.05.13-261008-0975", "H15.50.05.13-261008-0975"),
        ("000.00.13.H26-210315-0001", "000.00.13.H26-210315-0001"),
        (" h15.50.05.13 – 261008 — 0975 ", "H15.50.05.13-261008-0975"),
        ("H15-261124-1234567", "H15-261124-1234567"),
        ("ZZ.UNKNOWN-240229-0001", "ZZ.UNKNOWN-240229-0001"),
    ],
)
def test_a_code_is_read_however_it_is_typed(text: str, code: str) -> None:
    assert dossiers.parse(text, TODAY).code == code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("H15.50.05.13-261125-0975", "dossier_future"),
        ("H15.50.05.13-991231-0975", "dossier_future"),
        ("H15.50.05.13-260230-0975", "dossier_date"),
        ("H15.50.05.13-261301-0975", "dossier_date"),
        ("H15.50.05.13-261008-097", "dossier_form"),
        ("H15.50.05.13-261008-09751234", "dossier_form"),
        ("H15.50.05.13-26108-0975", "dossier_form"),
        ("Đ15-261008-0975", "dossier_form"),
        ("A" * 36 + "-261008-0975", "dossier_form"),
        ("0975", "dossier_form"),
        ("", "dossier_form"),
    ],
)
def test_a_wrong_code_says_why(text: str, why: str) -> None:
    with pytest.raises(DossierError) as error:
        dossiers.parse(text, TODAY)
    assert error.value.code == why


def test_the_hash_depends_on_key_and_code_alone() -> None:
    one = dossiers.parse("H15-261008-0975", TODAY)
    same = dossiers.parse("h15 -261008- 0975", TODAY)
    assert dossiers.keyed_hash(b"k", one) == dossiers.keyed_hash(b"k", same)
    assert dossiers.keyed_hash(b"l", one) != dossiers.keyed_hash(b"k", one)
    assert len(dossiers.keyed_hash(b"k", one)) == 32
