"""E-mail addresses, names and passwords of accounts."""

from random import Random

import pytest

from survey.domain import accounts

EMAIL = "nguyenvana@hanoi.gov.vn"
GOOD = "bữa sáng ba bát phở"


def codes(email: str = EMAIL, name: str = "Nguyễn Văn A", password: str = GOOD) -> list[str]:
    return [problem.code for problem in accounts.check(accounts.normal_email(email), name, password)]


@pytest.mark.parametrize("email", ["a@b.vn", "A.B+c@Phuong-Cau-Giay.Hanoi.gov.vn ", "x_1@1.vn"])
def test_an_address_is_taken(email: str) -> None:
    assert codes(email) == []


@pytest.mark.parametrize(
    "email",
    ["", "a", "a@b", "@b.vn", "a@", "a b@c.vn", "a@b..vn", "a@-b.vn", "tên@b.vn", "a@b.vn\nc", "a" * 250 + "@b.vn"],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    assert codes(email) == ["email_invalid"]


@pytest.mark.parametrize("name", ["", "A" * 121, "Nguyễn\x00Văn A"])
def test_a_name_must_be_readable(name: str) -> None:
    assert codes(name=name) == ["name_invalid"]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("ngắn quá", "password_short"),
        ("d" * 201, "password_long"),
        ("password1234", "password_easy"),
        ("Mật khẩu 2026!", "password_easy"),
        ("123456789012", "password_easy"),
        ("1234 5678 9012", "password_easy"),
        ("qwertyuiopasdf", "password_easy"),
        ("aaaaaaaaaaaab", "password_easy"),
        ("nguyenvana-2026", "password_easy"),
        ("hanoi-matkhau-2026", "password_easy"),
        ("Hoa sen Hồ Tây 2026", "password_easy"),
    ],
)
def test_a_weak_password_is_refused(password: str, code: str) -> None:
    assert codes(password=password) == [code]


def test_every_complaint_comes_at_once() -> None:
    assert codes("x", "", "y") == ["email_invalid", "name_invalid", "password_short"]


def test_drawn_passwords_are_strong_and_differ() -> None:
    drawn = {accounts.draw_password(Random(seed)) for seed in range(200)}
    assert len(drawn) == 200
    assert all(codes(password=password) == [] for password in drawn)
