"""What all figures share: panels, colours, legend, and how much they can hold."""
