"""``/api/companies``."""

from rest_framework import serializers

from agency.api.agency import AgencyViewSet
from agency.api.fields import CurrencyIn, IdField, RelatedId, TextIn
from agency.api.rows import RowSerializer, StrictSerializer
from crm.customers import operations
from crm.customers.filters import CustomerFilter
from crm.customers.models import Customer

LONGEST_TERMS = 365
# Two names for one column: what a client sent under one it reads under both.
ALIASES = {"zip": "postcode", "abn": "tax_number"}


class CompanyRow(RowSerializer):
    id = IdField()
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    website = serializers.CharField()
    domain = serializers.CharField()
    address = serializers.CharField()
    city = serializers.CharField()
    state = serializers.CharField()
    postcode = serializers.CharField()
    zip = serializers.CharField(source="postcode")
    country = serializers.CharField()
    billing_street = serializers.CharField()
    billing_city = serializers.CharField()
    billing_state = serializers.CharField()
    billing_postcode = serializers.CharField()
    billing_country = serializers.CharField()
    shipping_street = serializers.CharField()
    shipping_city = serializers.CharField()
    shipping_state = serializers.CharField()
    shipping_postcode = serializers.CharField()
    shipping_country = serializers.CharField()
    tax_number = serializers.CharField()
    abn = serializers.CharField(source="tax_number")
    currency = serializers.CharField()
    payment_terms = serializers.IntegerField(source="payment_terms_days")
    owner_id = IdField()
    owner_name = serializers.CharField(allow_null=True)
    is_active = serializers.BooleanField()
    created_by = IdField(source="created_by_id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class CompanyBody(StrictSerializer):
    """A company; ``zip`` and ``abn`` are other names of ``postcode`` and ``tax_number``."""

    name = serializers.CharField(max_length=200)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=200)
    phone = TextIn(max_length=40)
    website = TextIn(max_length=200)
    domain = TextIn(max_length=200)
    address = TextIn(max_length=200)
    city = TextIn(max_length=100)
    state = TextIn(max_length=100)
    postcode = TextIn(max_length=20)
    zip = TextIn(max_length=20, source="postcode")
    country = TextIn(max_length=2)
    billing_street = TextIn(max_length=200)
    billing_city = TextIn(max_length=100)
    billing_state = TextIn(max_length=100)
    billing_postcode = TextIn(max_length=20)
    billing_country = TextIn(max_length=2)
    shipping_street = TextIn(max_length=200)
    shipping_city = TextIn(max_length=100)
    shipping_state = TextIn(max_length=100)
    shipping_postcode = TextIn(max_length=20)
    shipping_country = TextIn(max_length=2)
    tax_number = TextIn(max_length=40)
    abn = TextIn(max_length=40, source="tax_number")
    currency = CurrencyIn(required=False, allow_blank=True)
    payment_terms = serializers.IntegerField(
        source="payment_terms_days",
        required=False,
        allow_null=True,
        min_value=0,
        max_value=LONGEST_TERMS,
    )
    owner_id = RelatedId("staff.Staff", source="owner", required=False, allow_null=True)
    is_active = serializers.BooleanField(required=False)

    def to_internal_value(self, data):
        values = super().to_internal_value(data)
        for other, name in ALIASES.items():
            if other in data and name in data and data[other] != data[name]:
                message = f"“{other}” and “{name}” are the same field: send one of them."
                raise serializers.ValidationError({other: [message]})
        return values


class CompanyViewSet(AgencyViewSet):
    """The companies that the agency works for."""

    tool = "customers"
    operations = operations
    one, many = "company", "companies"
    row_class = CompanyRow
    serializer_class = CompanyBody
    filterset_class = CustomerFilter
    queryset = Customer.objects.listing()
    sorts = {
        "name": "name",
        "city": "city",
        "country": "country",
        "owner_name": "owner_name",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }
