"""How a customer is drawn in lists and on its page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.ui import formats, icons
from crm.customers.models import Customer


def state_pill(customer: Customer) -> SafeString:
    if customer.is_active:
        return icons.pill("Active", "circle-check", "good")
    if customer.merged_into_id:
        return icons.pill("Merged", "merge", "void")
    return icons.pill("Inactive", "circle-off", "void")


def name_of(customer: Customer) -> SafeString:
    """The name as a link, with its domain in grey."""
    link = format_html('<a class="id" href="{}">{}</a>', customer.get_absolute_url(), customer)
    if not customer.domain:
        return link
    return format_html('{} <span class="muted hide-s">· {}</span>', link, customer.domain)


def contact_of(customer: Customer) -> SafeString:
    """The primary contact, linked to the address to write to."""
    name, email = customer.contact_name, customer.contact_email
    if not name:
        return formats.DASH
    if not email:
        return format_html('<span class="nw">{}</span>', name)
    return format_html('<a class="soft nw" href="mailto:{}" title="{}">{}</a>', email, email, name)


def place_of(customer: Customer) -> str:
    """City and country code: Sydney, AU."""
    return ", ".join(filter(None, [customer.city, customer.country])) or "–"


def address_of(customer: Customer, kind: str = "") -> list[str]:
    """The lines of an address; ``kind`` is "", "billing" or "shipping"."""
    prefix = f"{kind}_" if kind else ""
    street = customer.billing_street if kind == "billing" else customer.address
    street = customer.shipping_street if kind == "shipping" else street
    parts = [getattr(customer, f"{prefix}{name}") for name in ("city", "state", "postcode")]
    country = getattr(customer, f"{prefix}country")
    return [line for line in (street, " ".join(filter(None, parts)), country) if line]


def website_of(customer: Customer) -> str:
    """An address that a browser opens, or nothing where it would not be a web page."""
    site = customer.website.strip()
    if not site or site.startswith(("http://", "https://")):
        return site
    return "" if ":" in site.split("/")[0] else f"https://{site}"
