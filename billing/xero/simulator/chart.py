"""The accounts, tax rates and organisations that the simulator starts with: Australian ones.

doc: api/accounting/accounts, api/accounting/taxrates, api/accounting/types
"""

from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

TENANT = "5b7a6e10-0000-4000-8000-000000000001"
OTHER_TENANT = "5b7a6e10-0000-4000-8000-000000000002"


def organisation(name: str, tenant: str) -> dict:
    return {
        "OrganisationID": tenant,
        "Name": name,
        "LegalName": name,
        "CountryCode": "AU",
        "BaseCurrency": "AUD",
        "Timezone": "AUSEASTERNSTANDARDTIME",
        "ShortCode": "!sim01",
        "OrganisationStatus": "ACTIVE",
    }


ORGANISATIONS = {
    TENANT: organisation("Demo Company (Xero simulator)", TENANT),
    OTHER_TENANT: organisation("Other Company (Xero simulator)", OTHER_TENANT),
}


def account(code: str, name: str, kind: str, tax: str, **values) -> dict:
    return {
        "AccountID": str(uuid5(NAMESPACE_URL, f"account:{code}")),
        "Code": code,
        "Name": name,
        "Type": kind,
        "TaxType": tax,
        "Status": "ACTIVE",
        "Class": "ASSET" if kind == "BANK" else "REVENUE" if kind != "EXPENSE" else "EXPENSE",
        "EnablePaymentsToAccount": False,
        "ShowInExpenseClaims": False,
    } | values


def accounts() -> list[dict]:
    return [
        account("090", "Business Bank Account", "BANK", "BASEXCLUDED", BankAccountNumber="1234567"),
        account("200", "Sales", "REVENUE", "OUTPUT"),
        account("210", "Consulting", "REVENUE", "OUTPUT"),
        account("260", "Other Revenue", "REVENUE", "OUTPUT"),
        account("270", "Interest Income", "REVENUE", "BASEXCLUDED"),
        account("299", "Old Sales", "REVENUE", "OUTPUT", Status="ARCHIVED"),
        account("400", "Advertising", "EXPENSE", "INPUT"),
        account("880", "Clearing", "CURRENT", "BASEXCLUDED", EnablePaymentsToAccount=True),
    ]


def tax_rate(code: str, name: str, percent: str, *, on_revenue: bool = True) -> dict:
    return {
        "Name": name,
        "TaxType": code,
        "Status": "ACTIVE",
        "EffectiveRate": Decimal(percent),
        "DisplayTaxRate": Decimal(percent),
        "CanApplyToRevenue": on_revenue,
        "CanApplyToExpenses": not on_revenue,
        "TaxComponents": [{"Name": "GST", "Rate": Decimal(percent), "IsCompound": False}],
    }


def tax_rates() -> list[dict]:
    return [
        tax_rate("OUTPUT", "GST on Income", "10"),
        tax_rate("EXEMPTOUTPUT", "GST Free Income", "0"),
        tax_rate("EXEMPTEXPORT", "GST Free Exports", "0"),
        tax_rate("INPUTTAXED", "Input Taxed", "0"),
        tax_rate("BASEXCLUDED", "BAS Excluded", "0"),
        tax_rate("INPUT", "GST on Expenses", "10", on_revenue=False),
    ]
