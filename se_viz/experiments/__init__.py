"""What the app, the command line and training do with a network, each once.

Nothing here prints or draws; TensorFlow is loaded when a network is first asked.
"""
