"""What is wrong with a file of the catalogue or a collection point, in words that say what to do."""

from survey.domain.problems import Problem
from survey.domain.tables import FILE
from survey.wording import N_, Translate

PROBLEMS: dict[str, str] = {
    # the file as a whole
    "file_empty": N_("Tệp không có nội dung."),
    "no_lines": N_("Tệp chỉ có dòng tiêu đề, không có dòng dữ liệu nào."),
    "file_too_large": N_("Tệp lớn hơn %(megabytes)s MB. Hãy chia thành nhiều tệp."),
    "too_many_lines": N_("Tệp có hơn %(most)s dòng. Hãy chia thành nhiều tệp."),
    "encoding_utf16": N_("Tệp mã hóa UTF-16. Hãy lưu lại theo UTF-8 (trong Excel: “CSV UTF-8”)."),
    "encoding_bad": N_(
        "Không phải UTF-8 từ byte thứ %(position)s của dòng (%(byte)s); có lẽ là %(guess)s. "
        "Hãy lưu lại theo UTF-8 (trong Excel: “CSV UTF-8”)."
    ),
    "csv_broken": N_("Không đọc được CSV từ dòng này, có lẽ thiếu hoặc thừa dấu nháy kép (%(reason)s)."),
    "old_excel": N_("Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu. Hãy lưu lại thành .xlsx không mật khẩu."),
    "xlsx_broken": N_("Tệp XLSX bị hỏng, không mở được. Hãy mở bằng Excel rồi lưu lại."),
    "xlsx_too_large": N_("Tệp XLSX bung ra lớn hơn %(megabytes)s MB, nên không được mở."),
    # header and cells
    "column_missing": N_("Thiếu cột “%(column)s”."),
    "column_unknown": N_("Không có cột nào tên “%(column)s”; các cột là: %(known)s."),
    "column_twice": N_("Cột “%(column)s” có hơn một lần."),
    "cells_wrong": N_("Có %(count)s ô, cần %(expected)s ô. Ô có dấu phẩy phải đặt trong dấu nháy kép."),
    "cell_number": N_(
        "Cột “%(column)s”: %(value)s là số, các số 0 ở đầu hoặc cuối mã có thể đã mất. "
        "Hãy định dạng cột là Văn bản (Text) rồi gõ lại mã."
    ),
    "cell_formula": N_("Cột “%(column)s” có công thức. Hãy dán lại thành giá trị (Paste values)."),
    "cell_error": N_("Cột “%(column)s” có lỗi của bảng tính: %(value)s."),
    "cell_value": N_("Cột “%(column)s”: “%(value)s” không phải là chữ, số hay ngày."),
    "character_bad": N_("Cột “%(column)s” có ký tự lạ %(character)s. Hãy gõ lại ô này."),
    # one value
    "empty": N_("Cột “%(column)s” bị bỏ trống."),
    "too_long": N_("Cột “%(column)s” dài %(length)s ký tự, tối đa %(limit)s."),
    "unit_code_bad": N_(
        "Mã đơn vị “%(value)s” không đúng: chỉ dùng chữ không dấu, số, dấu chấm, gạch ngang, gạch dưới; "
        "tối đa 64 ký tự."
    ),
    "procedure_code_bad": N_("Mã thủ tục “%(value)s” không đúng, ví dụ đúng: 1.001193 hoặc 1.010708.000.00.00.H56."),
    "key_bad": N_("Cột “%(column)s”: “%(value)s” không đúng; chỉ dùng chữ thường không dấu, số, gạch dưới."),
    "date_bad": N_("Cột “%(column)s”: “%(value)s” không phải là ngày có thật viết như 2025-07-01."),
    "number_bad": N_("Cột “%(column)s”: “%(value)s” không phải là số từ 0 đến %(limit)s, tối đa hai chữ số lẻ."),
    "kind_bad": N_("Không có loại đơn vị “%(value)s”; các loại là: %(known)s."),
    "comparison_bad": N_("Chỉ nhận phép so sánh at_least (ít nhất), không nhận “%(value)s”."),
    "dates_reversed": N_("Ngày bắt đầu %(start)s sau ngày kết thúc %(end)s."),
    "duplicate": N_("Mã “%(value)s” đã có ở dòng %(first)s."),
    "unit_unknown": N_("Không có đơn vị nào có mã “%(value)s”."),
    # dossiers handled
    "procedure_unknown": N_("Không có thủ tục nào có mã “%(value)s” trong danh mục."),
    "count_bad": N_("Cột “%(column)s”: “%(value)s” không phải là số nguyên từ 0 đến %(limit)s."),
    "day_future": N_("Ngày %(day)s ở tương lai."),
    "handled_sum": N_("Trước hạn + đúng hạn + trễ hạn là %(sum)s, không bằng số hồ sơ đã giải quyết %(handled)s."),
    # invitations
    "dossier_form": N_("Mã hồ sơ ở dòng này chưa đúng dạng, ví dụ đúng: H15.50.05.13-261008-0975."),
    "dossier_date": N_("Ngày trong mã hồ sơ ở dòng này không có thật."),
    "dossier_future": N_("Ngày trong mã hồ sơ ở dòng này ở tương lai."),
    "dossier_twice": N_("Hồ sơ ở dòng này đã có ở dòng %(first)s."),
    "closed_before_received": N_("Ngày trả kết quả trước ngày nhận hồ sơ."),
    "draw_overlaps": N_(
        "%(unit)s đã có đợt mời cho hồ sơ trả kết quả trong khoảng %(first)s–%(last)s. "
        "Chỉ nạp những hồ sơ trả kết quả vào ngày khác."
    ),
    "complaints_many": N_(
        "Có %(complaints)s hồ sơ bị phản ánh mà không trễ hạn, nhiều hơn %(most)s hồ sơ không trễ hạn."
    ),
    # how units hang together
    "parent_unknown": N_("Đơn vị cấp trên “%(value)s” không có trong tệp và chưa có trong danh mục."),
    "top_by_operator": N_(
        "“%(value)s” không có đơn vị cấp trên. Đơn vị đứng đầu do người vận hành lập bằng dòng lệnh, "
        "vì trên trang chưa ai có vai trò ở đó."
    ),
    "begins_before_parent": N_("%(unit)s bắt đầu trước đơn vị cấp trên %(parent)s (từ %(day)s)."),
    "outlasts_parent": N_("%(unit)s còn hoạt động sau khi đơn vị cấp trên %(parent)s kết thúc (%(day)s)."),
    "cycle": N_("Vòng lặp, đơn vị đứng trên chính mình: %(value)s."),
    "successor_itself": N_("Đơn vị “%(value)s” không thể được thay bằng chính nó."),
    "successor_unknown": N_("Đơn vị thay thế “%(value)s” không có trong tệp và chưa có trong danh mục."),
    "replaced_without_end": N_("%(unit)s được thay bằng “%(value)s” nhưng chưa có ngày kết thúc (valid_to)."),
    "successor_ended": N_("Đơn vị thay thế “%(value)s” kết thúc ngày %(day)s, không sau %(unit)s."),
    "successor_overlaps": N_(
        "Thời gian chồng nhau: “%(value)s” bắt đầu %(start)s, khi %(unit)s mà nó thay thế còn hoạt động đến %(end)s."
    ),
    # points
    "unit_closed": N_("Đơn vị “%(value)s” không hoạt động vào ngày %(day)s."),
    "questionnaire_unknown": N_("Chưa có phiếu khảo sát nào tên “%(value)s” được công bố."),
    "label_too_long": N_("Tên điểm khảo sát dài %(length)s ký tự, tối đa %(limit)s."),
    "codes_exhausted": N_("Không tìm được mã còn trống. Hãy thử lại."),
}


def sentence(problem: Problem, translate: Translate) -> str:
    """The problem as a sentence, after the number of its line where it has one."""
    said = translate(PROBLEMS[problem.code], **problem.values)
    place, _, number = problem.path.rpartition(" ")
    if problem.path == FILE or place != "line":
        return said
    return translate(N_("Dòng %(number)s: %(problem)s"), number=number, problem=said)
