"""What `--to native` says about a program as a whole."""
