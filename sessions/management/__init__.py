"""Sessions: management."""
