"""One module a group of endpoints of the public contract."""
