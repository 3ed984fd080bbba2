"""The measured figures as a table, on the screen and in the README."""

import os
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).resolve().parent.parent / "README.md"
START, END = "<!-- bench: start -->", "<!-- bench: end -->"
HEAD = ("work", "by hand, ms", "ours, ms", "ratio", "goal", "statements")


class Result(NamedTuple):
    name: str
    raw: float | None
    ours: float
    goal: float | None
    statements: int

    @property
    def ratio(self) -> float | None:
        return self.ours / self.raw if self.raw else None

    @property
    def cells(self) -> tuple[str, ...]:
        limit = ("" if self.goal is None else f"{self.goal:g} ms") if self.raw is None else ""
        return (
            self.name,
            "" if self.raw is None else f"{self.raw:.2f}",
            f"{self.ours:.2f}",
            "" if self.ratio is None else f"{self.ratio:.1f} ×",
            limit or ("" if self.goal is None else f"{self.goal:g} ×"),
            str(self.statements),
        )


def table(results: list[Result], megabytes: float) -> str:
    rows = [HEAD, ("---",) + ("---:",) * (len(HEAD) - 1), *(result.cells for result in results)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    memory = f"Memory of the process, everything loaded: {megabytes:.0f} MiB."
    return "\n".join([*lines, "", memory, load()])


def load() -> str:
    """How busy the machine was: above its cores, others disturb a time, and a short one most."""
    return f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."


def write(text: str) -> None:
    """Put the table between the two marks of the README's section."""
    readme = README.read_text()
    before, _, rest = readme.partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n{text}\n{END}{after}")
