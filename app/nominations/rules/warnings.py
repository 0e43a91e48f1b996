"""What whoever reads a dossier should look at twice; each names its source, none blocks.

The person who appraises decides what a warning means; a dossier with ten of them may be right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_
from app.kernel.verdict import Reason
from app.nominations.rules.completeness import shortened
from app.nominations.rules.likeness import alike, contained, runs
from app.nominations.rules.warnings_facts import (
    KINDS,
    SIMILAR_PERCENT,
    Caution,
    EarlierDossier,
    Examined,
    Source,
)

# NĐ 152/2025/NĐ-CP: results of these may not be used to propose a merit award.
NOT_FOR_MERIT = frozenset({"thematic", "sudden"})
_MERIT_SOURCE = "Nghị định số 152/2025/NĐ-CP"
# Principles of an older circular that are kept: what was rewarded is not added up again, and the
# next period is counted from the last one.
_ONCE_SOURCE = "Thông tư số 08/2017/TT-BNV (văn bản trước đây; nguyên tắc còn được áp dụng)"
_DISSOLVED_SOURCE = "Thông tư số 15/2025/TT-BNV"


def similar_percent(protocol: Mapping[str, object]) -> int:
    """A protocol frozen before the value existed has none."""
    wanted = protocol.get("warnings")
    found = wanted.get("similar_percent") if isinstance(wanted, Mapping) else None
    return found if isinstance(found, int) and 0 < found <= 100 else SIMILAR_PERCENT


def warnings_of(dossier: Examined) -> tuple[Caution, ...]:
    """In the order of KINDS."""
    return tuple(
        warning
        for check in (
            _rewarded,
            _overlapping,
            _grounds,
            _shared,
            _copied,
            _bare_figures,
            _undated,
            _expired,
            _unregistered,
            _dissolved,
            _changed,
        )
        for warning in check(dossier)
    )


def counted(warnings: Iterable[Caution]) -> dict[str, int]:
    """How many of each kind there are; kinds without one are left out."""
    found = Counter(warning.kind for warning in warnings)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _rewarded(dossier: Examined) -> Iterator[Caution]:
    awarded = [earlier for earlier in dossier.earlier if earlier.awarded]
    known = [(earlier, [runs(text) for text in earlier.statements]) for earlier in awarded]
    texts = [(award, runs(award.achievement)) for award in dossier.awards]
    for entry in dossier.entries:
        own = runs(entry.statement)
        for earlier, others in known:
            if any(alike(own, other, dossier.percent) for other in others):
                yield _named(
                    "rewarded",
                    N_("Gần trùng với thành tích trong {dossier} ({round}), đã được khen thưởng."),
                    N_("Gần trùng với thành tích trong một hồ sơ đã được khen thưởng ({round})."),
                    earlier,
                    entry.criterion_code,
                )
        for award, other in texts:
            if contained(own, other, dossier.percent):
                message = N_("Gần trùng với thành tích đã được khen tại quyết định {number}.")
                values = {"number": award.decision_number}
                reason = Reason("rewarded-by-decision", message, values, _ONCE_SOURCE)
                yield Caution("rewarded", reason, entry.criterion_code, dossier.awards_href)


def _overlapping(dossier: Examined) -> Iterator[Caution]:
    message = N_(
        "Thời kỳ thành tích trùng với thời kỳ {first} – {last} của {award}, quyết định {number}."
    )
    for award in dossier.awards:
        if award.period is not None and award.period.overlaps(dossier.period):
            values = {
                "first": show_date(award.period.first),
                "last": show_date(award.period.last) if award.period.last else "…",
                "award": award.award_form,
                "number": award.decision_number,
            }
            reason = Reason("period-overlaps", message, values, _ONCE_SOURCE)
            yield Caution("overlap", reason, href=dossier.awards_href)


def _grounds(dossier: Examined) -> Iterator[Caution]:
    for ground in dossier.grounds:
        values = {"award": ground.award_form, "number": ground.decision_number}
        if ground.removed:
            message = N_("Căn cứ {award}, quyết định {number}, đã được đánh dấu ghi nhầm.")
            yield Caution("ground_removed", Reason("ground-removed", message, values))
        elif dossier.method == "merit" and ground.method in NOT_FOR_MERIT:
            message = N_(
                "Khen thưởng chuyên đề, đột xuất ({award}, quyết định {number}) không được làm"
                " căn cứ đề nghị khen thưởng công trạng."
            )
            reason = Reason("not-for-merit", message, values, _MERIT_SOURCE)
            yield Caution("ground_method", reason, href=dossier.awards_href)


def _shared(dossier: Examined) -> Iterator[Caution]:
    for file in dossier.shared:
        if file.other_id is None:
            message = N_("Tệp “{name}” giống hệt một tệp trong một hồ sơ khác.")
            reason = Reason("same-file", message, {"name": file.name})
            yield Caution("same_file", reason, file.criterion_code)
        else:
            message = N_("Tệp “{name}” giống hệt một tệp trong hồ sơ {code}.")
            values = {"name": file.name, "code": file.other_code}
            reason = Reason("same-file-as", message, values)
            href = f"/nominations/{file.other_id}"
            yield Caution("same_file", reason, file.criterion_code, href)


def _copied(dossier: Examined) -> Iterator[Caution]:
    own = runs(" ".join(entry.statement for entry in dossier.entries))
    for earlier in dossier.earlier:
        if contained(own, runs(" ".join(earlier.statements)), dossier.percent):
            yield _named(
                "copied",
                N_("Nội dung gần như chép lại {dossier} ({round})."),
                N_("Nội dung gần như chép lại một hồ sơ trước đây ({round})."),
                earlier,
            )


def _bare_figures(dossier: Examined) -> Iterator[Caution]:
    message = N_("Có số liệu nhưng chưa có văn bản hoặc tệp chứng minh: {statement}")
    for entry in dossier.entries:
        if entry.quantified and not entry.documented:
            reason = Reason("no-evidence", message, {"statement": shortened(entry.statement)})
            yield Caution("no_evidence", reason, entry.criterion_code)


def _undated(dossier: Examined) -> Iterator[Caution]:
    message = N_("Chưa ghi ngày đạt được nên chưa rõ có thuộc thời kỳ thành tích: {statement}")
    for entry in dossier.entries:
        if not entry.dated:
            reason = Reason(
                "no-day", message, {"statement": shortened(entry.statement)}, _ONCE_SOURCE
            )
            yield Caution("undated", reason, entry.criterion_code)


def _expired(dossier: Examined) -> Iterator[Caution]:
    expired = [source for source in dossier.expired if source.effective_to < dossier.day]
    cited = [
        (code, source)
        for code, number in dossier.cited.items()
        for source in expired
        if source.number == number
    ]
    cited += [
        (entry.criterion_code, source)
        for entry in dossier.entries
        for source in named_in(f"{entry.statement} {entry.document}", expired)
    ]
    for code, source in dict.fromkeys(cited):
        yield _out_of_force(source, dossier.period, code)


def _out_of_force(source: Source, period: Period, code: str) -> Caution:
    values = {"number": source.number, "day": show_date(source.effective_to)}
    message = N_("Văn bản {number} đã hết hiệu lực sau ngày {day}.")
    if source.effective_to < period.first:
        message = N_("Văn bản {number} hết hiệu lực sau ngày {day}, trước thời kỳ thành tích.")
    return Caution("expired_source", Reason("out-of-force", message, values, source.title), code)


def _unregistered(dossier: Examined) -> Iterator[Caution]:
    if dossier.unregistered:
        message = N_("Không có đăng ký thi đua đầu năm trong đợt xét này.")
        yield Caution("unregistered", Reason("not-registered", message))


def _dissolved(dossier: Examined) -> Iterator[Caution]:
    message = N_("{unit} đã kết thúc hoạt động sau ngày {day}.")
    for unit, last in dossier.gone:
        values = {"unit": unit, "day": show_date(last)}
        yield Caution("dissolved", Reason("unit-dissolved", message, values, _DISSOLVED_SOURCE))


def _changed(dossier: Examined) -> Iterator[Caution]:
    if dossier.snapshot in dossier.standings:
        return
    was = str(dossier.snapshot)
    if not dossier.standings:
        message = N_("Hồ sơ ghi “{was}”; nay không còn công tác tại đơn vị nào.")
        yield Caution("changed", Reason("posted-nowhere", message, {"was": was}))
        return
    message = N_("Hồ sơ ghi “{was}”; nay là “{now}”.")
    values = {"was": was, "now": str(dossier.standings[0])}
    yield Caution("changed", Reason("changed-since", message, values))


def _named(kind: str, seen: str, unseen: str, earlier: EarlierDossier, about: str = "") -> Caution:
    """An earlier dossier is named only to who may open it."""
    values = {"round": earlier.round_name}
    source = _ONCE_SOURCE if kind == "rewarded" else ""
    if earlier.id is None:
        return Caution(kind, Reason(f"{kind}-unseen", unseen, values, source), about)
    reason = Reason(kind, seen, values | {"dossier": earlier.code}, source)
    return Caution(kind, reason, about, f"/nominations/{earlier.id}")


def named_in(text: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Those whose number the text has as a whole: `387/QĐ-TTg` is not in `1387/QĐ-TTg`."""
    told = text.casefold()
    return tuple(
        source
        for source in sources
        # Most texts name none, and looking for a part is quick.
        if source.number.casefold() in told
        and re.search(rf"(?<![\w-]){re.escape(source.number.casefold())}(?![\w-])", told)
    )
