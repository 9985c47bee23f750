"""Every write to what holds a service up, by subject."""
