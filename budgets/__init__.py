"""What was agreed with a customer, and how much of it is used.

Slices, each importing only those before it: services, lines, budgets. A line points up to its
budget by name alone.
"""
