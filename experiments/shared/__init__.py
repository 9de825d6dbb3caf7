"""What the commands share: reading words, the folder of a result, words, numbers, tables, figures."""
