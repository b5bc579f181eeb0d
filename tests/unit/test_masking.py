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
        "09 1234 5678",
        "0912-345-678",
        "0912 – 345 – 678",
        "0912 . 345 . 678",
        "0 9 1 2 3 4 5 6 7 8",
        "(024) 3825 3536",
        "+84 (0) 912 345 678",
        "+84.912.345.678",
        "0912\u200b345\u00a0678",
        "0123456789-001",
        "1903 4567 8901 2345",
        "không chín một hai ba bốn năm sáu bảy tám",
        "C1234567",
        "b 12345678",
        "hanh@gmail . com",
        "hanh (at) gmail.com",
        "hanh a còng gmail chấm com",
        "facebook.com/nguyen.hanh.99",
        "https://zalo.me/0912345678",
        "29A 123 45",
        "29 A 123.45",
        "29a-123.45",
        "30F.123.45",
        "29AB-12345",
        "29-Đ1 123.45",
        "80-NG-123-45",
        "TM-12-34",
        "29B112345",
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
        "Hẹn ngày 24.11.2026 - 25.11.2026 rồi lại dời.",
        "Phí từ 3.500.000 - 40.000.000 đồng là sao?",
        "Một, hai, ba lần rồi vẫn thiếu giấy tờ.",
        "Nộp qua dichvucong.gov.vn bị lỗi 404.",
        "Quầy A 12 mở lúc 7:30, số thứ tự 1024.",
    ],
)
def test_what_is_said_stays(kept: str) -> None:
    assert mask(kept) == kept
