"""Sessions: services."""
