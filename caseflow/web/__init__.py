"""Guards, forms and pages. Never imports storage."""
