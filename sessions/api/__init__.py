"""The API of layer 2."""
