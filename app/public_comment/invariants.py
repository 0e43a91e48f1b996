"""What must not exist among published lists."""

from __future__ import annotations

from app.public_comment.tables import Publication


async def broken_published_nomination_of_another_round() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM publication_item i JOIN publication p ON p.id = i.publication
        JOIN nomination n ON n.id = i.nomination WHERE n.round <> p.round
    """)


async def broken_comment_outside_its_days() -> list[str]:
    """Both days count, and they are days in Vietnam."""
    return await _named("""
        SELECT 'comment ' || c.id AS what FROM public_comment c
        JOIN publication p ON p.id = c.publication
        WHERE (c.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date NOT BETWEEN p.first_on AND p.last_on
         OR c.at > p.withdrawn_at
    """)


async def broken_comment_about_another_list() -> list[str]:
    return await _named("""
        SELECT 'comment ' || c.id AS what FROM public_comment c
        JOIN publication_item i ON i.id = c.about WHERE i.publication <> c.publication
    """)


async def broken_two_lists_of_a_round_at_once() -> list[str]:
    return await _named("""
        SELECT p.code AS what FROM publication p JOIN publication o
        ON o.round = p.round AND o.id > p.id AND o.first_on <= p.last_on
        AND o.last_on >= p.first_on AND o.withdrawn_at IS NULL AND p.withdrawn_at IS NULL
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await Publication.raw(sql)]
