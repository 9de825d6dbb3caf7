"""What moves what: which parameters of a model its outcomes depend on, and how surely that is known."""
