"""A stand-in for Xero over HTTP, for development and tests: it keeps books and obeys Xero's rules.

It knows nothing of our database, and our code reaches it only as it reaches Xero. Each rule names
the public page of developer.xero.com/documentation (“doc:”) that it was taken from.
"""
