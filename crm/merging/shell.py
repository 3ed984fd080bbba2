"""How history tells of a merge."""

from agency.records.events import words


def register() -> None:
    say = words.say
    say("merged", merged, icon="merge", whole=True)
    say("merged_into", merged_into, icon="merge", whole=True)
    say("moved", lambda event: f"moved it to {other(event)}", icon="merge", whole=True)
    say("joined", joined, icon="merge")


def other(event, key: str = "customer") -> str:
    return event.changes.get(key, {}).get("name", "")


def merged(event) -> str:
    return f"merged {other(event)} into it{counted(event)}"


def merged_into(event) -> str:
    return f"merged it into {other(event)}{counted(event)}"


def counted(event) -> str:
    moved = event.changes.get("moved", {})
    listed = ", ".join(f"{number} {words}" for words, number in sorted(moved.items()))
    return f": {listed}" if listed else ""


def joined(event) -> str:
    return f"joined it with the contact {other(event, 'contact')}"
