"""The way to Xero: the connection to one organisation, and plain values in and out.

Nothing here knows an invoice of ours; what we tell Xero and take from it is ``bookkeeping``'s.
"""
