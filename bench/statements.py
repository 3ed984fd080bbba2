"""The hand-written SQL for the measured answers."""

OUT = "('finalised', 'approved', 'sent')"
INVOICE = f"""
SELECT i.id::text AS id, i.number AS invoice_number,
  CASE WHEN i.balance = 0 AND i.status IN {OUT} THEN 'paid'
       WHEN i.due_on < %(today)s AND i.status IN {OUT} THEN 'overdue' ELSE i.status END AS status,
  CASE WHEN i.balance = 0 AND i.status IN {OUT} THEN 'paid'
       WHEN i.amount_paid = 0 THEN 'unpaid' ELSE 'partial' END AS payment_status,
  i.customer_id::text AS company_id, c.name AS company_name,
  i.contact_id::text AS contact_id,
  CASE WHEN i.contact_id IS NOT NULL
       THEN trim(k.first_name || ' ' || k.last_name) END AS contact_name,
  i.budget_id::text AS budget_id, b.name AS budget_name,
  i.project_id::text AS project_id, p.name AS project_name, b.deal_id::text AS deal_id,
  i.engagement_id::text AS engagement_id, e.name AS engagement_name,
  i.po_number, i.currency, i.issued_on AS issued_date, i.due_on AS due_date, i.subject, i.notes,
  i.subtotal, i.discount, i.tax, i.total, i.total AS amount, i.amount_paid, i.amount_credited,
  i.balance AS amount_due, i.source, i.cogs, i.profit, i.margin_pct,
  i.xero_invoice_id, i.xero_status, NULL AS xero_url, i.sent_at,
  i.completed_at,  i.created_by_id::text AS created_by, i.created_at, i.updated_at
FROM billing_invoice i
LEFT JOIN crm_customer c ON c.id = i.customer_id
LEFT JOIN crm_contact k ON k.id = i.contact_id
LEFT JOIN budgets_budget b ON b.id = i.budget_id
LEFT JOIN crm_project p ON p.id = i.project_id
LEFT JOIN crm_engagement e ON e.id = i.engagement_id
WHERE i.hidden_at IS NULL"""  # noqa: S608
INVOICE_COUNT = "SELECT count(*) FROM billing_invoice WHERE hidden_at IS NULL"
LINES = """
SELECT l.id::text AS id, l.invoice_id::text AS invoice_id, l.description, l.quantity, l.unit,
  l.unit_price, l.amount, l.discount_share, l.tax_type, l.tax_rate, l.tax AS tax_amount,
  l.gross AS total, l.service_type_id::text AS service_type_id, s.name AS service_type_name,
  l.budget_line_id::text AS budget_line_item_id, l.xero_account_code, l.position,
  l.created_at, l.updated_at
FROM billing_invoiceline l LEFT JOIN budgets_servicetype s ON s.id = l.service_type_id
WHERE l.invoice_id = %(pk)s ORDER BY l.position, l.id"""
PAYMENT = """
SELECT y.id::text AS id, y.invoice_id::text AS invoice_id, y.amount, i.currency,
  y.paid_on AS date, y.mode_id::text AS payment_mode_id, m.name AS payment_mode, y.reference,
  y.note, y.bank_amount, y.source, y.recorded_by_id::text AS recorded_by, y.created_at,
  y.updated_at
FROM billing_payment y JOIN billing_invoice i ON i.id = y.invoice_id
LEFT JOIN reference_paymentmode m ON m.id = y.mode_id"""
PAYMENTS = f"""{PAYMENT}
WHERE y.invoice_id = %(pk)s AND y.reversed_at IS NULL ORDER BY y.paid_on, y.id"""

NEXT_NUMBER = """
UPDATE reference_numbercounter SET last = last + 1
WHERE year = %(year)s AND series_id = (SELECT id FROM reference_numberseries WHERE key = 'invoice')
RETURNING last"""
LOCKED_BUDGET = "SELECT * FROM budgets_budget WHERE id = %(pk)s FOR UPDATE"
BUDGET_LINES = "SELECT * FROM budgets_budgetline WHERE budget_id = %(pk)s ORDER BY position, id"
INSERT_INVOICE = """
INSERT INTO billing_invoice (number, customer_id, budget_id, status, currency, issued_on, po_number,
  subject, notes, client_note, terms, prices_include_tax, keeps_figures, subtotal, discount, tax,
  adjustment, total, amount_paid, amount_credited, balance, source, snapshot, base_currency,
  xero_status, created_by_id, created_at, updated_at)
VALUES (%(number)s, %(customer)s, %(budget)s, 'draft', %(currency)s, %(today)s, '', %(subject)s,
  '', '', '', false, false, %(net)s, 0, %(tax)s, 0, %(total)s, 0, 0, %(total)s, 'manual', '{}',
  '', '', %(staff)s, now(), now()) RETURNING id"""
INSERT_LINES = """
INSERT INTO billing_invoiceline (invoice_id, description, long_description, quantity, unit,
  unit_price, discount, is_summed, amount, discount_share, tax_type, tax_rate, net, tax, gross,
  position, budget_line_id, xero_account_code, xero_line_id, created_at, updated_at)
SELECT %(invoice)s, r.description, '', r.quantity, '', r.unit_price, 0, false, r.amount, 0,
  'OUTPUT', 0.1, r.amount, r.tax, r.amount + r.tax, r.position, r.id, '', '', now(), now()
FROM json_to_recordset(%(rows)s::json) AS r(id bigint, description text, quantity numeric,
  unit_price numeric, amount numeric, tax numeric, position int)"""
INSERT_EVENT = """
INSERT INTO records_event (subject_type, subject_id, subject_label, happened_at, by_id, through,
  verb, changes) VALUES ('invoice', %(pk)s, %(label)s, now(), %(staff)s, 'bench', %(verb)s, '{}')"""
LOCKED_INVOICE = "SELECT * FROM billing_invoice WHERE id = %(pk)s FOR UPDATE"
INSERT_PAYMENT = """
INSERT INTO billing_payment (invoice_id, amount, paid_on, reference, note, source, recorded_by_id,
  created_at, updated_at)
VALUES (%(pk)s, %(amount)s, %(today)s, '', '', 'manual', %(staff)s, now(), now()) RETURNING id"""
SETTLE = """
UPDATE billing_invoice SET amount_paid = amount_paid + %(amount)s, balance = balance - %(amount)s,
  updated_at = now() WHERE id = %(pk)s"""

PAGE = "SELECT id FROM budgets_budget ORDER BY created_at DESC, id DESC LIMIT %(limit)s"
# {these} is empty, or narrows each sum to the budgets of a page.
BUDGETS = """
WITH lines AS (
  SELECT budget_id, count(*) AS n, sum(amount) AS planned FROM budgets_budgetline
  WHERE budget_id IS NOT NULL {these} GROUP BY 1
), time AS (
  SELECT budget_id, currency, sum(minutes) AS logged,
    sum(minutes) FILTER (WHERE status = 'draft') AS unapproved,
    sum(amount) FILTER (WHERE status = 'approved' AND is_billable) AS burned
  FROM crm_timeentry
  WHERE budget_id IS NOT NULL {these} AND (started_at IS NULL OR ended_at IS NOT NULL)
  GROUP BY 1, 2
), billed AS (
  SELECT i.budget_id, i.currency, sum(l.net) AS net
  FROM billing_invoiceline l JOIN billing_invoice i ON i.id = l.invoice_id
  WHERE budget_id IS NOT NULL {these} AND i.status <> 'voided' AND i.hidden_at IS NULL
  GROUP BY 1, 2
)
SELECT b.id::text AS id, b.name, b.resource_type,
  (CASE b.resource_type WHEN 'project' THEN b.project_id WHEN 'deal' THEN b.deal_id
   ELSE b.customer_id END)::text AS resource_id,
  CASE b.resource_type WHEN 'project' THEN j.name WHEN 'deal' THEN d.title ELSE c.name END
    AS resource_name,
  b.customer_id::text AS company_id, c.name AS company_name, b.contact_id::text AS contact_id,
  b.project_id::text AS project_id, b.deal_id::text AS deal_id, b.budget_type, b.status,
  b.currency, b.total_amount, b.po_number, b.starts_on AS start_date,
  b.forecast_on AS forecast_date, b.notes, b.owner_id::text AS owner_id,
  coalesce(nullif(trim(o.first_name || ' ' || o.last_name), ''), o.email) AS owner_name,
  b.created_by_id::text AS created_by, b.created_at, b.updated_at,
  coalesce(l.n, 0) AS line_item_count, coalesce(l.planned, 0) AS spent_amount,
  coalesce(t.logged, 0) AS logged_hours,
  coalesce(b.total_amount, l.planned, 0) AS budget_amount,
  coalesce(t.burned, 0) AS burned_amount, coalesce(x.net, 0) AS invoiced_amount,
  greatest(coalesce(b.total_amount, l.planned, 0) - coalesce(x.net, 0), 0) AS remaining_amount,
  coalesce(t.unapproved, 0) AS unapproved_hours
FROM budgets_budget b
LEFT JOIN crm_customer c ON c.id = b.customer_id
LEFT JOIN crm_project j ON j.id = b.project_id
LEFT JOIN crm_deal d ON d.id = b.deal_id
LEFT JOIN staff_staff o ON o.id = b.owner_id
LEFT JOIN lines l ON l.budget_id = b.id
LEFT JOIN (
  SELECT w.budget_id, sum(w.logged) AS logged, sum(w.unapproved) AS unapproved,
    sum(w.burned) FILTER (WHERE w.currency = v.currency) AS burned
  FROM time w JOIN budgets_budget v ON v.id = w.budget_id GROUP BY 1
) t ON t.budget_id = b.id
LEFT JOIN billed x ON x.budget_id = b.id AND x.currency = b.currency
WHERE b.id IS NOT NULL {chosen}
ORDER BY b.created_at DESC, b.id DESC"""
OF_PAGE = {"these": "AND budget_id = ANY(%(ids)s)", "chosen": "AND b.id = ANY(%(ids)s)"}
OF_ALL = {"these": "", "chosen": ""}
BUDGET_COUNT = "SELECT count(*) FROM budgets_budget"

CUSTOMERS = """
SELECT c.id::text AS id, c.name, c.email, c.phone, c.website, c.domain, c.address, c.city, c.state,
  c.postcode, c.postcode AS zip, c.country, c.billing_street, c.billing_city, c.billing_state,
  c.billing_postcode, c.billing_country, c.shipping_street, c.shipping_city, c.shipping_state,
  c.shipping_postcode, c.shipping_country, c.tax_number, c.tax_number AS abn, c.currency,
  c.payment_terms_days AS payment_terms, c.owner_id::text AS owner_id,
  nullif(trim(s.first_name || ' ' || s.last_name), '') AS owner_name, c.is_active,
  c.created_by_id::text AS created_by, c.created_at, c.updated_at
FROM crm_customer c LEFT JOIN staff_staff s ON s.id = c.owner_id
WHERE {found} ORDER BY c.name, c.id LIMIT 50"""
CUSTOMER_COUNT = "SELECT count(*) FROM crm_customer c WHERE {found}"

PRICED_LINES = """
SELECT l.id, b.id AS budget_id, b.currency, l.unit_price,
  b.project_id, coalesce(b.customer_id, p.customer_id, d.customer_id) AS customer_id
FROM budgets_budgetline l JOIN budgets_budget b ON b.id = l.budget_id
LEFT JOIN crm_project p ON p.id = b.project_id LEFT JOIN crm_deal d ON d.id = b.deal_id
WHERE l.id = ANY(%(lines)s)"""
INSERT_TIME = """
INSERT INTO crm_timeentry (staff_id, date, minutes, description, budget_id, budget_line_id,
  project_id, customer_id, is_billable, rate, currency, amount, status, rejection_reason,
  created_by_id, created_at, updated_at)
SELECT %(staff)s, r.date, r.minutes, '', r.budget_id, r.budget_line_id, r.project_id,
  r.customer_id, true, r.rate, r.currency, r.amount, 'draft', '', %(staff)s, now(), now()
FROM json_to_recordset(%(rows)s::json) AS r(date date, minutes int, budget_id bigint,
  budget_line_id bigint, project_id bigint, customer_id bigint, rate numeric, currency text,
  amount numeric) RETURNING id"""
INSERT_TIME_EVENTS = """
INSERT INTO records_event (subject_type, subject_id, subject_label, happened_at, by_id, through,
  verb, changes)
SELECT 'time_entry', pk, 'bench', now(), %(staff)s, 'bench', 'created', '{}'
FROM unnest(%(ids)s::bigint[]) AS pk"""
TIME = """
SELECT t.id::text AS id, t.staff_id::text AS user_id,
  coalesce(nullif(trim(s.first_name || ' ' || s.last_name), ''), s.email) AS user_name,
  t.date, t.minutes AS hours, t.minutes, t.description, t.task_id::text AS task_id,
  k.title AS task_title, t.project_id::text AS project_id, p.name AS project_name,
  t.customer_id::text AS company_id, c.name AS company_name, t.budget_id::text AS budget_id,
  b.name AS budget_name, t.budget_line_id::text AS line_item_id, t.is_billable AS billable,
  t.rate, t.amount, t.currency, t.status, t.submitted_at,
  CASE t.status WHEN 'approved' THEN t.decided_at END AS approved_at,
  (CASE t.status WHEN 'approved' THEN t.decided_by_id END)::text AS approved_by,
  t.rejection_reason, t.started_at, t.ended_at, l.invoice_id::text AS invoice_id,
  t.created_at, t.updated_at
FROM crm_timeentry t JOIN staff_staff s ON s.id = t.staff_id
LEFT JOIN crm_task k ON k.id = t.task_id LEFT JOIN crm_project p ON p.id = t.project_id
LEFT JOIN crm_customer c ON c.id = t.customer_id LEFT JOIN budgets_budget b ON b.id = t.budget_id
LEFT JOIN billing_invoiceline l ON l.id = t.invoice_line_id
WHERE t.id = ANY(%(ids)s) ORDER BY t.id"""
