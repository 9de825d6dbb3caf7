"""What the API answers, as plain functions of drafts and results; they know no server."""
