"""Invoices and the money that comes in for them.

Slices, each importing only those before it: mapping, lines, invoices, payments, receivables.
"""
