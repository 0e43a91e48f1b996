from app.reminders.actions.feed import new_address, revoke_address
from app.reminders.actions.mailing import mail
from app.reminders.actions.queueing import (
    DAILY,
    MAIL,
    MAIL_LOCK,
    QUEUE,
    WRITE,
    order_letters,
    order_writing,
)
from app.reminders.actions.reading import mark, mark_all
from app.reminders.actions.writing import remind

__all__ = [
    "DAILY",
    "MAIL",
    "MAIL_LOCK",
    "QUEUE",
    "WRITE",
    "mail",
    "mark",
    "mark_all",
    "new_address",
    "order_letters",
    "order_writing",
    "remind",
    "revoke_address",
]
