"""Development notes: made up by the hand that wrote the finder, so that it can be fitted and kept from going back. They
say nothing of how good it is: that is measured on notes kept aside (tests/bench/names.py).
"""
