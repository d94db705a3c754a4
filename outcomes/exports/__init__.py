"""Files for analysis: one long master, a codebook made from the instruments, a manifest that proves both."""
