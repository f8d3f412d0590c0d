"""A lesson on the screen: its words, one figure of the page, and keys that go on."""
