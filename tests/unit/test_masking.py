"""What names a person is taken out of a comment; what complains stays."""

from time import process_time

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
        # What people write so that a program does not find it.
        "０９１２３４５６７８",
        "٠٩١٢٣٤٥٦٧٨",
        "𝟎𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
        "⓪⑨①②③④⑤⑥⑦⑧",
        "⁰⁹¹²³⁴⁵⁶⁷⁸",
        "0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
        "0912/345/678",
        "0912, 345, 678",
        "0912_345_678",
        "0912*345*678",
        "0912 | 345 | 678",
        "0912 ... 345 ... 678",
        "(+84) 912.345.678",
        "O912345678",
        "o9l2 345 678",
        "0912\u200b\u200b\u200b\u200b345678",
        "0912\u202e345\u202c678",
        "0912\u00ad345\u034f678",
        "001/099/012/345",
        "001099O12345",
        "khong chin mot hai ba bon nam sau bay tam",
        "KHÔNG-CHÍN-MỘT-HAI-BA-BỐN-NĂM-SÁU-BẢY-TÁM",
        "không chín mười hai ba bốn năm sáu bảy tám",
        "zero nine one two three four five six seven eight",
        "không chín 1 2 ba 4 năm 6 bảy 8",
        "0912 345 sáu bảy tám",
        "0912ba45678",
        "hanh＠gmail．com",
        "hanh@gmail,com",
        "hanh@gmail com",
        "hanh@gmail",
        "h\u200banh@gm\u200bail.com",
        "hanh[at]gmail[dot]com",
        "hanh at gmail dot com",
        "hanh_at_gmail.com",
        "hanh a cong gmail cham com",
        "nguyễn.hạnh @ gmail . com",
        "hanhnguyen gmail.com",
        "@nguyenhanh99",
        "t.me/nguyenhanh",
        "m.facebook.com/nguyen.hanh",
        "tiktok.com/@nguyenhanh",
        "29Ａ-123.45",
        "29\u200bA-123.45",
        "29A/12345",
        "29A_123.45",
        "29MĐ1-123.45",
        "С1234567",  # a Cyrillic letter
        "C-1234567",
        "C 123 4567",
        "H15.50.05.13/261008/0975",
    ],
)
def test_numbers_and_addresses_of_people_are_masked(named: str) -> None:
    assert mask(f"Tôi là {named}, xin gọi lại.") == f"Tôi là {MASK}, xin gọi lại."


@pytest.mark.parametrize(
    ("given", "masked"),
    [
        ("ĐT 3825 3536 gặp Hạnh", f"ĐT {MASK} gặp Hạnh"),
        ("Điện thoại: 38253536.", f"Điện thoại: {MASK}."),
        ("gọi số 3825.3536 không ai nghe", f"gọi số {MASK} không ai nghe"),
        ("facebook: nguyen.hanh.99 nhé", f"facebook: {MASK} nhé"),
        ("Zalo hanh1990 nhé", f"Zalo {MASK} nhé"),
        ("0912345678 hoặc hanh@gmail.com", f"{MASK} hoặc {MASK}"),
        ("ＡＢＣ: ０９１２３４５６７８ có ½ ﬀ", f"ＡＢＣ: {MASK} có ½ ﬀ"),  # what is not masked stays as it was written
    ],
)
def test_the_rest_of_the_sentence_stays_as_it_was(given: str, masked: str) -> None:
    assert mask(given) == masked


def test_long_texts_made_to_be_slow_are_not() -> None:
    """Twice as long takes about twice as long: nowhere does a pattern begin anew at each sign and run to the end."""
    patterns = (
        "a",
        "o",
        "0 ",
        "at ",
        "a.",
        "hai ",
        "@",
        "a@",
        "1/",
        "12/2026 ",
        "1.234 ",
        "gọi ",
        "fb.",
        "0      ",
        "-",
    )

    def steps(times: int) -> float:
        begun = process_time()
        for pattern in patterns:
            mask(pattern * times)
        return process_time() - begun

    steps(100)
    assert min(steps(8000) for _ in range(3)) < 12 * min(steps(2000) for _ in range(3))


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
        "Phải nộp 500.000 - 600.000 mà không có hóa đơn.",
        "Gói 1.500.000 đồng, gọi 3 lần mới được.",
        "Các năm 2023, 2024, 2025, sau năm 2023 - 2024 vẫn thế.",
        "Năm 2023 - 2024 - 2025 đều chậm.",
        "Lịch 07:30-11:30, 13:30-17:00 ghi trên bảng.",
        "Tháng 01/2026, 02/2026, từ 01/01/2026-31/12/2026.",
        "Có 15 tờ 1000 đồng bị trả lại, tầng 12 ở 2024.",
        "Bốn năm nay không sửa, ba bốn lần, sáu bảy người chờ.",
        "Nộp bước 1, 2, 3, 4, 5 rồi quay lại, tăng từ 500.000 lên 600.000 đồng.",
        "Làm tại Zalo của phường, gửi qua gmail, facebook không trả lời.",
        "Thửa 123, tờ bản đồ 45, diện tích 1234,56 m2.",
        "Điểm 9/10, 8/10, 7/10, chờ 10-15-20 phút.",
        "Ai cũng bảo là một, hai, ba, bốn, năm ngày.",
        "Quầy A 12 mở lúc 7:30, số thứ tự 1024.",
    ],
)
def test_what_is_said_stays(kept: str) -> None:
    assert mask(kept) == kept
