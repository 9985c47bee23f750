"""What people may ask of their data: requests with a month's clock, holds, and the periods an organisation has set.

It knows people by a reference alone ('mentee:<ref>'), so that it stands below both halves and sees into neither.
"""
