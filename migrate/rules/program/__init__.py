"""Rules that a whole program needs: graph mode, legacy Keras."""
