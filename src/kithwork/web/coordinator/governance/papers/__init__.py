"""Policies in their versions, and the library."""
