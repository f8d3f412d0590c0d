"""What ships with the app, made by its commands: weights, profile, records and scores."""
