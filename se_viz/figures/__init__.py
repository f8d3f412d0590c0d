"""From small tables to Plotly figures; nothing here computes, reads or writes."""
