"""The window between the halves: an edition asked of a service's records, and what of that becomes evidence."""
