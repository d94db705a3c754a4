"""Layer 2: what happened on the day."""
