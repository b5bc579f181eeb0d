"""What figures are called: verdicts, notes, levels, channels, scopes. Pages, files and pictures use the same words."""

from survey.domain.disclosure import Note
from survey.domain.figures import Scope
from survey.domain.points import Channel
from survey.domain.rates import Verdict
from survey.domain.scale import Level
from survey.wording import N_
from survey.wording.units import UNIT_KINDS

__all__ = ["CHANNELS", "EXPLANATIONS", "LEVELS", "NOTES", "SCOPES", "UNIT_KINDS", "VERDICTS"]

VERDICTS: dict[Verdict, str] = {
    Verdict.MET: N_("đạt"),
    Verdict.NOT_MET: N_("chưa đạt"),
    Verdict.UNDECIDED: N_("chưa đủ căn cứ"),
}

NOTES: dict[Note, str] = {
    Note.NO_DATA: N_("chưa có dữ liệu"),
    Note.TOO_FEW: N_("chưa đủ phiếu"),
    Note.FEW: N_("ít phiếu"),
    Note.PROVISIONAL: N_("tạm tính"),
    Note.PART: N_("chưa gồm hết phiếu"),
    Note.CORRECTED: N_("đã hiệu chỉnh theo số hồ sơ"),
    Note.INCOMPLETE: N_("số hồ sơ chưa đủ"),
}

# What follows a note's name and a colon, for those who meet it first. The two minimums are settings.
EXPLANATIONS: dict[Note, str] = {
    Note.NO_DATA: N_("trong kỳ này chưa có phiếu nào."),
    Note.TOO_FEW: N_(
        "chưa có đủ %(shown)s phiếu để nêu số mà không ai nhận ra được người trả lời, kể cả khi lấy số này trừ số kia."
    ),
    Note.FEW: N_("dưới %(full)s phiếu, số liệu chỉ để tham khảo, không xếp hạng và không kết luận."),
    Note.PROVISIONAL: N_("kỳ chưa kết thúc, số liệu còn thay đổi."),
    Note.PART: N_("một số phiếu không tách riêng được theo lựa chọn này nên không có trong số liệu."),
    Note.CORRECTED: N_(
        "đã mời tất cả hoặc mời ngẫu nhiên, ít nhất bốn phần năm người được mời đã trả lời, nên khoảng tin cậy hẹp lại"
        " theo phần hồ sơ đã có phiếu."
    ),
    Note.INCOMPLETE: N_("số hồ sơ đã giải quyết được nạp không nhiều hơn số phiếu, nên không hiệu chỉnh."),
}

LEVELS: dict[Level, str] = {
    Level.VERY_DISSATISFIED: N_("Rất không hài lòng"),
    Level.DISSATISFIED: N_("Không hài lòng"),
    Level.NEUTRAL: N_("Bình thường"),
    Level.SATISFIED: N_("Hài lòng"),
    Level.VERY_SATISFIED: N_("Rất hài lòng"),
}

CHANNELS: dict[Channel, str] = {
    Channel.KIOSK: N_("Máy khảo sát tại quầy"),
    Channel.POSTER: N_("Mã QR"),
    Channel.WEB: N_("Trang web"),
    Channel.INVITE: N_("Thư mời"),
    Channel.PAPER: N_("Phiếu giấy"),
}

SCOPES: dict[Scope, str] = {
    Scope.OVERALL: N_("Chung"),
    Scope.FACTOR: N_("Yếu tố"),
    Scope.ITEM: N_("Tiêu chí"),
}
