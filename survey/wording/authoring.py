"""What is wrong with a questionnaire file, in words that say what to do. Keys are the codes of `domain.authoring`
and `services.documents`.
"""

from survey.domain.problems import Problem
from survey.wording import N_, Translate

PROBLEMS: dict[str, str] = {
    "file_large": N_("Tệp quá lớn: tối đa %(limit)s KB."),
    "file_encoding": N_("Tệp không phải là chữ mã hóa UTF-8. Hãy lưu lại tệp bằng UTF-8."),
    "file_characters": N_("Có ký tự điều khiển không được phép. Hãy xóa ký tự đó."),
    "file_malformed": N_(
        "Không đọc được YAML từ đây. Hãy xem lại thụt đầu dòng, và đặt trong ngoặc kép những chữ có dấu phẩy, "
        "dấu hai chấm hoặc dấu hỏi."
    ),
    "file_deep": N_("Các mục lồng vào nhau quá sâu."),
    "file_alias": N_("Không dùng được & và * của YAML. Hãy viết đầy đủ nội dung."),
    "file_tag": N_("Không dùng được dấu ! của YAML. Hãy đặt nội dung trong ngoặc kép."),
    "file_name": N_("Tên của một mục phải là một từ."),
    "field_twice": N_("Mục “%(field)s” đã có ở trên. Hãy bỏ một trong hai."),
    "mapping_expected": N_("Ở đây cần các mục có tên, mỗi mục một dòng."),
    "list_expected": N_("Ở đây cần một danh sách, mỗi phần tử bắt đầu bằng dấu gạch ngang."),
    "text_expected": N_("Ở đây cần chữ. Nếu là số hoặc true, false, hãy đặt trong ngoặc kép."),
    "flag_expected": N_("Ở đây chỉ được viết true hoặc false."),
    "translations_expected": N_("Ở đây cần hai bản: vi và en."),
    "translation_missing": N_("Thiếu bản dịch."),
    "field_unknown": N_("Không có mục này. Có thể tên bị gõ sai, hoặc thiếu ngoặc kép quanh chữ có dấu phẩy."),
    "field_missing": N_("Thiếu mục này."),
    "text_empty": N_("Chưa có chữ nào."),
    "text_invisible": N_("Có ký tự điều khiển hoặc ký tự vô hình. Hãy xóa ký tự đó."),
    "text_long": N_("Dài %(count)s ký tự, tối đa %(limit)s."),
    "question_wordy": N_("Câu hỏi dài %(count)s từ, tối đa %(limit)s. Hãy hỏi một ý thôi."),
    "key_malformed": N_("Khóa “%(key)s” chưa đúng dạng. Ví dụ đúng: %(example)s."),
    "key_duplicate": N_("Khóa “%(key)s” đã được dùng ở trên. Hãy đổi thành khóa khác."),
    "list_empty": N_("Danh sách không có phần tử nào."),
    "list_long": N_("Có %(count)s phần tử, tối đa %(limit)s."),
    "options_count": N_("Có %(count)s lựa chọn; cần từ %(fewest)s đến %(most)s."),
    "reasons_count": N_("Có %(count)s lý do; cần từ %(fewest)s đến %(most)s, hoặc không có lý do nào."),
    "scale_unknown": N_("Không có thang đo “%(scale)s”. Các thang đo hiện có: %(known)s."),
    "item_without_factor": N_("Câu hỏi chưa thuộc yếu tố nào. Hãy ghi factor."),
    "factor_unknown": N_("Không có yếu tố nào có khóa “%(factor)s”."),
    "factor_without_items": N_("Yếu tố này chưa có câu hỏi nào."),
    "factors_unpooled": N_("Cần ít nhất một yếu tố được tính vào tỷ lệ chung."),
    "condition_unknown": N_("Không có câu hỏi “%(question)s” trong facts."),
    "condition_later": N_("Câu hỏi “%(question)s” phải đứng trước câu phụ thuộc vào nó."),
    "condition_confidential": N_(
        "Câu hỏi “%(question)s” chỉ dành cho thanh tra, nên câu mà người khác xem được không thể phụ thuộc vào nó."
    ),
    "option_unknown": N_("Câu hỏi “%(question)s” không có lựa chọn “%(option)s”."),
}


def sentence(problem: Problem, translate: Translate) -> str:
    """The problem in the reader's language."""
    return translate(PROBLEMS[problem.code], **problem.values)
