"""``/api/v1/contacts`` and ``/api/v1/customers/:id/contacts``."""

from rest_framework import serializers

from agency.api.names import Fields
from agency.api.v1.names import V1Names
from agency.api.v1.views import Part, V1ViewSet
from crm.contacts import operations
from crm.contacts.filters import ContactFilter
from crm.contacts.models import Contact
from crm.customers.api_v1 import CustomerV1ViewSet


class Password(serializers.CharField):
    """A password for the client's own pages; never shown."""

    def __init__(self, **kwargs) -> None:
        super().__init__(trim_whitespace=False, max_length=200, **kwargs)


class ContactNames(V1Names):
    """A person at a customer. The first one of a customer is its primary contact."""

    model = Contact
    shown = {"id": "pk", "datecreated": "created_at"}
    both = {
        "userid": "customer",
        "firstname": "first_name",
        "lastname": "last_name",
        "email": "email",
        "phonenumber": "phone",
        "title": "title",
        "is_primary": "is_primary",
        "active": "is_active",
    }
    sent = {"password": Fields("password", into=Password)}
    required = {"userid", "firstname", "lastname", "email"}
    accepts = {"customer_id": "userid"}


class ContactV1ViewSet(V1ViewSet):
    """The people at the customers."""

    tool = "customers"
    operations = operations
    names = ContactNames
    one = "contact"
    queryset = Contact.objects.listing()
    filterset_class = ContactFilter
    filters = {
        "customer_id": "company_id",
        "active": "is_active",
        "is_primary": "is_primary",
        "search": "search",
    }


def contacts_of(customer: int, person):
    """The people at a customer, whom the person sees as they see the customer."""
    return Contact.objects.listing().visible_to(person).filter(customer=customer)


CustomerV1ViewSet.offer("contacts", Part(ContactNames.row(), contacts_of))


class CustomerContacts(ContactV1ViewSet):
    """The people at one customer."""

    under = ("crm.Customer", "customer")
