"""Look-ups in the CRM dialect: the id under the name, the word beside it, either in a body."""

from django.apps import apps
from django.db.models import Model, OuterRef, Q, Subquery
from rest_framework import serializers

from agency.api.fields import id_of
from agency.api.names import Spelling, placed


class LookupIn(serializers.Field):
    """A row of a look-up in a body, by its id or its name."""

    schema = {"type": ["integer", "string"]}
    default_error_messages = {"unknown": "There is no {kind} “{value}”."}

    def __init__(self, lookup: "Lookup", **kwargs) -> None:
        self.lookup = lookup
        super().__init__(**kwargs)

    def run_validation(self, data=serializers.empty):
        return super().run_validation(None if data == "" else data)

    def to_internal_value(self, data):
        found = self.lookup.find(data)
        if found is None:
            kind = self.lookup.model._meta.verbose_name
            self.fail("unknown", kind=kind, value=str(data)[:40])
        return self.lookup.stored(found)


class Lookup(Spelling):
    """A link to a row of a look-up. ``words`` are the columns that name a row.

    With ``grows`` an unknown name stands for a new row: the operation gets it unsaved. Under
    ``group_id`` its word is ``group_name``.
    """

    def __init__(self, source: str, label: str, *, words=("name",), grows: bool = False) -> None:
        super().__init__(source)
        self.label, self.words, self.grows = label, words, grows

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    def shown(self, name, names):
        pk = serializers.IntegerField(source=f"{self.source}_id", read_only=True)
        return {
            name: placed(pk, name),
            f"{name.removesuffix('_id')}_name": serializers.CharField(
                source=f"{self.source}.{self.words[0]}", allow_null=True, read_only=True
            ),
        }

    def sent(self, name, names, *, required):
        column = names.model._meta.get_field(self.source)
        may_be_empty = (column.null or column.blank) and not required
        made = LookupIn(self, source=self.source, required=required, allow_null=may_be_empty)
        return placed(made, name)

    def find(self, sent) -> Model | None:
        """The row of an id or a name, whose case and ``_`` for a space make no difference."""
        rows = self.model._default_manager.all()
        pk = id_of(sent)
        if pk is not None:
            return rows.filter(pk=pk).first()
        if not isinstance(sent, str) or not sent.strip() or "\0" in sent:
            return None
        return rows.filter(self.named(sent.strip())).order_by("pk").first() or self.grown(sent)

    def named(self, text: str) -> Q:
        spaced, found = text.replace("_", " "), Q()
        for word in self.words:
            found |= Q(**{f"{word}__iexact": text}) | Q(**{f"{word}__iexact": spaced})
        return found

    def grown(self, text: str) -> Model | None:
        longest = self.model._meta.get_field(self.words[0]).max_length
        name = " ".join(text.replace("_", " ").split())
        return self.model(**{self.words[0]: name}) if self.grows and len(name) <= longest else None

    def stored(self, found: Model):
        return found

    def asked(self, text):
        found = self.find(text)
        return None if found is None or found.pk is None else self.compared(found)

    def compared(self, found: Model):
        return found.pk

    def asked_shape(self):
        return {"type": "string"}


class Keyed(Lookup):
    """A column that holds the key of a look-up's row, such as a currency's code.

    The first of ``words`` is that key, the last what people read.
    """

    def shown(self, name, names):
        pk, word = self.columns()
        word_source = self.source if len(self.words) == 1 else word
        return {
            name: serializers.IntegerField(source=pk, allow_null=True, read_only=True),
            f"{name}_name": serializers.CharField(
                source=word_source, allow_null=True, read_only=True
            ),
        }

    def columns(self) -> tuple[str, str]:
        return f"{self.source}_row", f"{self.source}_word"

    def annotations(self):
        pk, word = self.columns()
        rows = self.model._default_manager.order_by()
        row = rows.filter(**{self.words[0]: OuterRef(self.source)})
        found = {pk: Subquery(row.values("pk"))}
        return found | ({word: Subquery(row.values(self.words[-1]))} if self.words[1:] else {})

    def stored(self, found):
        return getattr(found, self.words[0])

    compared = stored


def currency(source: str = "currency") -> Keyed:
    """An ISO 4217 code: the currency's id and code."""
    return Keyed(source, "reference.Currency", words=("code",))


def country(source: str = "country") -> Keyed:
    """An ISO 3166-1 code: the country's id and name; its three letters are read as well."""
    return Keyed(source, "reference.Country", words=("alpha2", "alpha3", "long_name", "name"))
