"""When gates have to adapt: pictures under shifts, with gates that adapt and others."""
