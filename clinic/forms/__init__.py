"""Forms of the clinic layer, and how every form is drawn."""
