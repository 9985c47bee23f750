"""What a service's records show of each requirement of a scheme, and what to do about it."""
