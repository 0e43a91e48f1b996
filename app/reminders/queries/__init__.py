from app.reminders.queries.asked import accounts_asked
from app.reminders.queries.feed import Feed, events_of, feed_by_token, feed_of
from app.reminders.queries.listing import LARGEST_ID, ReminderLine, reminders_page, unread
from app.reminders.queries.work import dated_work, ending_stages, work

__all__ = [
    "LARGEST_ID",
    "Feed",
    "ReminderLine",
    "accounts_asked",
    "dated_work",
    "ending_stages",
    "events_of",
    "feed_by_token",
    "feed_of",
    "reminders_page",
    "unread",
    "work",
]
