"""Graph models of TensorFlow.js, written without its converter, and run in Node.js to prove them."""
