"""A form of a dossier's page that was refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from litestar import Response

from app.kernel.actor import Actor
from app.kernel.refusal import Refusal
from app.nominations import queries
from app.nominations.rules import Dossier
from app.web.forms import Form
from app.web.render import AnyRequest

Key = TypeVar("Key")


class DossierPage(Protocol[Key]):
    """Shows the page; `typed` holds the form that came back, by its key."""

    async def __call__(
        self,
        request: AnyRequest,
        actor: Actor,
        now: datetime,
        dossier: Dossier,
        typed: Mapping[Key, Form],
        refusal: Refusal | None = None,
        status: int = 200,
    ) -> Response[str]: ...


async def shown_again(
    show: DossierPage[Key],
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    key: Key,
    form: Form,
    refusal: Refusal,
) -> Response[str]:
    """The page as it is now, with what was typed: somebody may have been faster."""
    if refusal.field_name:
        form.errors[refusal.field_name] = refusal
        return await show(request, actor, now, dossier, {key: form}, status=422)
    current = await queries.nomination(dossier.id, actor)
    return await show(request, actor, now, current, {key: form}, refusal, 409)
