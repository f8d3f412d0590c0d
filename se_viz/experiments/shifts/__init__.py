"""Pictures under shifts of light, with gates that adapt and with gates that do not."""
