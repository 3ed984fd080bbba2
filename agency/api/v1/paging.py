"""Pages of the CRM dialect: counted from 1, 25 rows unless asked, at most 100."""

from typing import NamedTuple

from agency.api.errors import Refusal

USUAL, MOST = 25, 100
LARGEST_PAGE = 10**9


class Page(NamedTuple):
    """Which part of a list is asked for."""

    number: int
    size: int

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    def envelope(self, rows: list[dict], total: int) -> dict:
        """The page in the dialect's envelope; ``total`` counts the rows of all pages."""
        pages = -(-total // self.size)
        meta = {
            "page": self.number,
            "limit": self.size,
            "per_page": self.size,
            "total": total,
            "total_pages": pages,
            "has_more": self.number < pages,
        }
        return {
            "data": rows,
            "total": total,
            "page": self.number,
            "limit": self.size,
            "meta": meta,
        }


def page_of(params) -> Page:
    """The page that a query string asks for. Raises ``Refusal`` for what is no number."""
    size = whole(params, "limit") or whole(params, "per_page") or USUAL
    return Page(min(whole(params, "page") or 1, LARGEST_PAGE), min(size, MOST))


def whole(params, name: str) -> int | None:
    text = params.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:20]) > 0):
        raise Refusal(400, f"{name}: send a whole number from 1.", field=name)
    return int(text[:20])
