"""Scenario discovery: where among what is not known something does not pay."""
