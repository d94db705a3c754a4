"""The instruments, one file each. A file names in INSTRUMENTS what it defines, former versions first."""
