"""``yizhan sensitivity``: what moves what."""
