"""Request bodies: what is not known is refused, what does not fit its column as well."""

from django.core.validators import MaxValueValidator, MinValueValidator
from rest_framework import serializers

LARGEST, SMALLEST = 2**31 - 1, -(2**31)


class StrictSerializer(serializers.Serializer):
    """A request body. A field that nobody knows is an error: a typo never loses data."""

    def get_fields(self) -> dict:
        fields = super().get_fields()
        for field in fields.values():
            bound(field)
        return fields

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": ["Send a JSON object."]})
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError({name: ["Unknown field."] for name in unknown})
        if self.partial and self.parent is None and not data:
            raise serializers.ValidationError({"non_field_errors": ["Send at least one field."]})
        return super().to_internal_value(data)


class LooseSerializer(serializers.Serializer):
    """A request body that passes over what nobody knows; ``accepts`` are further spellings.

    A change that holds no known field is refused: it would do nothing.
    """

    accepts: dict[str, str] = {}

    def get_fields(self) -> dict:
        fields = super().get_fields()
        for field in fields.values():
            bound(field)
        return fields

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": ["Send a JSON object."]})
        known = self.canonical(data)
        if self.partial and self.parent is None and not known:
            raise serializers.ValidationError({"non_field_errors": ["Send at least one field."]})
        return super().to_internal_value(known)

    def canonical(self, data: dict) -> dict:
        """The known fields under their first names."""
        found: dict = {}
        for sent, value in data.items():
            name = sent if sent in self.fields else self.accepts.get(sent)
            if name is None:
                continue
            if found.setdefault(name, value) != value:
                message = f"“{sent}” and “{name}” are the same field: send one of them."
                raise serializers.ValidationError({sent: [message]})
        return found


def bound(field) -> None:
    """Hold whole numbers to what their columns take, where they have no bounds of their own."""
    if isinstance(field, serializers.ListField):
        bound(field.child)
    if not isinstance(field, serializers.IntegerField):
        return
    if field.max_value is None:
        field.max_value = LARGEST
        field.validators.append(MaxValueValidator(LARGEST))
    if field.min_value is None:
        field.min_value = SMALLEST
        field.validators.append(MinValueValidator(SMALLEST))
