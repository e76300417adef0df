"""Measures of each stage on gold and on outside data, beside alternatives in the same run."""
