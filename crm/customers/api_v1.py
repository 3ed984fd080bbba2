"""``/api/v1/customers``."""

from agency.api.v1.lookups import country, currency
from agency.api.v1.names import V1Names
from agency.api.v1.views import V1ViewSet
from crm.customers import operations
from crm.customers.filters import CustomerFilter
from crm.customers.models import Customer


class CustomerNames(V1Names):
    """A company that the agency works for."""

    model = Customer
    shown = {"id": "pk", "userid": "pk", "datecreated": "created_at"}
    both = {
        "company": "name",
        "vat": "tax_number",
        "phonenumber": "phone",
        "email": "email",
        "website": "website",
        "address": "address",
        "city": "city",
        "state": "state",
        "zip": "postcode",
        "country": country(),
        "billing_street": "billing_street",
        "billing_city": "billing_city",
        "billing_state": "billing_state",
        "billing_zip": "billing_postcode",
        "billing_country": country("billing_country"),
        "shipping_street": "shipping_street",
        "shipping_city": "shipping_city",
        "shipping_state": "shipping_state",
        "shipping_zip": "shipping_postcode",
        "shipping_country": country("shipping_country"),
        "default_currency": currency(),
        "active": "is_active",
    }
    required = {"company"}


class CustomerV1ViewSet(V1ViewSet):
    """The customers."""

    tool = "customers"
    operations = operations
    names = CustomerNames
    one = "customer"
    queryset = Customer.objects.listing()
    filterset_class = CustomerFilter
    filters = {"active": "is_active", "search": "search"}
