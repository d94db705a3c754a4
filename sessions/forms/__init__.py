"""Sessions: forms."""
