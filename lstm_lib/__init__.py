"""A small NumPy library that explains the LSTM cell by running it."""
