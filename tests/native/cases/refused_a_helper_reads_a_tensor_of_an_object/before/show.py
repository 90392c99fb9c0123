def show(model):
    print(model.out)
