"""Staff files: for leads, and each member of staff for their own."""
