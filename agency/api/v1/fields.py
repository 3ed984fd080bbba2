"""Moments and codes as the CRM dialect writes them."""

from datetime import datetime

from django.utils import timezone
from rest_framework import serializers

from agency.api.fields import PlainOut, id_of
from agency.api.names import Spelling, placed
from agency.api.rows import ColumnMixin

FORM = "%Y-%m-%d %H:%M:%S"


class MomentOut(ColumnMixin, serializers.Field):
    """A moment as ``2026-02-10 09:00:00``, in the organisation's zone."""

    schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"}

    def convert(self, value: datetime | None):
        if value is None:
            return None
        return timezone.localtime(value).strftime(FORM)


class MomentIn(serializers.DateTimeField):
    """A moment as ``2026-02-10 09:00:00`` or ISO 8601; without an offset, the organisation's."""

    schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?"}

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=["iso-8601", FORM, "%Y-%m-%d %H:%M"], **kwargs)


def same_word(text: str) -> str:
    """A name for comparison: case and ``_`` or space make no difference."""
    return " ".join(text.replace("_", " ").split()).casefold()


class Codes:
    """Numbers for the words of a status: rows of (code, word, what is stored)."""

    def __init__(self, *rows: tuple[int, str, str]) -> None:
        self.stored = {code: stored for code, _, stored in rows}
        self.code = {stored: code for code, _, stored in rows}
        self.word = {stored: word for _, word, stored in rows}
        self.by_word = {same_word(word): stored for _, word, stored in rows}

    def read(self, sent) -> str | None:
        """What is stored for a code or a word; None for anything else."""
        code = id_of(sent)
        if code is not None:
            return self.stored.get(code)
        return self.by_word.get(same_word(sent)) if isinstance(sent, str) else None

    def listed(self) -> str:
        return ", ".join(f"{self.code[stored]} {word}" for stored, word in self.word.items())


class CodeOut(ColumnMixin, serializers.Field):
    """The code of a stored word."""

    def __init__(self, codes: Codes, **kwargs) -> None:
        self.codes = codes
        self.schema = {"type": "integer", "enum": sorted(codes.stored)}
        super().__init__(read_only=True, **kwargs)

    def convert(self, stored):
        return self.codes.code.get(stored)


class WordOut(ColumnMixin, serializers.CharField):
    """The word of a code, for people."""

    def __init__(self, codes: Codes, **kwargs) -> None:
        self.codes = codes
        super().__init__(read_only=True, **kwargs)

    def convert(self, stored):
        return self.codes.word.get(stored)


class CodeIn(serializers.Field):
    """A code or its word in a body."""

    default_error_messages = {"unknown": "Send one of {listed}."}

    def __init__(self, codes: Codes, **kwargs) -> None:
        self.codes = codes
        self.schema = {"enum": [*sorted(codes.stored), *codes.word.values()]}
        super().__init__(**kwargs)

    def to_internal_value(self, data):
        stored = self.codes.read(data)
        if stored is None:
            self.fail("unknown", listed=self.codes.listed())
        return stored


class PercentOut(PlainOut):
    """A fraction in percent: 0.1 is 10."""

    def convert(self, value):
        return None if value is None else super().convert(value * 100)


class Code(Spelling):
    """A status: its code under the name, its word under ``<name>_name``; either may be sent."""

    def __init__(self, source: str, codes: Codes) -> None:
        super().__init__(source)
        self.codes = codes

    def shown(self, name, names):
        return {
            name: placed(CodeOut(self.codes, source=self.source), name),
            f"{name}_name": WordOut(self.codes, source=self.source),
        }

    def sent(self, name, names, *, required):
        return placed(CodeIn(self.codes, source=self.source, required=required), name)

    def asked(self, text):
        return self.codes.read(text)

    def asked_shape(self):
        return {"enum": [*(str(code) for code in sorted(self.codes.stored)), *self.codes.by_word]}
