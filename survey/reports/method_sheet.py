"""What a reader must know to defend a figure: formula, questionnaire, moment, filters, minimums, caveats."""

from collections.abc import Iterator

from survey.domain.periods import VIETNAM
from survey.domain.rates import VERDICT_MINIMUM
from survey.reports import sum_lines
from survey.reports.rows import RatesBook
from survey.wording import N_, Translate, numbers, revised
from survey.wording.figures import CHANNELS
from survey.wording.reports import COLUMNS, STYLE

_RATE = N_(
    "Tỷ lệ = (c4 + c5) ÷ n × 100, với n = c1 + c2 + c3 + c4 + c5 là số câu trả lời có mức. Tỷ lệ của yếu tố, của cả "
    "phiếu và của đơn vị đều tính gộp từ các câu trả lời. “Không có ý kiến” không vào mẫu số. Làm tròn hai chữ số, "
    "từ 5 trở lên thì tăng."
)
_COUNTED = N_(
    "Một phiếu được tính vào số chung khi có mức ở ít nhất một nửa số tiêu chí được chấm; nếu ít hơn thì chỉ tính ở "
    "tiêu chí và yếu tố đã trả lời. Mỗi hồ sơ chỉ một phiếu được tính."
)
_INTERVAL = N_(
    "Khoảng Wilson 95% với z = 1,959964. Các câu trả lời của một người liên quan với nhau, nên cỡ mẫu là số câu trả "
    "lời độc lập tương đương n_eff, tính từ độ phân tán giữa các phiếu; với một tiêu chí thì n_eff bằng số phiếu."
)
_VERDICT = N_(
    "Đạt khi cận dưới không thấp hơn mục tiêu, chưa đạt khi cận trên thấp hơn mục tiêu, có ít nhất %(least)s phiếu và "
    "xác suất nhị thức một phía không quá 2,5%%; còn lại là chưa đủ căn cứ."
)
_MINIMUMS = N_(
    "Dưới %(shown)s phiếu thì không nêu số (“chưa đủ phiếu”); dưới %(full)s phiếu thì ghi “ít phiếu”, không nêu từng "
    "mức và không xếp hạng."
)
_NO_MINIMUMS = N_("Không áp dụng ngưỡng: số liệu đầy đủ, chỉ để người vận hành tự kiểm tra, không công bố.")
_SELF_SELECTED = N_(
    "Người trả lời tại máy, qua mã QR và trang web là người tự chọn tham gia, không phải mẫu ngẫu nhiên. Khoảng tin "
    "cậy vì thế chưa nói hết mức độ không chắc chắn."
)
_PROOF = N_("Trên máy chủ: flask rates frozen verify so mọi số liệu đã chốt với mã băm và nhật ký lúc chốt.")
_STYLE = N_("Tính %(style)s; không phải chỉ số SIPAS do Bộ Nội vụ công bố.")

Line = tuple[str, str]


def lines(book: RatesBook, translate: Translate, language: str) -> Iterator[Line]:
    """Each line of the sheet as a name and a text, in the reader's language."""
    yield translate(N_("Báo cáo")), book.title
    yield from _seal(book, translate)
    yield translate(N_("Cách tính")), translate(_STYLE, style=translate(STYLE))
    yield from _questionnaire(book, translate, language)
    yield from _filters(book, translate)
    yield from _beside(book, translate, language)
    yield from sum_lines.lines(book.sums, translate, language)
    yield translate(N_("Công thức")), translate(_RATE)
    yield translate(N_("Phiếu được tính")), translate(_COUNTED)
    yield translate(N_("Khoảng tin cậy")), translate(_INTERVAL)
    yield translate(N_("Kết luận so với mục tiêu")), translate(_VERDICT, least=VERDICT_MINIMUM)
    yield translate(N_("Ngưỡng nêu số")), _minimums(book, translate)
    yield translate(N_("Lưu ý")), translate(_SELF_SELECTED)


def dictionary(translate: Translate) -> Iterator[tuple[str, str, str]]:
    """The data dictionary: a column's code in CSV, its heading in XLSX, and what it holds."""
    return ((code, translate(heading), translate(meaning)) for code, (heading, meaning) in COLUMNS.items())


def _seal(book: RatesBook, translate: Translate) -> Iterator[Line]:
    """Which frozen figures these are, and how one proves it."""
    if book.seal is not None:
        yield translate(N_("Lần chốt")), book.seal.standing(translate)
        yield translate(N_("Mã băm SHA-256 của số liệu đã chốt")), book.seal.sha256
        yield translate(N_("Cách kiểm tra mã băm")), translate(_PROOF)


def _questionnaire(book: RatesBook, translate: Translate, language: str) -> Iterator[Line]:
    version = book.selection.version
    yield translate(N_("Mẫu phiếu")), f"{version.name} – {version.title.get(language)}"
    if basis := version.basis.get(language):
        yield translate(N_("Căn cứ của mẫu phiếu")), basis
    yield translate(N_("Mã băm SHA-256 của mẫu phiếu")), version.sha256


def _filters(book: RatesBook, translate: Translate) -> Iterator[Line]:
    selection = book.selection
    period = selection.period
    moment = book.cut_off.astimezone(VIETNAM)
    yield translate(N_("Kỳ số liệu")), f"{numbers.day(period.start)} – {numbers.day(period.end)}"
    yield (
        translate(N_("Số liệu tính đến")),
        translate(N_("%(moment)s (giờ Việt Nam)"), moment=f"{moment:%d/%m/%Y %H:%M:%S}"),
    )
    every = translate(N_("Tất cả"))
    yield translate(N_("Kênh")), every if selection.channel is None else translate(CHANNELS[selection.channel])
    yield translate(N_("Thủ tục")), every if selection.procedure is None else selection.procedure
    if book.revision is not None:
        yield translate(revised.NAME), revised.sentence(book.revision, translate)
    flagged = N_("Có tính phiếu bị tạm loại") if selection.flagged else N_("Không tính phiếu bị tạm loại")
    yield translate(N_("Phiếu bị tạm loại")), translate(flagged)


def _beside(book: RatesBook, translate: Translate, language: str) -> Iterator[Line]:
    """What stands beside the rate under its own name; a withheld one is not mentioned, nor twice what the sums say."""
    if book.beside is None:
        return
    means = (
        (N_("Trung bình cộng tỷ lệ các yếu tố"), book.beside.mean_of_factor_rates),
        (N_("Trung bình cộng tỷ lệ các tiêu chí"), book.beside.mean_of_item_rates),
    )
    answered = (N_("Tỷ lệ câu hỏi được trả lời"), book.beside.share_answered)
    for name, value in (answered,) if book.sums is not None else (*means, answered):
        if value is not None:
            yield translate(name), numbers.percent(value, language)


def _minimums(book: RatesBook, translate: Translate) -> str:
    if book.minimums.shown == 0:
        return translate(_NO_MINIMUMS)
    return translate(_MINIMUMS, shown=book.minimums.shown, full=book.minimums.full)
