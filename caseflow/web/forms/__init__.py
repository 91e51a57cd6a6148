"""Form field factories and forms: they check shape, the domain checks sense."""
