"""``yizhan dashboard``: the page for planners, and the API that it asks."""
