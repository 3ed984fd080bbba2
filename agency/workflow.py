"""State machines: a table of allowed moves, and nothing else."""

from collections.abc import Collection, Mapping

from agency.errors import StateError


class Workflow:
    """Which status may follow which.

    A workflow does not write, log or notify: an operation asks it for leave
    and then does those things itself.
    """

    def __init__(self, moves: Mapping[str, Collection[str]]) -> None:
        self.moves = moves

    def allowed(self, current: str) -> list[str]:
        """The statuses that may follow ``current``, in the table's order."""
        return [str(target) for target in self.moves.get(current, ())]

    def allows(self, current: str, target: str) -> bool:
        return target in self.moves.get(current, ())

    def require(self, current: str, target: str) -> None:
        """Raise ``StateError``, naming the allowed moves, unless ``target`` may follow."""
        if self.allows(current, target):
            return
        allowed = self.allowed(current)
        hint = f"Possible: {', '.join(allowed)}." if allowed else "No further step is possible."
        raise StateError(
            f"Cannot go from “{current}” to “{target}”. {hint}", field="status", allowed=allowed
        )
