"""Parts of the Data screen, in the order of the work: files, run, columns by route, the study as text."""
