from app.public_comment.queries.comments import (
    Comment,
    comment_for_update,
    comments_page,
    same_comment,
)
from app.public_comment.queries.extensions import Extension, extensions_of
from app.public_comment.queries.listing import listed
from app.public_comment.queries.publications import (
    Item,
    council_of,
    items_page,
    open_comments,
    open_until,
    position_id,
    public_list,
    publication,
    publication_for_update,
    publications_of,
    visits,
)
from app.public_comment.queries.waiting import waiting

__all__ = [
    "Comment",
    "Extension",
    "Item",
    "comment_for_update",
    "comments_page",
    "council_of",
    "extensions_of",
    "items_page",
    "listed",
    "open_comments",
    "open_until",
    "position_id",
    "public_list",
    "publication",
    "publication_for_update",
    "publications_of",
    "same_comment",
    "visits",
    "waiting",
]
