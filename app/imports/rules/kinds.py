"""What may be imported: for each kind its columns, in the order of a parsed row."""

from __future__ import annotations

from collections.abc import Mapping

from app.imports.rules import cells, words
from app.imports.rules.columns import Column, Kind
from app.kernel.refusal import N_

EARLIEST_YEAR = 1990


def _listed(choices: Mapping[str, tuple[str, ...]]) -> str:
    return "Một trong: " + "; ".join(spellings[0] for spellings in choices.values()) + "."


_DAY = "Ngày dạng dd/mm/yyyy."
STAFF_CODE = Column(
    "Mã cán bộ",
    cells.code(30),
    accepted=("Mã CB", "Mã nhân sự", "Mã công chức", "Số hiệu", "Mã NV"),
    example="KS00001",
    note="Mã duy nhất của một người; dùng để nhận ra người đã có trong dữ liệu.",
)
UNIT_CODE = Column(
    "Mã đơn vị",
    cells.code(80),
    accepted=("Mã ĐV",),
    example="lang-son.phong-1",
    note="Mã duy nhất của một đơn vị.",
)

UNITS = Kind(
    "units",
    N_("Đơn vị"),
    (
        UNIT_CODE,
        Column("Tên đơn vị", cells.text(300), accepted=("Đơn vị",), example="Phòng 1"),
        Column(
            "Loại đơn vị",
            cells.choice(words.UNIT_KINDS),
            accepted=("Loại",),
            example="Phòng",
            note=_listed(words.UNIT_KINDS),
            words=words.UNIT_KINDS,
        ),
        Column(
            "Mã đơn vị cấp trên",
            cells.code(80),
            required=False,
            accepted=("Đơn vị cấp trên", "Mã cấp trên"),
            example="lang-son",
            note="Để trống chỉ với đơn vị ở đỉnh; với đơn vị đã có, ô trống giữ nguyên cấp trên.",
        ),
        Column(
            "Ngày thành lập",
            cells.day,
            example="01/07/2025",
            note=f"{_DAY} Với đơn vị đã có, ngày này phải khớp với dữ liệu.",
        ),
        Column(
            "Ngày hiệu lực",
            cells.day,
            required=False,
            accepted=("Hiệu lực từ ngày", "Hiệu lực từ"),
            note=f"{_DAY} Bắt buộc khi đổi tên hoặc đổi cấp trên của đơn vị đã có: tên cũ được "
            "giữ đến ngày trước đó.",
        ),
        Column(
            "Ngày giải thể",
            cells.day,
            required=False,
            note=f"{_DAY} Ngày cuối cùng đơn vị còn hoạt động.",
        ),
    ),
    ("Mã đơn vị",),
    "Tên đơn vị",
)
PEOPLE = Kind(
    "people",
    N_("Cán bộ"),
    (
        STAFF_CODE,
        Column("Họ và tên", cells.name, accepted=("Họ tên", "Tên"), example="Nguyễn Thị Minh Ánh"),
        Column(
            "Ngày sinh",
            cells.past_day,
            accepted=("Ngày tháng năm sinh", "Sinh ngày"),
            example="05/03/1990",
            note=_DAY,
        ),
        Column(
            "Giới tính",
            cells.choice(words.SEXES),
            accepted=("Phái",),
            example="Nữ",
            note=_listed(words.SEXES),
            words=words.SEXES,
        ),
        Column("Dân tộc", cells.text(40), example="Tày"),
        Column(
            "Loại cán bộ",
            cells.choice(words.STAFF_CATEGORIES),
            accepted=("Nhóm cán bộ", "Đối tượng", "Loại nhân sự"),
            example="Công chức",
            note=_listed(words.STAFF_CATEGORIES),
            words=words.STAFF_CATEGORIES,
        ),
        Column(
            "Ngày tuyển dụng",
            cells.past_day,
            accepted=("Ngày vào ngành", "Tuyển dụng"),
            example="01/09/2014",
            note=_DAY,
        ),
        Column(
            "Người khác trùng tên",
            cells.mark,
            required=False,
            accepted=("Người khác trùng tên, ngày sinh", "Người khác trùng họ tên và ngày sinh"),
            note="Thường để trống. Chỉ ghi x khi dòng bị từ chối vì cùng họ tên và ngày sinh với"
            " người khác mà đúng là hai người; đã ghi một lần thì các lần sau không cần.",
        ),
    ),
    ("Mã cán bộ",),
    "Họ và tên",
)
POSTINGS = Kind(
    "postings",
    N_("Quá trình công tác"),
    (
        STAFF_CODE,
        UNIT_CODE,
        Column(
            "Chức vụ",
            cells.text(200),
            accepted=("Chức danh", "Chức vụ, chức danh", "Vị trí"),
            example="Kiểm sát viên",
        ),
        Column("Từ ngày", cells.day, accepted=("Ngày bắt đầu",), example="01/07/2025", note=_DAY),
        Column(
            "Đến ngày",
            cells.day,
            required=False,
            accepted=("Ngày kết thúc",),
            note=f"{_DAY} Để trống nếu đang công tác.",
        ),
        Column(
            "Hình thức",
            cells.choice(words.MAIN),
            required=False,
            accepted=("Chính/Kiêm nhiệm", "Kiêm nhiệm"),
            example="Chính",
            note=_listed(words.MAIN) + " Để trống là Chính.",
            words=words.MAIN,
        ),
    ),
    ("Mã cán bộ", "Mã đơn vị", "Chức vụ", "Từ ngày"),
)
CLASSIFICATIONS = Kind(
    "classifications",
    N_("Xếp loại hằng năm"),
    (
        STAFF_CODE,
        Column("Năm", cells.year(EARLIEST_YEAR), example="2025"),
        Column(
            "Mức độ hoàn thành nhiệm vụ",
            cells.choice(words.LEVELS),
            accepted=("Xếp loại", "Mức xếp loại", "Mức độ hoàn thành"),
            example="Hoàn thành tốt nhiệm vụ",
            note=_listed(words.LEVELS),
            words=words.LEVELS,
        ),
    ),
    ("Mã cán bộ", "Năm"),
)
PIPELINE = Kind(
    "pipeline",
    N_("Quy hoạch"),
    (
        STAFF_CODE,
        Column(
            "Chức danh quy hoạch",
            cells.text(200),
            accepted=("Quy hoạch chức danh", "Chức vụ quy hoạch", "Quy hoạch", "Chức danh"),
            example="Phó Viện trưởng",
        ),
        Column("Từ ngày", cells.day, accepted=("Ngày bắt đầu",), example="01/07/2025", note=_DAY),
        Column(
            "Đến ngày",
            cells.day,
            required=False,
            accepted=("Ngày kết thúc",),
            example="30/06/2030",
            note=f"{_DAY} Để trống nếu chưa có ngày kết thúc.",
        ),
    ),
    ("Mã cán bộ", "Chức danh quy hoạch", "Từ ngày"),
)
ABSENCES = Kind(
    "absences",
    N_("Vắng mặt dài ngày"),
    (
        STAFF_CODE,
        Column("Từ ngày", cells.day, accepted=("Ngày bắt đầu",), example="01/03/2025", note=_DAY),
        Column(
            "Đến ngày",
            cells.day,
            required=False,
            accepted=("Ngày kết thúc",),
            example="31/08/2025",
            note=f"{_DAY} Ngày vắng mặt cuối cùng; để trống nếu chưa biết ngày trở lại.",
        ),
        Column(
            "Lý do",
            cells.text(200),
            accepted=("Lý do vắng mặt",),
            example="Nghỉ thai sản",
            note="Ngắn gọn, ví dụ: Nghỉ thai sản; Đi học tập trung; Điều trị bệnh.",
        ),
    ),
    ("Mã cán bộ", "Từ ngày"),
)
ACCOUNTS = Kind(
    "accounts",
    N_("Tài khoản"),
    (
        Column(
            "Tên đăng nhập",
            cells.login,
            accepted=("Tài khoản", "Login"),
            example="ks00001",
            note="Thường là mã cán bộ viết thường. Tài khoản mới chưa có mật khẩu: người quản "
            "trị cấp liên kết đặt mật khẩu.",
        ),
        Column("Họ và tên", cells.text(200), accepted=("Họ tên",), example="Nguyễn Thị Minh Ánh"),
        Column(
            "E-mail",
            cells.email,
            required=False,
            accepted=("Email", "Thư điện tử"),
            example="ks00001@example.vn",
        ),
        Column(
            "Mã cán bộ",
            cells.code(30),
            required=False,
            accepted=STAFF_CODE.accepted,
            example="KS00001",
            note="Người đứng tên tài khoản; để trống nếu là tài khoản của bộ phận.",
        ),
    ),
    ("Tên đăng nhập",),
    "Họ và tên",
)

KINDS = {
    kind.name: kind
    for kind in (UNITS, PEOPLE, POSTINGS, CLASSIFICATIONS, PIPELINE, ABSENCES, ACCOUNTS)
}
