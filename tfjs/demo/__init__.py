"""A web page on which one draws a digit and an exported model says which it is. ``python -m tf2kit.tfjs.demo FOLDER`` builds it."""
