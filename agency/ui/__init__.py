"""The browser side: the shell, base pages and the registries that other apps fill.

Import from ``agency.ui.views``; templates start with ``{% load ui %}``. Every queryset answers
``visible_to(staff)``; every page names its ``tool`` (``""`` for anybody signed in), a change its
``level``. Forms and buttons call operations; a ``BusinessError`` lands on the field it names.

**A list page** (filters, tabs, sort, columns, totals, views, export, bulk: all from this)::

    class InvoiceListView(FilteredListView):
        tool, title, noun, sort = "invoices", "Invoices", "invoices", "-issued"
        crumbs = [("Money", "")]
        queryset = Invoice.objects.listing()
        filterset_class, filters = InvoiceFilter, ["customer", "issued"]  # Find: "search"
        columns = [
            Column(name="number", label="Number", kind="link", sort="number", phone="sub"),
            Column(name="customer", label="Customer", sort="customer__name", phone="title",
                   clip=True),
            Column(name="status", label="State", draw=status_pill, phone="state"),
            Column(name="total", label="Total", kind="money", total=True, phone="value")]
        tabs = [Tab("all", "All"), Tab("draft", "Draft", Q(status="draft"))]
        bulk_actions = [BulkAction(key="void", label="Void", run=invoices.void, level="manage",
                                   done="voided", allows=lambda row: row.status == "sent")]
        create_url, create_label = "invoice-new", "New invoice"

**A record page**: ``templates/<app>/<slice>/record.html`` extends ``ui/record.html`` and fills the
blocks ``pills meta work rail above below``; ``actions()`` give ``Action``, ``figures()`` ``Figure``
(``explain=Explanation(title, [(sign, words, value, path)], result, currency)``), ``steps()``::

    class InvoiceView(RecordView):
        tool, subject, name = "invoices", "invoice", "invoice"
        queryset, template_name = Invoice.objects.listing(), "billing/invoices/record.html"
        list_url, list_label = "invoice-list", "Invoices"

        def actions(self):  # one primary; menu=True goes into "…"; off="why" greys it
            return [Action(label="Void", url=reverse("invoice-void", args=[self.record.pk]),
                           level="manage", post=True, confirm="Void it?", menu=True)]

**A form** (a page, and with ``dialog=True`` or ``data-dialog`` on the link, a dialog)::

    class PaymentForm(OfficeForm):  # agency.ui.forms: OfficeModelForm, PickField, HoursField
        amount = AmountField()

    class RecordPayment(RecordFormView):  # without a record: OperationFormView
        tool, title, submit_label, form_class = "invoices", "Record payment", "Record", PaymentForm
        queryset = Invoice.objects
        events = ("payments",)  # in a dialog: close, reload what waits for "payments"; else reload
        success_message = "Payment recorded."

        def perform(self, form):
            return payments.record(self.record, by=self.request.user, **form.cleaned_data)

A button without a form is a ``RecordStepView`` with ``perform(self)``. Own layout: a template that
extends ``ui/form.html`` / ``ui/form_dialog.html``, block ``fields``, ``{% field form.amount %}``.

**A panel** on another app's record, in ``ready()`` of the app that owns the rows::

    panels.add("customer", "invoices", "Invoices", "customer-invoices",
               permission="invoices:view", order=30, place="tab")  # tab, main or rail

    class CustomerInvoices(PanelView):  # route "customers/<int:pk>/panels/invoices"
        tool, title, noun = "invoices", "Invoices", "invoices"
        queryset = Customer.objects  # the parent's
        columns = [Column(name="number", label="Number", kind="link", phone="title")]

        def rows(self):
            mine = visible(Invoice.objects.listing(), self.request.user)
            return mine.filter(customer=self.record)

**Menu, + New, search, pickers**, in ``ready()``::

    navigation.add("Money", "Invoices", "invoice-list", "receipt-text", permission="invoices:view",
                   key="i", order=20, count=overdue_count, phone="Invoices")
    navigation.add_new("Invoice", "invoice-new", "receipt-text", "invoices:update", key="i")
    navigation.add_slot("timer", "timer-slot", "time:view")  # top bar; reloads on the event "timer"
    palette.add_searcher("Invoices", find, permission="invoices:view")  # find(staff, text) -> Hits
    pickers.add("customers", find, permission="customers:view")  # for PickField("customers", …)

**Parts for templates**: ``{% icon %} {% pill label glyph tone %} {% face name %} {% money v cur %}
{% explain text explanation %} {% bar percent %} {% chart key data label %} {% field bound %}
{% fields form %} {% query page=2 %}``, filters ``money amount clock day moment percent quantity``,
includes ``ui/timeline.html`` (events: icon tone by text at note said changes), ``ui/week.html``
(days rows), ``ui/lines.html`` (formset sums; ``agency.ui.lines.line_formset``, and around it
``<form data-lines="/preview" data-guard>`` with ``<div data-preview>``) and
``ui/_panel_slot.html`` (url key label). JS by attributes: ``data-dialog data-post data-ask
data-lines data-order data-lane data-week``; see the heads of ``static/js``. No ``style=""``.
"""
