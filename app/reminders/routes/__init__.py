from app.reminders.routes import calendar, reminders

ROUTES = (*reminders.ROUTES, *calendar.ROUTES)
