"""What is owed to the agency, by age, and what it has invoiced, by month."""
