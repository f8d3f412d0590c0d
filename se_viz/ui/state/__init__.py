"""What a session and the server hold: pictures, networks, results, history and the address."""
