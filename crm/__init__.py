"""Customers and the work done for them.

Slices, each importing only those before it: customers, contacts, onboarding, deals, engagements,
projects, tasks, timesheets, merging, home.
"""
