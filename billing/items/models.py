"""What the agency sells over and over: items, in groups."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from agency import money
from agency.sql import MoneyField
from agency.staff.scope import SharedQuerySet
from billing.items.querysets import ItemQuerySet


class ItemGroup(models.Model):
    """A shelf of the catalogue, such as Consulting."""

    tool = "items"
    subject_name = "item_group"

    name = models.CharField(max_length=60, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """Something with a usual price, which the lines of documents start from.

    A line copies what it takes from an item: neither a change nor a deletion reaches lines that
    are made. Without a ``tax`` a line bears the organisation's usual one.
    """

    tool = "items"
    subject_name = "item"

    description = models.CharField("name", max_length=300)
    long_description = models.TextField(blank=True, max_length=10_000)
    rate = MoneyField(
        "price",
        validators=[MinValueValidator(money.ZERO)],
        help_text="Per unit, net of tax, in the currency of the document that takes it",
    )
    unit = models.CharField(max_length=30, blank=True)
    tax = models.ForeignKey(
        "reference.Tax", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        ItemGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    is_active = models.BooleanField("offered", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["description", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(rate__gte=0), name="item_rate_not_negative")
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def price(self) -> str:
        """The rate as people read it, with all its decimals: 1,150.50 or 150.125."""
        return f"{money.plain(self.rate, 2):,f}"
