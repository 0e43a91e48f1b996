from datetime import date

from app.decisions.documents import AwardRow, DecisionData

INDIVIDUAL = AwardRow(
    name="Nguyễn Thị Ngọc Ánh",
    position_line="Kiểm sát viên sơ cấp, Viện kiểm sát nhân dân khu vực 12",
    award="Giấy khen",
    bonus=710_000,
)
COLLECTIVE = AwardRow(
    name="Viện kiểm sát nhân dân khu vực 3",
    position_line="Viện kiểm sát nhân dân thành phố Đà Nẵng",
    award="Giấy khen",
    bonus=1_410_000,
)
DECISION = DecisionData(
    superior="Viện kiểm sát nhân dân tối cao",
    agency="Viện kiểm sát nhân dân thành phố Đà Nẵng",
    number="38/QĐ-VKS",
    place="Đà Nẵng",
    decided_on=date(2025, 12, 9),
    subject="Về việc tặng Giấy khen cho cá nhân có thành tích xuất sắc năm 2025",
    authority="Viện trưởng Viện kiểm sát nhân dân thành phố Đà Nẵng",
    legal_basis=(
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ.",
        "Theo đề nghị của Thường trực Hội đồng Thi đua - Khen thưởng;",
    ),
    award="Giấy khen",
    achievement="đã có thành tích xuất sắc năm 2025",
    fund_source="Quỹ thi đua, khen thưởng năm 2025",
    responsible="Chánh Văn phòng, Trưởng phòng Tổ chức cán bộ",
    recipients=("Như Điều 3", "Lưu: VT, TĐKT"),
    signer_capacity="KT. Viện trưởng",
    signer_title="Phó Viện trưởng",
    signer_name="Trần Thị Bích Ngọc",
    individuals=(INDIVIDUAL,),
)
