from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.refusal import N_
from app.movement import actions, queries
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn


@get("/movements")
async def movement_list(request: AnyRequest, actor: SignedIn) -> Response[str]:
    return page(request, "movement/list.html", movements=await queries.movements())


@get("/movements/{movement_id:int}")
async def movement_page(
    request: AnyRequest, actor: SignedIn, movement_id: FromPath[int]
) -> Response[str]:
    return page(request, "movement/movement.html", movement=await queries.movement(movement_id))


@post("/rounds/{round_id:int}/opening")
async def open_round(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Redirect:
    await actions.open_round(round_id, actor=actor, now=now)
    return redirect(
        request, f"/rounds/{round_id}", N_("Đã mở đợt xét; tiêu chí và quy tắc chấm đã được chốt.")
    )


ROUTES = (movement_list, movement_page, open_round)
