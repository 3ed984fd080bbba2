"""Credit notes: what takes money off invoices, and what is paid back."""
