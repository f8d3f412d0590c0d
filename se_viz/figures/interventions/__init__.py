"""What interventions do."""
