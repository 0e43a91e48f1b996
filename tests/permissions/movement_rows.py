"""Movements, rounds, criteria."""

from __future__ import annotations

from tests.permissions.asking import ANYBODY, MOVEMENT, NOBODY, ROUND, SECRETARY, Row, exported

SET = "/criteria-sets/{set_id}"
CRITERION = f"{SET}/criteria/{{criterion_id}}"

ROWS = (
    Row("GET", "/", 200, ANYBODY),
    Row("GET", "/movements", 200, ANYBODY),
    *exported("/movements/export", ANYBODY),
    Row("GET", "/movements/{movement_id}", 200, ANYBODY),
    Row("GET", ROUND, 200, ANYBODY),
    Row("POST", f"{ROUND}/opening", 409, SECRETARY),
    *exported(f"{MOVEMENT}/rounds/export", ANYBODY),
    Row("GET", "/movements/new", 200, SECRETARY),
    Row("POST", "/movements", 422, SECRETARY),
    Row("GET", f"{MOVEMENT}/edit", 200, SECRETARY),
    Row("POST", f"{MOVEMENT}/edit", 422, SECRETARY),
    Row("POST", f"{MOVEMENT}/sources", 422, SECRETARY),
    Row("POST", f"{MOVEMENT}/new-sources", 422, SECRETARY),
    Row("POST", f"{MOVEMENT}/sources/{{source_id}}/removal", 404, NOBODY),
    Row("POST", f"{MOVEMENT}/dates", 422, SECRETARY),
    Row("POST", f"{MOVEMENT}/dates/{{date_id}}/removal", 404, NOBODY),
    Row("GET", f"{MOVEMENT}/units", 200, ANYBODY),
    *exported(f"{MOVEMENT}/units/export", ANYBODY),
    Row("POST", f"{MOVEMENT}/units", 422, SECRETARY),
    Row("POST", f"{MOVEMENT}/units/{{membership_id}}/end", 404, NOBODY),
    Row("GET", f"{MOVEMENT}/rounds/new", 200, SECRETARY),
    Row("POST", f"{MOVEMENT}/rounds", 422, SECRETARY),
    Row("GET", f"{ROUND}/edit", 200, SECRETARY),
    Row("POST", f"{ROUND}/edit", 422, SECRETARY),
    Row("GET", f"{ROUND}/calendar", 200, SECRETARY),
    Row("POST", f"{ROUND}/calendar", 409, SECRETARY),
    Row("POST", f"{ROUND}/extensions", 422, SECRETARY),
    Row("GET", f"{ROUND}/protocol", 200, SECRETARY),
    Row("POST", f"{ROUND}/protocol", 409, SECRETARY),
    Row("GET", f"{MOVEMENT}/criteria", 200, ANYBODY),
    Row("POST", f"{MOVEMENT}/criteria", 422, SECRETARY),
    Row("GET", SET, 200, ANYBODY),
    Row("POST", SET, 422, SECRETARY),
    Row("POST", f"{SET}/deletion", 409, SECRETARY),
    Row("GET", f"{SET}/preview", 200, ANYBODY),
    Row("GET", f"{SET}/score-sheet.pdf", 200, ANYBODY),
    Row("GET", f"{SET}/comparison", 200, ANYBODY),
    Row("GET", f"{SET}/criteria/new", 409, SECRETARY),
    Row("POST", f"{SET}/criteria", 422, SECRETARY),
    Row("GET", CRITERION, 409, SECRETARY),
    Row("POST", CRITERION, 422, SECRETARY),
    Row("POST", f"{CRITERION}/deletion", 409, SECRETARY),
    Row("POST", f"{CRITERION}/move", 409, SECRETARY),
    Row("GET", "/indicators", 200, ANYBODY),
    *exported("/indicators/export", ANYBODY),
    *exported(f"{MOVEMENT}/criteria/export", ANYBODY),
    Row("GET", f"{ROUND}/corrections/{{set_id}}", 200, SECRETARY),
    Row("POST", f"{ROUND}/corrections/{{set_id}}", 422, SECRETARY),
)
