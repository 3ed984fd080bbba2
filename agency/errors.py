"""Errors of the business itself, independent of HTTP."""


class BusinessError(Exception):
    """A rule of the business forbids the request. The message is shown to people.

    ``field`` names the input that was wrong, so that a form or an API answer can point at it.
    """

    code = "invalid"

    def __init__(self, message: str, *, field: str | None = None, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.details = details


class ConflictError(BusinessError):
    """The request is sound, but not with the records as they stand now."""

    code = "conflict"


class StateError(ConflictError):
    """The record is in a state that does not allow this step."""

    code = "wrong_state"


class NotAllowedError(BusinessError):
    """A person may not do that, whatever the state of the record."""

    code = "forbidden"


class UnavailableError(BusinessError):
    """A system outside does not answer; nothing is wrong with the request.

    ``retry_after`` is how many seconds to wait before it makes sense to ask again.
    """

    code = "unavailable"

    def __init__(self, message: str, *, retry_after: int = 30) -> None:
        super().__init__(message)
        self.retry_after = retry_after
