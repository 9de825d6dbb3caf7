"""The levers, one file each: parameters and mechanism."""
