"""How Xero can fail us. The messages are Xero's own words wherever it sent any."""

from agency.errors import ConflictError, UnavailableError


class NotConnectedError(ConflictError):
    """No organisation is connected."""

    code = "xero_not_connected"

    def __init__(self, message: str = "Xero is not connected.") -> None:
        super().__init__(message)


class ReconnectNeededError(NotConnectedError):
    """Xero withdrew its consent (``invalid_grant``): only an administrator can reconnect."""

    code = "xero_reconnect_needed"

    def __init__(self) -> None:
        super().__init__("Xero must be connected again: its consent has ended.")


class RefusedError(ConflictError):
    """Xero understood and said no; trying again says no again."""

    code = "xero_refused"

    def __init__(self, messages: list[str], *, request_id: str = "", status: int = 400) -> None:
        super().__init__(" ".join(messages) or "Xero refused this without a reason.")
        self.messages = messages
        self.request_id = request_id
        self.http_status = status


class MissingError(RefusedError):
    """Xero knows no record with that id (404)."""

    code = "xero_missing"


class XeroUnavailableError(UnavailableError):
    """Xero did not answer, or not with an answer: time-outs, 5xx, HTML, a refused connection.

    ``sent`` says that the call may have been carried out all the same.
    """

    code = "xero_unavailable"

    def __init__(
        self, message: str, *, retry_after: int = 30, sent: bool = True, request_id: str = ""
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.sent = sent
        self.request_id = request_id


class LimitedError(XeroUnavailableError):
    """A limit of Xero, or our own below it: wait ``retry_after`` seconds. Nothing was done.

    ``problem`` is "minute", "concurrent" or "day".
    """

    code = "xero_limited"

    def __init__(self, problem: str, *, retry_after: int, request_id: str = "") -> None:
        words = {"day": "for today", "minute": "for this minute"}.get(problem, "at this moment")
        super().__init__(
            f"Xero takes no more calls {words}.",
            retry_after=retry_after,
            sent=False,
            request_id=request_id,
        )
        self.problem = problem
