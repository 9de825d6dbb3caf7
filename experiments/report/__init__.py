"""``yizhan report``: a finished result as a document that one can read, change and hand on."""
