"""Trains the language engine: from public corpora and a public encoder to the file that `dateline.engines` loads.

Not part of the installed package. Needs torch and onnx (`pip install -e '.[training]'`).
"""
