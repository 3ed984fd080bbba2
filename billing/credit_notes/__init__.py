"""Credit notes: what a customer is owed back, where it went, and what is left of it."""
