"""What the browser draws itself: a folder for each component, in JavaScript without a bundler."""
