"""The door: `streamlit run app.py`."""

from se_viz.ui import shell

shell.run()
