"""Many runs, whoever asks for them: cut into chunks, carried out by workers, kept in parts, so that whatever dies loses little."""
