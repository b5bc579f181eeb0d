"""Vietnamese words of two and three syllables that citizens use about an office, to cut a sentence between words.

A space in Vietnamese stands between syllables, not between words: only a list says that "cán bộ hướng dẫn" is two words
and "bộ hướng" none. It need not be complete: what is not in it is cut by how often it returns (`domain.themes`).
"""

from survey.domain import names

# What comments are about.
_TELLING = """
an ninh | an toàn | bàn ghế | bàn viết | bãi xe | bãi đỗ xe | bảng điện tử | bảng hướng dẫn | bảng niêm yết |
báo cáo | bảo hiểm | bảo hiểm xã hội | bảo hiểm y tế | bảo vệ | bất hợp lý | bất tiện | biên lai | biên nhận |
biểu mẫu | bổ sung | bộ phận | bộ phận một cửa | bực mình | buổi chiều | buổi sáng | buổi trưa | bưu chính |
bưu điện | bút viết | cải cách | cải tạo | cải thiện | cán bộ | căn cước | căn cước công dân | câu hỏi | cấp giấy |
chậm chạp | chậm trễ | chất lượng | chấp nhận | chen lấn | chi phí | chỉ dẫn | chờ đợi | chỗ để xe | chỗ đỗ xe |
chỗ gửi xe | chỗ ngồi | chu đáo | chủ tịch | chụp ảnh | chuyên môn | chuyên nghiệp | chuyển phát | chuyển khoản |
chứng minh thư | chứng thực | cò mồi | cổng dịch vụ công | công bằng | công chứng | công chức | công dân | công khai |
công nghệ | công việc | cơ quan | cơ sở vật chất | cư trú | cửa sổ | dễ chịu | dễ dàng | dễ hiểu | dịch vụ |
dịch vụ công | doanh nghiệp | dứt khoát | đánh giá | đăng ký | đặt lịch | đất đai | điện thoại | điền tờ khai |
điều hòa | đi lại | định danh | đợi lâu | đông người | đúng giờ | đúng hạn | đúng hẹn | đúng quy định |
đường dây nóng | email | gây khó dễ | gây khó khăn | ghế ngồi | giá cả | giám đốc | giảm bớt | giải đáp | giải quyết |
giải thích | gian dối | giao dịch | giao tiếp | giấy chứng nhận | giấy hẹn | giấy khai sinh | giấy phép | giấy tờ |
giờ cao điểm | giờ giấc | giờ làm việc | giữ xe | góp ý | gửi xe | hách dịch | hài lòng | hẹn trả | hệ thống |
hiện đại | hình thức | hòa nhã | hóa đơn | hoàn thiện | hồ sơ | hộ chiếu | hộ khẩu | hộ kinh doanh | hộ tịch |
hỗ trợ | hôn nhân | hối lộ | hợp lý | hướng dẫn | kết hôn | kết quả | khai báo | khai sinh | khai tử | khách hàng |
khiếm thính | khiếm thị | khiếu nại | khó chịu | khó hiểu | khó khăn | không gian | khu vực | khuyết tật | kiểm tra |
kiến nghị | kinh doanh | kinh nghiệm | ký tên | lãnh đạo | lấy số | lệ phí | lịch hẹn | lịch sự | liên hệ |
liên thông | lối vào | lộn xộn | lý do | lý lịch tư pháp | mạng chậm | máy in | máy lạnh | máy lấy số | máy móc |
máy photo | máy tính | mất thời gian | mẫu đơn | mẫu phiếu | minh bạch | môi trường | một cửa | muộn hẹn | mức độ |
năng lực | ngăn nắp | ngân hàng | nghiêm túc | nghiệp vụ | ngày hẹn | nghỉ trưa | người cao tuổi | người dân |
người già | người khuyết tật | nhà đất | nhà vệ sinh | nhanh chóng | nhanh gọn | nhanh nhẹn | nhân viên |
nhận kết quả | nhẹ nhàng | nhiệt tình | nhiễu sự | nhũng nhiễu | niêm yết | niềm nở | nói chuyện | nộp hồ sơ |
nộp phí | nộp thuế | nước uống | ồn ào | ô tô | phản ánh | phản hồi | phần mềm | phí ngoài quy định | phiền hà |
phòng chờ | phòng ốc | phổ biến | phù hợp | phục vụ | phức tạp | phương tiện | qua mạng | quá hạn | quá tải |
quạt mát | quầy tiếp nhận | quầy giao dịch | quy định | quy trình | quyết định | rắc rối | rõ ràng | rườm rà |
sách nhiễu | sai sót | sạch đẹp | sạch sẽ | sắp xếp | sân bãi | sẵn sàng | sở hữu | sổ đỏ | sổ hồng | sổ hộ khẩu |
sửa chữa | số điện thoại | số thứ tự | tài khoản | tài liệu | tái định cư | tạm trú | tạm vắng | tâm lý | tập huấn |
tận nơi | tận tâm | tận tình | thái độ | tham nhũng | than phiền | thanh toán | thân thiện | thẻ xe | thông báo |
thông cảm | thông tin | thông thoáng | thời gian | thời hạn | thuận lợi | thuận tiện | thủ tục | thứ tự |
thương binh | thường trú | tiếp dân | tiếp đón | tiếp nhận | tiêu cực | tiền mặt | tiện lợi | tiết kiệm | tin nhắn |
tinh thần | tình trạng | tình trạng hôn nhân | tờ khai | tôn trọng | tổ chức | trả hồ sơ | trả kết quả | trả lời |
trang bị | trang thiết bị | trang web | tra cứu | trách nhiệm | trễ hẹn | trẻ em | trình bày | trình độ | trông xe |
trung tâm | trực tiếp | trực tuyến | tuyên truyền | tư vấn | ưu tiên | ứng dụng | ứng xử | văn bản | văn hóa |
văn minh | văn phòng | vất vả | vệ sinh | vi phạm | vui vẻ | vướng mắc | xác minh | xác nhận | xác thực | xây dựng |
xe lăn | xếp hàng | xin lỗi | xử lý | xuống cấp | ý kiến | ý thức | yêu cầu
"""
# Words as well, that say nothing about the office.
_EMPTY = """
anh chị | bao giờ | bao lâu | bao nhiêu | bây giờ | bên cạnh | bình thường | buộc phải | cám ơn | cảm ơn | cảm thấy |
chẳng hạn | chắc chắn | cho biết | chúng tôi | cụ thể | cuối cùng | cùng lúc | dù sao | đa số | đôi khi | hầu hết |
hiện nay | hiện tại | hơi bị | hy vọng | lần đầu | lần này | lần sau | làm sao | luôn luôn | mong muốn | một chút |
một số | ngay cả | ngoài ra | nói chung | như thế | như vậy | nhất là | rất là | tất cả | thành ra | thế nào |
thỉnh thoảng | thì phải | thường xuyên | thực sự | toàn bộ | trân trọng | tuy nhiên | tuy vậy | vì sao | vì thế |
vì vậy | xin chào
"""
# Syllables that join words and name nothing, as they are spelled: "cần", but not "cán"; and those of English.
_JOINING = """
ai anh ba bà bác bằng bị bởi các cái cần chả chẳng chỉ chị cho chú chứ chưa chút có còn con cô cụ của cùng cũng cứ da
đã đang đấy để đến đều đi đó do được em gì gồm hai hay hãy hết hoặc hơi hơn ít khá khi không kể kia lại làm lắm lần
lên luôn lúc là mà mãi mình mới mọi mong mỗi một muốn mấy năm này nào nay nếu ngay ngày ngoài người nhau nhé nhiều
nhưng những như nên nó nữa ở ông phải qua quá ra rất rồi sao sau sẽ siêu suốt thật theo thế thêm thì thôi tôi tới tốt
trên tránh trong trước từ từng tuy tại tất và vài vẫn vậy vào về vì vừa với việc xin xong xuống the and was were is
are be to of for very not no in on at it this that with my we they you have had has an too
"""


def _read(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(names.fold(word).split()) for word in text.split("|"))


TELLING = _read(_TELLING)
EMPTY = _read(_EMPTY)
KNOWN = TELLING | EMPTY
LONGEST = max(len(word) for word in KNOWN)
JOINING = frozenset(_JOINING.split())
