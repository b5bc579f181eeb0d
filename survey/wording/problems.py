"""What is wrong with a response, in words that say what to do. Keys are the codes of `domain` and `web.intake`."""

from survey.domain.problems import Problem
from survey.wording import N_, Translate

PROBLEMS: dict[str, str] = {
    "not_json": N_("Nội dung gửi lên không phải là JSON. Xin kiểm tra lại chương trình gửi."),
    "not_utf8": N_("Nội dung gửi lên không phải là chữ mã hóa UTF-8. Xin gửi lại bằng UTF-8."),
    "not_object": N_("Ở đây cần một nhóm gồm tên và giá trị."),
    "not_text": N_("Ở đây cần một đoạn chữ."),
    "not_boolean": N_("Ở đây cần true hoặc false."),
    "not_list": N_("Ở đây cần một danh sách."),
    "field_unknown": N_("Không có mục này. Xin bỏ mục này đi."),
    "field_missing": N_("Còn thiếu mục này."),
    "text_control": N_("Có ký tự không đọc được. Xin xóa ký tự đó rồi gửi lại."),
    "text_too_long": N_("Dài %(length)s ký tự, tối đa %(limit)s. Xin viết ngắn lại."),
    "item_unknown": N_("Phiếu khảo sát không có câu hỏi này."),
    "item_missing": N_("Chưa có câu này. Nếu không có ý kiến, xin gửi null."),
    "level_unknown": N_(
        "“%(given)s” không phải là một mức hài lòng. Xin chọn một số từ 1 đến 5, hoặc không có ý kiến."
    ),
    "item_not_asked": N_("Câu này chỉ dành cho người đã góp ý, phản ánh. Xin chọn “Không có ý kiến”."),
    "all_empty": N_("Chưa có câu trả lời nào. Xin trả lời ít nhất một câu hỏi."),
    "factor_unknown": N_("Phiếu khảo sát không có phần này."),
    "reason_unknown": N_("“%(given)s” không có trong các lý do của phần này. Xin chọn lại."),
    "reasons_not_asked": N_("Chỉ hỏi điều chưa tốt ở phần có câu trả lời mức 1 hoặc 2. Xin bỏ trống."),
    "question_unknown": N_("Phiếu khảo sát không hỏi điều này."),
    "option_unknown": N_("“%(given)s” không có trong các lựa chọn. Xin chọn lại."),
    "question_not_asked": N_("Câu này không dành cho trường hợp của Ông/Bà. Xin bỏ trống."),
    "procedure_unknown": N_("Không có thủ tục “%(given)s” trong danh mục. Xin chọn lại hoặc bỏ trống."),
    "dossier_form": N_(
        "Mã hồ sơ chưa đúng dạng, ví dụ đúng: H15.50.05.13-261008-0975. Xin xem lại giấy hẹn hoặc bỏ trống."
    ),
    "dossier_date": N_("Ngày trong mã hồ sơ không có thật. Xin xem lại giấy hẹn hoặc bỏ trống."),
    "dossier_future": N_("Ngày trong mã hồ sơ ở tương lai. Xin xem lại giấy hẹn hoặc bỏ trống."),
    "time_invalid": N_("Thời điểm chưa đúng dạng, ví dụ đúng: 2026-11-24T09:01:52+07:00."),
    "point_unknown": N_("Không có điểm khảo sát “%(given)s”. Xin quét lại mã QR."),
    "unit_closed": N_("%(unit)s không hoạt động vào ngày trả lời, nên không nhận được phiếu. Xin tìm đơn vị thay thế."),
    "questionnaire_unknown": N_("Chưa có phiếu khảo sát nào tên “%(given)s” được công bố. Xin tải lại trang."),
    "questionnaire_not_here": N_("Điểm khảo sát này không dùng phiếu “%(given)s”. Xin tải lại trang."),
    "invitation_unknown": N_("Không có thư mời này. Xin mở lại đúng đường dẫn trong tin nhắn hoặc thư."),
    "invitation_early": N_("Thư mời này chưa đến ngày mở. Xin quay lại sau."),
    "invitation_over": N_("Thư mời này đã hết hạn và không nhận phiếu nữa."),
    "client_id_malformed": N_("Mã phiếu không phải là UUID phiên bản 7."),
}

REFUSALS: dict[str, str] = {
    "ticket_missing": N_("Phiếu chưa có vé gửi. Xin tải lại trang rồi gửi lại; câu trả lời chưa được lưu."),
    "ticket_invalid": N_("Vé gửi không hợp lệ cho điểm khảo sát này. Xin tải lại trang rồi gửi lại."),
    "ticket_expired": N_("Trang này mở đã quá lâu nên vé gửi hết hạn. Xin tải lại trang rồi gửi lại."),
    "device_unknown": N_("Máy này chưa được ghép với điểm khảo sát. Phiếu vẫn được giữ trong máy."),
    "device_revoked": N_(
        "Máy này đã bị thu hồi. Phiếu vẫn được giữ trong máy; xin xuất ra tệp rồi nạp ở trang quản trị."
    ),
    "device_elsewhere": N_("Máy này được ghép với một điểm khảo sát khác. Phiếu vẫn được giữ trong máy."),
}

CONFLICT = N_("Phiếu này đã được gửi trước đó với nội dung khác. Bản gửi trước được giữ nguyên.")


def sentence(problem: Problem, translate: Translate) -> str:
    """The problem in the reader's language; a code without a sentence of its own shows the code."""
    message = PROBLEMS.get(problem.code)
    return problem.code if message is None else translate(message, **problem.values)
