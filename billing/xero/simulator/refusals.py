"""How Xero says no. doc: api/accounting/responsecodes."""


class Refusal(Exception):  # noqa: N818 an answer, not a defect
    """An answer other than the one that was hoped for."""

    def __init__(self, status: int, body, headers: dict | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}


class Invalid(Exception):  # noqa: N818 an answer, not a defect
    """One element breaks rules: the messages are what its ``ValidationErrors`` hold."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = list(messages)

    @property
    def errors(self) -> list[dict]:
        return [{"Message": message} for message in self.messages]


def validation(elements: list[dict]) -> Refusal:
    """The body of a call in which an element was invalid."""
    body = {
        "ErrorNumber": 10,
        "Type": "ValidationException",
        "Message": "A validation exception occurred",
        "Elements": elements,
    }
    return Refusal(400, body)


def missing() -> Refusal:
    return Refusal(404, "The resource you're looking for cannot be found")


def unauthorised(detail: str = "TokenExpired: token expired") -> Refusal:
    body = {"Type": None, "Title": "Unauthorized", "Status": 401, "Detail": detail}
    return Refusal(401, body)


def bad(message: str, kind: str = "QueryParseException", number: int = 16) -> Refusal:
    return Refusal(400, {"ErrorNumber": number, "Type": kind, "Message": message})
