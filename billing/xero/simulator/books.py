"""The books of one organisation: everything that is kept, and what it all shares."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import RLock
from uuid import uuid4

from agency import money
from billing.xero.simulator import chart
from billing.xero.simulator.refusals import Invalid, missing

ZERO = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """Rounded half up to 2 decimals. doc: guides/how-to-guides/rounding-in-xero."""
    return money.rounded(amount, "AUD")


def new_id() -> str:
    return str(uuid4())


class Books:
    """Records as they look on the wire, by id; amounts Decimal, days ``date``."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.lock = RLock()
        self.clock = clock
        self.organisation = deepcopy(chart.ORGANISATIONS[chart.TENANT])
        self.accounts = chart.accounts()
        self.tax_rates = chart.tax_rates()
        self.contacts: dict[str, dict] = {}
        self.invoices: dict[str, dict] = {}
        self.payments: dict[str, dict] = {}
        self.notes: dict[str, dict] = {}
        self.mails: list[str] = []

    def today(self) -> date:
        return self.clock().date()

    def touch(self, record: dict) -> dict:
        """Set when it was last changed: what If-Modified-Since asks for."""
        record["UpdatedDateUTC"] = self.clock()
        return record

    def account(self, code: str) -> dict | None:
        return next((one for one in self.accounts if one["Code"] == code), None)

    def tax_rate(self, code: str) -> dict | None:
        return next((one for one in self.tax_rates if one["TaxType"] == code), None)

    def require_unlocked(self, on: date) -> None:
        """doc: api/accounting/organisation (PeriodLockDate, EndOfYearLockDate)."""
        dates = [self.organisation.get(f"{name}LockDate") for name in ("Period", "EndOfYear")]
        locked = max((one for one in dates if one), default=None)
        if locked and on <= locked:
            raise Invalid(
                "The document date cannot be before the period lock date,"
                f" {locked.day} {locked:%B %Y}"
            )

    @staticmethod
    def one(records: dict[str, dict], key: str) -> dict:
        found = records.get(key)
        if found is None:
            raise missing()
        return found
