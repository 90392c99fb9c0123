from training import train

print(train([1.0, 2.0]))
