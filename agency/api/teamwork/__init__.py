"""Teamwork's dialect, ``/invoices.json``: every scalar is a string, absent is ``""``."""
