"""Sessions: views."""
