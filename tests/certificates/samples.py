"""One ordinary certificate and the names that break ordinary programs."""

from datetime import date

from app.certificates.documents import CertificateData

CERTIFICATE = CertificateData(
    subject_prefix="Bà",
    name="Nguyễn Thị Ngọc Ánh",
    position_line="Kiểm sát viên trung cấp, Viện kiểm sát nhân dân tỉnh Lâm Đồng",
    achievement="Đã có thành tích xuất sắc trong Phong trào thi đua “Xây dựng xã hội học tập, "
    "đẩy mạnh học tập suốt đời” giai đoạn 2023 - 2025",
    award_title="Giấy khen",
    authority="Viện trưởng Viện kiểm sát nhân dân tối cao",
    decision_number="38/QĐ-VKSTC",
    decided_on=date(2025, 9, 5),
    register_number="00127/2025",
    place="Hà Nội",
    signer_capacity="KT. Viện trưởng",
    signer_title="Phó Viện trưởng",
    signer_name="Trần Thị Bích Ngọc",
    verify_url="https://thidua.example.vn/v/7KQ2-M9XF-4TLA",
    code="7KQ2-M9XF-4TLA",
)

NASTY_NAMES = (
    "Y Ê",
    "Lý Ỷ",
    "Đỗ Ngữ Nghĩa Ưỡn",
    # Decomposed on the way in, as some keyboards and old files send it.
    "Nguye\u0302\u0303n Thi\u0323 Ho\u0302\u0300ng",
    "H'Hen Niê Kdăm Êban",
    "H’Hen Niê Kdăm Êban Y Bhiŏ Mlô Duôn Du Buôn Krông Ayun Hră",
    "Ksor H'Bĕ Rmah Čư Ñhă",
    "Công Tằng Tôn Nữ Thị Quỳnh Nguyễn Phúc Bảo Ẫm Ỵ Ặng Ở Ữ",
    "Trần  O’Connor-Phạm",
)
