"""The connection to one organisation in Xero, every call made to it, and its lists."""

from django.conf import settings
from django.db import models

from agency.staff.scope import SharedQuerySet


class ConnectionQuerySet(SharedQuerySet):
    def usable(self):
        return self.filter(state=Connection.State.CONNECTED)


class Connection(models.Model):
    """The organisation that the books are kept in; there is at most one row.

    Every Xero id in our records belongs to ``tenant_id``: another organisation is refused while
    such ids exist. ``tokens`` is encrypted, and is never shown or logged.
    """

    tool = "settings"
    view_level = "manage"
    subject_name = "xero_connection"

    class State(models.TextChoices):
        CHOOSING = "choosing", "Choose the organisation"
        CONNECTED = "connected"
        RECONNECT = "reconnect", "Reconnect needed"
        DISCONNECTED = "disconnected"

    class Grant(models.TextChoices):
        CODE = "authorization_code", "Signed in with Xero"
        CUSTOM = "client_credentials", "Custom connection"

    only = models.BooleanField(default=True, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.DISCONNECTED)
    grant = models.CharField(max_length=20, choices=Grant, default=Grant.CODE)
    tenant_id = models.CharField(max_length=60, blank=True)
    tenant_name = models.CharField(max_length=200, blank=True)
    tokens = models.BinaryField(default=bytes, editable=False)
    scopes = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    connected_at = models.DateTimeField(null=True, blank=True)
    # what Xero said of the organisation
    base_currency = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=3, blank=True)
    time_zone = models.CharField(max_length=80, blank=True)
    locked_until = models.DateField(null=True, blank=True)
    closed_until = models.DateField(null=True, blank=True)
    short_code = models.CharField(max_length=20, blank=True)
    lists_read_at = models.DateTimeField(null=True, blank=True)
    # what Xero said of its limits
    day_limit_remaining = models.PositiveIntegerField(null=True, blank=True)
    minute_limit_remaining = models.PositiveIntegerField(null=True, blank=True)
    closed_off_until = models.DateTimeField(
        null=True, blank=True, help_text="The circuit breaker: no call before that moment"
    )
    closed_off_because = models.CharField(max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row, of reaching Xero at all")
    # how the bookkeeping is to work
    default_account_code = models.CharField(max_length=10, blank=True)
    payment_account_code = models.CharField(max_length=10, blank=True)
    sends_payments = models.BooleanField("our payments go to Xero", default=False)
    sends_credit_notes = models.BooleanField("our credit notes go to Xero", default=False)
    # how far the sync is
    changes_read_until = models.DateTimeField(null=True, blank=True)
    swept_at = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True, help_text="All of ours and theirs")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ConnectionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.tenant_name or "Xero"


class Call(models.Model):
    """One call to Xero: what the limiter counts, and what the log shows.

    Holds no body and no header: neither a token nor a client's data.
    """

    tool = "settings"
    view_level = "manage"

    tenant_id = models.CharField(max_length=60)
    method = models.CharField(max_length=6)
    what = models.CharField(max_length=200, help_text="The path, without ids in the query")
    started_at = models.DateTimeField()
    lease_until = models.DateTimeField(help_text="When one without an end counts as over")
    finished_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    request_id = models.CharField(max_length=80, blank=True, help_text="Xero's correlation id")
    message = models.TextField(blank=True, max_length=1000)
    subject_type = models.CharField(max_length=30, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "call to Xero"
        verbose_name_plural = "calls to Xero"
        indexes = [
            models.Index(fields=["tenant_id", "finished_at"]),
            models.Index(fields=["tenant_id", "started_at"]),
            models.Index(fields=["subject_type", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.what}"


class ListedAccount(models.Model):
    """An account of Xero's chart, as last read."""

    tool = "invoices"

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=30)
    tax_type = models.CharField(max_length=50, blank=True)
    status = models.CharField(max_length=20)
    takes_payments = models.BooleanField(default=False)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "account in Xero"
        verbose_name_plural = "accounts in Xero"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ListedTaxRate(models.Model):
    """A tax rate of Xero, as last read. ``rate`` is a fraction."""

    tool = "invoices"

    code = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=200)
    rate = models.DecimalField(max_digits=7, decimal_places=4)
    status = models.CharField(max_length=20)
    on_revenue = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "tax rate in Xero"
        verbose_name_plural = "tax rates in Xero"

    def __str__(self) -> str:
        return self.name
