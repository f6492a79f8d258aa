# Links
link-title = Link
link-add = Opened from a link. Check that the address is the one the bank gave you before you add it.
