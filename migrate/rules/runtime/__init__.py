"""Names and habits of NumPy, SciPy, scikit-learn, pandas, plotting libraries and Python that stop programs of TensorFlow 1's time."""
