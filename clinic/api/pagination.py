"""Pages by key, so that the last is as quick as the first."""

from rest_framework.pagination import CursorPagination


class Keyset(CursorPagination):
    """Newest first, 50 at a time, at most 200. The cursor is the row's own key: no count, no offset."""

    ordering = "-id"
    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
