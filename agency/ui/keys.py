"""The keys of records as a browser sends them."""

import re

KEY = re.compile(r"[0-9]{1,18}")  # any longer one is above what a database counts to


def record_keys(texts) -> list[int]:
    """The integers among ``texts``; whatever is no key of a record is left out."""
    return [int(text) for text in map(str, texts) if KEY.fullmatch(text)]
