from app.public_comment.actions.extending import extend
from app.public_comment.actions.hearing import count_visit, handle, receive
from app.public_comment.actions.publishing import publish, withdraw

__all__ = ["count_visit", "extend", "handle", "publish", "receive", "withdraw"]
