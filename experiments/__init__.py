"""Commands of Yizhan: one module a verb."""
