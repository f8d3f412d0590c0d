"""`python -m se_viz`: what goes wrong is told in a sentence,"""

from se_viz.cli import program

if __name__ == "__main__":
    program()
