from model import Line

line = Line(2.0)
print(line.predict([1.0, 2.0]).numpy())
