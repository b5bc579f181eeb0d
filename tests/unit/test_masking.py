"""What names a person is taken out of a comment; what complains stays."""

import pytest

from survey.domain.masking import MASK, mask


@pytest.mark.parametrize(
    "named",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84 912 345 678",
        "84912345678",
        "024 3825 3536",
        "001099012345",
        "001 099 012 345",
        "012345678",
        "nguyen.van.a+x@example.com.vn",
        "29A-123.45",
        "30F1-1234",
        "29-B1 123.45",
        "30A12345",
        "H15.50.05.13-261008-0975",
        "000.00.13.H26 – 210315 – 0001",
    ],
)
def test_numbers_and_addresses_of_people_are_masked(named: str) -> None:
    assert mask(f"Tôi là {named}, xin gọi lại.") == f"Tôi là {MASK}, xin gọi lại."


@pytest.mark.parametrize(
    "kept",
    [
        "Phải nộp thêm 500.000 đồng ngoài quy định.",
        "Họ đòi 500.000.000đ mới làm.",
        "Chờ từ 8 giờ đến 11 giờ 30 ngày 24/11/2026.",
        "Đi lại 3 lần trong 15 ngày, quầy số 5.",
        "Thủ tục 1.001193 làm rất nhanh.",
        "Quyết định 1001/QĐ-BNV năm 2023.",
        "Cán bộ tầng 2 phòng 203 nhiệt tình.",
    ],
)
def test_what_is_said_stays(kept: str) -> None:
    assert mask(kept) == kept
