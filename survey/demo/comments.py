"""What people of the demonstration write: the kind of thing that is written on such forms, about nobody."""

CONTENT = (
    "Cán bộ hướng dẫn rất tận tình, dễ hiểu.",
    "Làm thủ tục nhanh hơn tôi nghĩ, cảm ơn các anh chị.",
    "Nhận kết quả sớm hơn ngày hẹn.",
    "Phòng chờ sạch sẽ, mát, có nước uống.",
    "Thái độ lịch sự, giải thích rõ ràng từng giấy tờ.",
    "Lấy số trên điện thoại rất tiện, không phải chờ lâu.",
    "Người cao tuổi được ưu tiên và giúp điền tờ khai.",
    "Lần này chỉ phải đi một lần là xong.",
)
DISCONTENT = (
    "Chờ hơn một tiếng mới đến lượt.",
    "Thiếu ghế ngồi chờ vào buổi sáng thứ Hai.",
    "Phải bổ sung giấy tờ hai lần vì lần đầu không được hướng dẫn đủ.",
    "Kết quả trễ hẹn mà không được báo trước.",
    "Máy lấy số hỏng, không ai hướng dẫn.",
    "Chữ trên bảng niêm yết quá nhỏ, người già khó đọc.",
    "Đã góp ý từ tháng trước nhưng chưa thấy trả lời.",
    "Nên có thêm quầy tiếp nhận vào giờ cao điểm.",
    "Chỗ để xe chật, khó tìm lối vào.",
    "Nộp hồ sơ qua mạng hay bị lỗi, cuối cùng vẫn phải đến tận nơi.",
)
