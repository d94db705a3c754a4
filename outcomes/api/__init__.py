"""The API of layer 3."""
