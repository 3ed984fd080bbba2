"""One call as it arrived."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from billing.xero.simulator import wire


@dataclass
class Asked:
    """Headers are named in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""
    answered: int = 0
    query: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.query = dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def json(self) -> dict:
        return wire.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def key(self) -> str:
        return self.headers.get("idempotency-key", "")

    @property
    def is_write(self) -> bool:
        return self.method != "GET"
