"""Where a run happens: on this machine (`local.py`)."""
