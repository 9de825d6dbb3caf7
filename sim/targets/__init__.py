"""Targets: figures of the labour market without a programme that the model is held against; what is measured in a world, and when."""
