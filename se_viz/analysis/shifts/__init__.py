"""How far gates move under a shift, whom they follow, and how sure a network is."""
