"""Sessions: management/commands."""
