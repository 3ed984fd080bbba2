"""``/api/contacts``."""

from rest_framework import serializers

from agency.api.agency import AgencyViewSet
from agency.api.fields import IdField, RelatedId, TextIn
from agency.api.rows import RowSerializer, StrictSerializer
from crm.contacts import operations
from crm.contacts.filters import ContactFilter
from crm.contacts.models import Contact


class ContactRow(RowSerializer):
    id = IdField()
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    name = serializers.CharField(source="full_name")
    email = serializers.CharField()
    phone = serializers.CharField()
    title = serializers.CharField()
    is_primary = serializers.BooleanField()
    is_active = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ContactBody(StrictSerializer):
    """A person at a company. The first one of a company is its primary contact."""

    company_id = RelatedId("crm.Customer", source="customer")
    first_name = serializers.CharField(max_length=80)
    last_name = TextIn(max_length=80)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=200)
    phone = TextIn(max_length=40)
    title = TextIn(max_length=80)
    is_primary = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)


class ContactViewSet(AgencyViewSet):
    """The people at the companies."""

    tool = "customers"
    operations = operations
    one, many = "contact", "contacts"
    row_class = ContactRow
    serializer_class = ContactBody
    filterset_class = ContactFilter
    queryset = Contact.objects.listing()
    sorts = {
        "name": "full_name",
        "last_name": "last_name",
        "email": "email",
        "company_name": "customer__name",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }
