"""The state of a list page, read from its URL and written back into links."""

from dataclasses import dataclass

from django.http import QueryDict

from agency.ui.columns import Column
from agency.ui.operations import kept_query

PAGE_SIZES = (25, 50, 100, 200)


@dataclass(frozen=True)
class Header:
    """A column head: its label, and the link and arrow when it sorts."""

    column: Column
    url: str = ""
    direction: str = ""  # ascending, descending


class ListState:
    """Sort, page size, chosen columns and tab of one request; unknown values fall back."""

    def __init__(self, query: QueryDict, columns, tabs, default_sort: str, default_size: int):
        self.query = query
        self.all_columns = list(columns)
        self.sort = self._allowed_sort(query.get("sort", "")) or default_sort
        self.columns = self._chosen()
        self.tab = next(
            (tab for tab in tabs if tab.key == query.get("tab")), tabs[0] if tabs else None
        )
        size = query.get("size", "")
        self.size = int(size) if size in {str(one) for one in PAGE_SIZES} else default_size

    def _allowed_sort(self, wanted: str) -> str:
        sortable = {column.name for column in self.all_columns if column.sort}
        return wanted if wanted.removeprefix("-") in sortable else ""

    def _chosen(self) -> list[Column]:
        wanted = set(",".join(self.query.getlist("cols")).split(",")) - {""}
        if not wanted & {column.name for column in self.all_columns}:
            return [column for column in self.all_columns if column.shown or column.fixed]
        return [column for column in self.all_columns if column.name in wanted or column.fixed]

    def order_by(self) -> list:
        """What the queryset is ordered by; empty leaves the queryset's own order."""
        name = self.sort.removeprefix("-")
        column = next((column for column in self.all_columns if column.name == name), None)
        if column is None:
            return []
        fields = list(column.order_by)
        if self.sort.startswith("-"):
            fields = [field[1:] if field.startswith("-") else f"-{field}" for field in fields]
        return [*fields, "-pk" if self.sort.startswith("-") else "pk"]

    def url(self, **changes: str | None) -> str:
        """The same list with something else: a query string; None takes a name away."""
        query = self.query.copy()
        for name in ("page", "part", "export"):
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value not in (None, ""):
                query[name] = value
        return f"?{query.urlencode()}"

    def headers(self) -> list[Header]:
        return [self._header(column) for column in self.columns]

    def _header(self, column: Column) -> Header:
        if not column.sort:
            return Header(column)
        rising, falling = self.sort == column.name, self.sort == f"-{column.name}"
        target = f"-{column.name}" if rising else column.name
        direction = "ascending" if rising else "descending" if falling else ""
        return Header(column, self.url(sort=target), direction)

    @property
    def kept(self) -> str:
        """What a saved view would hold."""
        return kept_query(self.query.urlencode())
