"""Chinese of what columns, counts and accounts mean: the declarations that rules are compiled with say it in English."""
