"""The texts people read: found in code and templates, compared with the English catalogue.

`python -m tests.strings update` brings the catalogue up to date, `check` only reports.
"""
