"""Reports: views of one `model.Report` as text, one-line diagnostics, JSON, SARIF, GitHub annotations, counts or a diff."""
