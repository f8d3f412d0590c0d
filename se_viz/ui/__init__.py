"""The app's pages in Streamlit: widgets and session state; nothing here computes."""
