"""What statistics say of gates."""
