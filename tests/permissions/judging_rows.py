"""Scoring, council, public comment, decision and certificates."""

from __future__ import annotations

from tests.permissions.asking import (
    ANYBODY,
    COMMENTS,
    DECIDERS,
    DECISION,
    MEMBERS,
    NOBODY,
    NOMINATION,
    OFFICE,
    ROUND,
    SECRETARY,
    UNIT,
    Row,
    exported,
)

CERTIFICATE = "/certificates/{certificate_id}"
PUBLICATION = "/publications/{publication_id}"

ROWS = (
    Row("GET", f"{ROUND}/score-sheet", 200, MEMBERS),
    Row("GET", f"{NOMINATION}/sheet", 303, MEMBERS, "own"),
    Row("GET", f"{NOMINATION}/sheet", 303, NOBODY, "draft"),
    Row("POST", f"{NOMINATION}/sheet", 409, MEMBERS, "own"),
    Row("POST", f"{NOMINATION}/sheet", 422, NOBODY, "draft"),
    Row("POST", f"{NOMINATION}/recusal", 422, MEMBERS, "other"),
    Row("POST", f"{NOMINATION}/recusal", 422, NOBODY, "draft"),
    Row("POST", f"{ROUND}/scoring-opening", 409, SECRETARY),
    Row("POST", f"{ROUND}/scoring-closure", 409, SECRETARY),
    Row("GET", f"{ROUND}/ranking", 200, OFFICE),
    Row("GET", f"{ROUND}/council-session", 200, OFFICE),
    Row("POST", f"{ROUND}/council-session", 422, SECRETARY),
    # Decided: the form leads everybody on to the decision, which is published.
    Row("GET", f"{ROUND}/decision", 303, ANYBODY),
    Row("POST", f"{ROUND}/decision", 422, DECIDERS),
    Row("GET", DECISION, 200, ANYBODY),
    Row("GET", f"{DECISION}/decision.pdf", 200, ANYBODY),
    Row("GET", f"{DECISION}/certificates", 200, ANYBODY),
    Row("POST", f"{DECISION}/certificates", 409, DECIDERS),
    Row("GET", f"{DECISION}/print-file.pdf", 200, DECIDERS),
    Row("GET", "/certificate-batches/{batch_id}/progress", 303, OFFICE),
    Row("GET", "/certificates", 200, ANYBODY),
    Row("GET", CERTIFICATE, 200, OFFICE | UNIT | {"staff"}),
    Row("GET", f"{CERTIFICATE}/certificate.pdf", 200, OFFICE | UNIT | {"staff"}),
    Row("GET", f"{CERTIFICATE}/preview.png", 200, OFFICE | UNIT | {"staff"}),
    Row("GET", f"{ROUND}/ranking/{{subject}}/export.json", 200, OFFICE),
    *exported(f"{ROUND}/ranking/{{subject}}/export", OFFICE),
    *exported(f"{ROUND}/council-session/export", OFFICE),
    *exported(f"{DECISION}/annex/export", ANYBODY),
    *exported(f"{DECISION}/certificates/export", ANYBODY),
    *exported("/certificates/export", ANYBODY),
    Row("GET", f"{ROUND}/public-comment", 200, COMMENTS),
    Row("GET", f"{ROUND}/public-comment/new", 200, SECRETARY),
    Row("POST", f"{ROUND}/public-comment", 422, SECRETARY),
    Row("GET", PUBLICATION, 200, COMMENTS),
    Row("GET", f"{PUBLICATION}/list", 200, COMMENTS),
    *exported(f"{ROUND}/public-comment/export", COMMENTS),
    *exported(f"{PUBLICATION}/list/export", COMMENTS),
    *exported(f"{PUBLICATION}/comments/export", COMMENTS),
    Row("GET", f"{PUBLICATION}/result.pdf", 200, COMMENTS),
    Row("POST", f"{PUBLICATION}/extension", 422, SECRETARY),
    Row("POST", f"{PUBLICATION}/withdrawal", 422, SECRETARY),
    Row("POST", f"{PUBLICATION}/comments/{{comment_id}}/handling", 422, SECRETARY),
)
