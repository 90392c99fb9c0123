import evaluation
import model as models


def main():
    line = models.Line(2.0)
    print(evaluation.mean(line, [1.0, 2.0]))


if __name__ == '__main__':
    main()
