"""Which class a picture is of: by folders, lists or names of files."""
