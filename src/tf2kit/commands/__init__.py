"""One module for each command (migrate and check share one); each has ``run(argv, prog) -> exit code``."""
