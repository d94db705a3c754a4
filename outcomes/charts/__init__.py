"""Charts as SVG of our own: classes only, no inline style, no script."""
