"""What each role does here, in a sentence, and the pages it begins on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.kernel.actor import Role
from app.kernel.refusal import N_


@dataclass(frozen=True, slots=True)
class Duty:
    """`text` and the labels of `pages` (address, label) are gettext ids."""

    text: str
    pages: tuple[tuple[str, str], ...]


_MOVEMENTS = ("/movements", N_("Phong trào"))
_PEOPLE = ("/people", N_("Danh sách cán bộ"))
_AWARDS = ("/awards", N_("Khen thưởng"))
_CERTIFICATES = ("/certificates", N_("Giấy khen"))
_IMPORTS = ("/imports", N_("Nhập dữ liệu"))
_UNITS = ("/units", N_("Các đơn vị"))
_LOG = ("/audit", N_("Nhật ký"))

DUTIES: Mapping[Role, Duty] = {
    Role.STAFF: Duty(
        N_(
            "Xem đề nghị khen thưởng của mình, điều kiện nào chưa đạt và vì sao; ghi thành tích và"
            " tự chấm điểm khi đơn vị lập hồ sơ."
        ),
        (_MOVEMENTS, _CERTIFICATES),
    ),
    Role.UNIT_OFFICER: Duty(
        N_(
            "Đăng ký thi đua, lập hồ sơ đề nghị, ghi biên bản bình xét và bổ sung những mục bị"
            " trả lại."
        ),
        (_MOVEMENTS, _PEOPLE),
    ),
    Role.UNIT_HEAD: Duty(
        N_("Xác nhận hoàn thành nhiệm vụ và nội bộ đoàn kết, trình danh sách của đơn vị lên trên."),
        (_MOVEMENTS, _PEOPLE),
    ),
    Role.APPRAISER: Duty(
        N_("Thẩm định hồ sơ và điểm tự chấm, yêu cầu bổ sung từng mục, hỏi ý kiến đơn vị khác."),
        (_MOVEMENTS, _AWARDS),
    ),
    Role.COUNCIL_MEMBER: Duty(
        N_(
            "Chấm điểm các hồ sơ đủ điều kiện và không tham gia chấm hồ sơ có liên quan đến mình;"
            " phiếu chấm mở khi đợt xét đến giai đoạn chấm điểm."
        ),
        (_MOVEMENTS, _CERTIFICATES),
    ),
    Role.COUNCIL_SECRETARY: Duty(
        N_(
            "Lập phong trào và đợt xét, chốt tiêu chí, mở và chốt chấm điểm, ghi kết quả phiên họp,"
            " công khai danh sách, lập quyết định và cấp giấy khen."
        ),
        (_MOVEMENTS, _AWARDS, _CERTIFICATES),
    ),
    Role.INITIATIVE_COUNCIL_MEMBER: Duty(
        N_(
            "Xét công nhận sáng kiến. Sáng kiến được công nhận là căn cứ của điều kiện G2; cách"
            " tính nằm trong bộ tiêu chí của từng đợt xét."
        ),
        (_MOVEMENTS, _UNITS),
    ),
    Role.DISCIPLINE_OFFICER: Duty(
        N_(
            "Theo dõi các vụ việc kỷ luật và trả lời vì sao một hồ sơ bị chặn hoặc tạm giữ ở điều"
            " kiện G5; ngoài người giữ vai trò này, chỉ đương sự biết nội dung."
        ),
        (_MOVEMENTS, _PEOPLE),
    ),
    Role.PERSONNEL_OFFICER: Duty(
        N_(
            "Giữ dữ liệu đơn vị, cán bộ, quá trình công tác và mức xếp loại hằng năm mà các điều"
            " kiện xét khen thưởng dựa vào."
        ),
        (_IMPORTS, _PEOPLE, _UNITS),
    ),
    Role.LEADER: Duty(
        N_("Quyết định khen thưởng theo kết quả của Hội đồng; xem mọi đợt xét và nhật ký."),
        (_MOVEMENTS, _AWARDS, _LOG),
    ),
    Role.AUDITOR: Duty(
        N_(
            "Đọc mọi nội dung không mật, không sửa gì; kiểm tra chuỗi nhật ký và hỏi ai được làm"
            " gì, vì sao."
        ),
        (_LOG, _MOVEMENTS, ("/rights", N_("Ai được làm gì"))),
    ),
    Role.ADMINISTRATOR: Duty(
        N_(
            "Tạo và khóa tài khoản, giao và kết thúc vai trò, nhập dữ liệu; không vì thế mà đọc"
            " được hồ sơ hay nhật ký."
        ),
        (("/accounts", N_("Tài khoản")), _IMPORTS, _UNITS),
    ),
}
