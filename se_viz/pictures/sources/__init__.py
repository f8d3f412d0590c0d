"""Where pictures come from: files, folders and ZIPs."""
