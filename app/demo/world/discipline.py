"""Three cases: one blocks, one holds, one lies outside the window and blocks nobody."""

from __future__ import annotations

from datetime import date

from app.demo.world.selection import DISCIPLINED, DISCIPLINED_LONG_AGO, UNDER_CONSIDERATION
from app.demo.world.story_facts import DisciplineCase

CASES = (
    DisciplineCase(
        key="KL-01",
        person=DISCIPLINED,
        matter="Vi phạm quy định về thời gian làm việc và quản lý hồ sơ vụ việc.",
        violated_on=date(2025, 2, 12),
        opened_on=date(2025, 3, 10),
        form="reprimand",
        decision_number="112/QĐ-VKS",
        decided_on=date(2025, 4, 18),
        effective_until=date(2026, 4, 17),
    ),
    DisciplineCase(
        key="KL-02",
        person=UNDER_CONSIDERATION,
        matter="Đang xem xét trách nhiệm trong việc để quá thời hạn kiểm sát một vụ việc.",
        violated_on=date(2025, 9, 22),
        opened_on=date(2025, 10, 28),
    ),
    # Hạ bậc lương was abolished on 1 July 2025 (NĐ 172/2025); the old row stays valid history.
    DisciplineCase(
        key="KL-03",
        person=DISCIPLINED_LONG_AGO,
        matter="Vi phạm quy định về chế độ báo cáo.",
        violated_on=date(2019, 3, 5),
        opened_on=date(2019, 4, 2),
        form="salary_step_reduction",
        decision_number="77/QĐ-VKS",
        decided_on=date(2019, 5, 20),
        effective_until=date(2020, 5, 19),
    ),
)
