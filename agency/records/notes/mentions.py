"""Whom a comment names: ``@Mia Tran``, ``@mia.tran`` or, where only one has it, ``@Mia``."""

import re
from collections import Counter

from django.contrib.auth import get_user_model


def mentioned(cleaned: str) -> tuple[list, str]:
    """The active people whom cleaned HTML names, and the HTML with their names in bold."""
    known = handles() if "@" in cleaned else {}
    if not known:
        return [], cleaned
    words = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    people = {}

    def bold(found) -> str:
        person = known[found[1].lower()]
        people[person.pk] = person
        return f"<strong>@{as_html(str(person))}</strong>"

    pattern = rf"(?<![\w.@/])(?:<strong>)?@({words})(?![\w@]|[.-]\w)(?:</strong>)?"
    text = re.sub(pattern, bold, cleaned, flags=re.IGNORECASE)
    return list(people.values()), text


def as_html(text: str) -> str:
    """A text as cleaned HTML spells it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def handles() -> dict:
    """Each way of naming an active person, in lower case, that names nobody else."""
    people = get_user_model().objects.filter(is_active=True)
    named = [(as_html(word).lower(), one) for one in people for word in spellings(one)]
    times = Counter(word for word, _ in named)
    return {word: person for word, person in named if times[word] == 1}


def spellings(person) -> set[str]:
    """The full name, the part of the address before the @, and the first name."""
    found = {str(person), person.email.partition("@")[0], person.first_name}
    return {word for word in found if word}
