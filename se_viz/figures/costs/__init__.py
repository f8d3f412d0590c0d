"""What SE costs, and what it brings at each reduction ratio."""
