from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.award_history.rules import EARLIEST_YEAR, METHODS, NewAward
from app.kernel.period import Period
from app.kernel.refusal import N_
from app.kernel.vietnamese import tidy
from app.web.forms import Form

LONGEST_NUMBER = 60
LONGEST_ISSUER = 200
LONGEST_ACHIEVEMENT = 1000
LONGEST_REASON = 500


def read_award(form: Form, award_forms: Mapping[int, str]) -> NewAward | None:
    """`award_forms`: names by id. None with errors set; the period is both days or neither."""
    award_form = form.choice("award_form", {str(key) for key in award_forms})
    method = form.choice("method", METHODS)
    number = tidy(form.text("decision_number", longest=LONGEST_NUMBER))
    decided_on = form.day("decided_on")
    if decided_on is not None and decided_on.year < EARLIEST_YEAR:
        form.refuse("decided_on", "too-early", N_("Vui lòng kiểm tra lại năm của quyết định."))
    issuer = tidy(form.text("issuer", longest=LONGEST_ISSUER))
    first, last = _optional_day(form, "period_from"), _optional_day(form, "period_to")
    if (first is None) != (last is None):
        missing = "period_to" if last is None else "period_from"
        form.refuse(missing, "half-period", N_("Vui lòng nhập đủ hai ngày của thời kỳ thành tích."))
    if first and last and last < first:
        form.refuse("period_to", "period-order", N_("Ngày cuối không được trước ngày đầu."))
    achievement = form.text("achievement", longest=LONGEST_ACHIEVEMENT, required=False)
    if form.errors or decided_on is None:
        return None
    period = Period(first, last) if first and last else None
    key = int(award_form)
    return NewAward(key, award_forms[key], method, number, decided_on, issuer, period, achievement)


def read_removal(form: Form) -> str | None:
    because = form.text("because", longest=LONGEST_REASON)
    return None if form.errors else because


def _optional_day(form: Form, name: str) -> date | None:
    return form.day(name) if form.values.get(name, "").strip() else None
