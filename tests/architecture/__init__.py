"""Reads the source of `app/` without importing it and reports what breaks the house rules."""
