"""For any account and any kind of thing: what is allowed, and why.

What a reader cannot see does not exist here either: the account asked about and the thing are
both loaded as the one who asks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from litestar import Response, get

from app.accounts import policy as accounts_policy
from app.accounts import queries as accounts
from app.accounts.rules import HeldRole
from app.audit.policy import may_read_log
from app.certificates import policy as certificates
from app.council.policy import may_record_result
from app.decisions import policy as decisions
from app.discipline import policy as discipline
from app.kernel.abilities import Ability, Kind, Question, Registry, ability
from app.kernel.actor import ROLE_WORDS, Actor, Role
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.movement import policy as movement
from app.nominations import policy as nominations
from app.nominations import queries as nomination_queries
from app.nominations.rules import ATTESTED_GATES, Dossier, refuse_preparing
from app.nominations.rules.refusing import refuse_attesting
from app.nominations.tables import Nomination
from app.organization import policy as organization
from app.organization.tables import UnitVersion
from app.scoring import policy as scoring
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/rights")
async def rights_page(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    asked = {
        name: request.query_params.get(name, "").replace("\x00", "").strip()[:60]
        for name in ("account", "kind", "code")
    }
    kind = KINDS.get(asked["kind"])
    abilities: tuple[Ability, ...] = ()
    held: tuple[HeldRole, ...] = ()
    found = True
    subject = actor
    try:
        subject = await _subject(asked["account"], actor, now)
        held = await accounts.roles_of([subject.account_id], on=today_in_vietnam(now))
        if kind is not None and (asked["code"] or not kind.by_code):
            question = Question(actor, subject, asked["code"], now)
            abilities = await kind.explain(question)
    except NotVisible:
        found = False
    return page(
        request,
        "reports/rights.html",
        status=200 if found else 404,
        kinds=[(key, each.label) for key, each in KINDS.items()],
        asked=asked,
        chosen=kind,
        subject=subject if found else None,
        abilities=abilities,
        held=held,
        role_words=ROLE_WORDS,
        may_choose=accounts_policy.may_ask_about(actor, 0),
    )


async def _subject(login: str, asker: Actor, now: datetime) -> Actor:
    """The actor behind the login as they stand today, if the asker may ask about them."""
    if not login:
        return asker
    reach = await accounts.reach_of(asker, today_in_vietnam(now), auditor_too=True)
    try:
        found = await accounts.account_by_login(login, reach)
    except NotVisible:
        # Everybody may ask about themselves, also by name.
        subject = await _by_login(login, now)
        if subject.account_id != asker.account_id:
            raise
        return asker
    if not accounts_policy.may_ask_about(asker, found.id):
        raise NotVisible
    return await accounts.actor_of(found.id, "", now)


async def _by_login(login: str, now: datetime) -> Actor:
    try:
        return await accounts.actor_for_login(login, now)
    except LookupError:
        raise NotVisible from None


async def _rounds(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    everything = Actor(0, None, "", {role: frozenset() for role in Role})
    tabs = tuple(
        ability(label, subject, partial(_has_tab, tab), over=frozenset())
        for tab, _, label in movement.round_tabs(everything)
    )
    return (
        *tabs,
        _of(subject, N_("Mở đợt xét"), movement.may_open_round),
        _of(subject, N_("Mở và chốt chấm điểm"), scoring.may_run_scoring),
        _of(subject, N_("Ghi kết quả họp Hội đồng"), may_record_result),
    )


def _has_tab(tab: str, actor: Actor) -> bool:
    return any(found == tab for found, _, _ in movement.round_tabs(actor))


async def _nomination(question: Question) -> tuple[Ability, ...]:
    """A dossier as the asker sees it. Whoever cannot open it learns nothing of it."""
    row = await Nomination.select(Nomination.id).where(Nomination.code == question.code).first()
    if row is None:
        raise NotVisible
    dossier = await nomination_queries.nomination(row["id"], question.asker)
    subject, today = question.subject, today_in_vietnam(question.now)
    over = frozenset({dossier.nominating_unit_id})
    return (
        ability(
            N_("Xem hồ sơ"), subject, lambda actor: _sees_nomination(actor, dossier), over=over
        ),
        ability(
            N_("Bổ sung minh chứng và nộp hồ sơ"),
            subject,
            lambda actor: nominations.may_prepare(actor, dossier),
            over=over,
            refusal=refuse_preparing(dossier, today),
        ),
        *(
            ability(
                _GATES[gate],
                subject,
                partial(_attests, dossier, gate),
                over=over,
                refusal=refuse_attesting(dossier, gate, subject.person_id),
            )
            for gate in ATTESTED_GATES[dossier.subject]
        ),
        ability(N_("Chấm điểm trên phiếu của mình"), subject, scoring.may_score, over=over),
    )


def _attests(dossier: Dossier, gate: str, actor: Actor) -> bool:
    return nominations.may_attest(actor, dossier, gate)


def _sees_nomination(actor: Actor, dossier: Dossier) -> bool:
    """The same as the condition on which a dossier is loaded; a test holds the two together."""
    own = actor.person_id is not None and actor.person_id == dossier.person_id
    unit = dossier.nominating_unit_id
    submitted = dossier.submitted_at is not None
    return (
        own
        or actor.holds_over(unit, *nominations.NOMINATE)
        or (submitted and actor.holds_over(unit, *nominations.REVIEW))
    )


async def _decisions(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        _of(subject, N_("Xem quyết định đã ban hành"), _anybody),
        _of(subject, N_("Lập và ban hành quyết định"), decisions.may_decide),
        _of(subject, N_("Xem quá trình xử lý quyết định"), decisions.may_see_history),
    )


async def _certificates(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        _of(subject, N_("Cấp giấy khen"), certificates.may_issue),
        _of(
            subject,
            N_("In mọi giấy khen của một quyết định"),
            lambda actor: certificates.reach(actor).everything,
        ),
        ability(
            N_("Xem và in giấy khen của đơn vị"),
            subject,
            lambda actor: (
                certificates.reach(actor).everything or bool(certificates.reach(actor).units)
            ),
            over=frozenset({0}),
        ),
        _of(
            subject,
            N_("Xem và in giấy khen của chính mình"),
            lambda actor: certificates.reach(actor).everything or actor.person_id is not None,
        ),
    )


async def _discipline(question: Question) -> tuple[Ability, ...]:
    """Of the roles only: whether anybody has a case is not said by a page on rights."""
    return (
        ability(
            N_("Ghi và sửa sổ theo dõi kỷ luật"),
            question.subject,
            lambda actor: discipline.may_keep_register(actor, actor.units_for(*Role)),
            over=frozenset({0}),
        ),
        ability(
            N_("Xem nội dung vụ việc kỷ luật của người khác"),
            question.subject,
            lambda actor: any(
                discipline.may_read_details(actor, unit, 0) for unit in actor.units_for(*Role)
            ),
            over=frozenset({0}),
        ),
        _of(
            question.subject,
            N_("Xem nội dung vụ việc kỷ luật của chính mình"),
            lambda actor: actor.person_id is not None,
        ),
    )


async def _units(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        _of(subject, N_("Xem cây đơn vị"), _anybody),
        _of(subject, N_("Thay đổi đơn vị"), organization.changes_units),
        _of(subject, N_("Xem danh sách cán bộ"), organization.may_list_people),
    )


async def _accounts(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        _of(subject, N_("Đổi mật khẩu và quản lý phiên làm việc của mình"), _anybody),
        _of(subject, N_("Tạo, khóa tài khoản và giao vai trò"), accounts_policy.may_administer),
        _of(
            subject,
            N_("Hỏi quyền của tài khoản khác"),
            lambda actor: accounts_policy.may_ask_about(actor, -1),
        ),
    )


async def _log(question: Question) -> tuple[Ability, ...]:
    top = await _top_units(today_in_vietnam(question.now))
    return (
        ability(
            N_("Đọc nhật ký"), question.subject, lambda actor: may_read_log(actor, top), over=top
        ),
    )


async def _top_units(today: date) -> frozenset[int]:
    rows = await UnitVersion.raw(
        "SELECT v.unit FROM unit_version v JOIN unit u ON u.id = v.unit WHERE v.parent IS NULL"
        " AND v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {})"
        " AND (u.dissolved_on IS NULL OR u.dissolved_on > {})",
        today,
        today,
        today,
    )
    return frozenset(row["unit"] for row in rows)


def _of(subject: Actor, name: str, may: Callable[[Actor], bool]) -> Ability:
    """Wherever the role is held."""
    return ability(name, subject, may, over=frozenset())


def _anybody(_: Actor) -> bool:
    return True


_GATES = {
    "G1": N_("Xác nhận điều kiện G1 (thẩm định)"),
    "G3": N_("Xác nhận điều kiện G3 (thủ trưởng đơn vị)"),
    "G4": N_("Xác nhận điều kiện G4 (thủ trưởng đơn vị)"),
}

KINDS: Registry = {
    "round": Kind(N_("Các trang của đợt xét"), _rounds),
    "nomination": Kind(N_("Một hồ sơ đề nghị"), _nomination, by_code=True),
    "decision": Kind(N_("Quyết định khen thưởng"), _decisions),
    "certificate": Kind(N_("Giấy khen và sổ"), _certificates),
    "discipline": Kind(N_("Theo dõi kỷ luật"), _discipline),
    "unit": Kind(N_("Đơn vị và cán bộ"), _units),
    "account": Kind(N_("Tài khoản và vai trò"), _accounts),
    "log": Kind(N_("Nhật ký"), _log),
}

ROUTES = (rights_page,)
