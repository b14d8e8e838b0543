"""One adaptor per benchmark: each turns Dateline's reading of a document into the form that the benchmark's scorer reads."""
