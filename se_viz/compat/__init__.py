"""What other libraries are set to, and their private parts, in one file for each library."""
