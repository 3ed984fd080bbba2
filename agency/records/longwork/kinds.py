"""What long work there is: each kind says how one of its steps, or its file, comes about."""

from collections.abc import Callable
from dataclasses import dataclass

from agency.errors import BusinessError


@dataclass(frozen=True)
class Kind:
    """``step(work, data)`` does one step and gives its ``Outcome``; ``file(work, count)`` all.

    ``call(work, data)`` is a step that asks another system, so no transaction is open meanwhile.
    """

    step: Callable | None = None
    file: Callable | None = None
    call: Callable | None = None


_kinds: dict[str, Kind] = {}


def by_steps(name: str):
    """Make the decorated ``function(work, data)`` do a step of that kind, inside a transaction.

    A ``BusinessError`` breaks the work off; what is refused of a single row is in the ``Outcome``.
    """

    def register(function: Callable) -> Callable:
        _kinds[name] = Kind(step=function)
        return function

    return register


def by_calls(name: str):
    """Make the decorated ``function(work, data)`` do a step of that kind outside a transaction.

    It may run twice for one step. It gives its ``Outcome`` and raises as a step does; the outbox's
    ``NotNowError`` parks the work until then.
    """

    def register(function: Callable) -> Callable:
        _kinds[name] = Kind(call=function)
        return function

    return register


def one_file(name: str):
    """Make the decorated ``function(work, count)`` write the file of that kind.

    It calls ``count(rows)`` as it goes, ends in ``operations.keep`` and may run twice.
    """

    def register(function: Callable) -> Callable:
        _kinds[name] = Kind(file=function)
        return function

    return register


def kind_of(work) -> Kind:
    if work.kind not in _kinds:
        raise BusinessError("Nothing here knows this kind of work any more.")
    return _kinds[work.kind]
