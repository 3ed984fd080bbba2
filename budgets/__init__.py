"""What was agreed with a customer, and how much of it is used.

Slices, each importing only those before it: services, budgets, lines.
"""
