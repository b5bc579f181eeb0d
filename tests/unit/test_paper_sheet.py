"""The printed paper form: both sides of one sheet, with every question, the same bytes each time."""

import unicodedata

import pytest

from survey.domain import paper
from survey.reports import paper_sheet
from tests.support import scanners
from tests.support.places import draft


def untranslated(message: str, /, **values: object) -> str:
    return message % values if values else message


@pytest.mark.parametrize("key", ["sipas-2024", "sipas-2017", "quick"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_question_is_on_one_sheet_of_paper(key: str, language: str) -> None:
    version = draft(key).version
    made = paper_sheet.pdf(version, "UBND phường Cầu Giấy", "T11/1", "20/11/2026", untranslated, language)
    pages = scanners.text_of(made)
    assert len(pages) == 2
    squeezed = unicodedata.normalize("NFC", "".join("".join(pages).split()))
    asked = [item.text.get(language) for item in version.items]
    asked += [one.text.get(language) for one in (*paper.facts(version), *version.about)]
    assert [one for one in asked if one.replace(" ", "") not in squeezed] == []
    secret = [one.text.get(language) for one in version.facts if one.inspectors_only]
    assert len(secret) == 2
    assert [one for one in secret if one.replace(" ", "") in squeezed] == [], "a clerk would read the answers"
    for expected in ("UBND phường Cầu Giấy", "T11/1", "20/11/2026", version.name):
        assert expected.replace(" ", "") in squeezed


def test_the_same_form_gives_the_same_bytes() -> None:
    version = draft("quick").version
    made = [paper_sheet.pdf(version, "Phường", "", "", untranslated, "vi") for _ in range(2)]
    assert made[0] == made[1]
