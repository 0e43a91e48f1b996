"""Words that more than one page says; gettext ids."""

from __future__ import annotations

from app.kernel.refusal import N_

# Only what the dossier's own readers did to it. Whatever other rooms log about a nomination is
# not part of its public history: who scored it, for one.
HISTORY = {
    "nominations.nominate": N_("Lập đề nghị"),
    "nominations.add_evidence": N_("Thêm minh chứng"),
    "nominations.edit_evidence": N_("Sửa minh chứng"),
    "nominations.withdraw_evidence": N_("Rút minh chứng"),
    "nominations.add_file": N_("Thêm tệp"),
    "nominations.remove_file": N_("Gỡ tệp"),
    "nominations.add_ground": N_("Nêu căn cứ khen thưởng"),
    "nominations.remove_ground": N_("Bỏ căn cứ khen thưởng"),
    "nominations.attest": N_("Ghi xác nhận điều kiện"),
    "nominations.submit": N_("Nộp hồ sơ"),
    "nominations.return": N_("Trả lại hồ sơ"),
    "nominations.refuse": N_("Không trình tiếp hồ sơ"),
    "nominations.lift_refusal": N_("Tiếp tục trình hồ sơ"),
    "nominations.withdraw": N_("Rút đề nghị"),
    "nominations.ask_item": N_("Yêu cầu bổ sung một mục"),
    "nominations.answer_item": N_("Trả lời yêu cầu bổ sung"),
    "nominations.accept_item": N_("Chấp nhận phần bổ sung"),
}

# Where a dossier is, for whoever sees it.
STATE_WORDS = {
    "draft": N_("Đang chuẩn bị"),
    "route": N_("Chờ cấp trình"),
    "office": N_("Đang thẩm định"),
    "pass": N_("Đủ điều kiện"),
    "hold": N_("Chờ kết luận"),
    "fail": N_("Không đủ điều kiện"),
    "refused": N_("Không được trình tiếp"),
    "withdrawn": N_("Đã rút"),
}


def usual_achievement(movement: str, round_name: str) -> str:
    """The line most certificates of a movement bear; official papers are Vietnamese only."""
    occasion = round_name[:1].lower() + round_name[1:]
    return f"Đã có thành tích xuất sắc trong Phong trào thi đua “{movement}” ({occasion})"


# What is told of the way of a dossier, by the kind of record.
EVENT_WORDS = {
    "submitted": N_("Đơn vị nộp hồ sơ"),
    "endorsed": N_("{place} trình danh sách, văn bản số {number}"),
    "endorsement-undone": N_("{place} rút lại danh sách, văn bản số {number}"),
    "returned": N_("{place} trả lại hồ sơ cho {number}"),
    "refused": N_("{place} không trình tiếp hồ sơ"),
    "refusal-lifted": N_("{place} cho tiếp tục trình hồ sơ"),
    "item-asked": N_("Yêu cầu bổ sung: {item}"),
    "item-answered": N_("Trả lời yêu cầu bổ sung: {item}"),
    "item-accepted": N_("Kết thúc yêu cầu bổ sung: {item}"),
    "opinion-asked": N_("Lấy ý kiến hiệp y của {place}"),
    "opinion-given": N_("{place} cho ý kiến: {view}"),
    "withdrawn": N_("Rút đề nghị"),
}
DESK_WORDS = {
    "waiting": N_("Chờ bổ sung"),
    "overdue": N_("Quá hạn bổ sung"),
    "answered": N_("Đã trả lời, chờ xem lại"),
    "mine": N_("Tôi đang hỏi"),
    "word": N_("Chưa kết luận G1"),
    "none": N_("Chưa hỏi gì"),
}
