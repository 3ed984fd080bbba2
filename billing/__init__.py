"""Invoices, the money that comes in for them, and what the agency spent.

Slices, each importing only those before it: xero, mapping, items, lines, expenses,
invoices, payments, credit_notes, bookkeeping, entry, receivables.
"""
