"""HParams and VocabularyProcessor: no graph, so results are plain values and texts of errors. Runs on Python 3.7 as well."""

import os
import tempfile

TEXTS = [
    "The cat sat on the mat.",
    "A dog's life: don't-stop, it's XMLHttp and TensorFlow",
    "",
    "the the cat mat CamelCase ÉTÉ naïve 42 mat mat",
]
VALUES = [
    "rate=0.3",
    "rate=1",
    "units=7,rate=1e-3",
    "units=1.5",
    "layers=[1,2,3]",
    "layers=[ 4 5 ]",
    "layers=3",
    "layers[1]=3",
    "flag=true",
    "flag=1",
    "flag=False",
    "flag=maybe",
    "name=x y",
    "name=",
    "nope=1",
    "rate=",
    "rate=0.1,rate=0.2",
    "names=[a,b]",
    "flags=[true,False]",
    "layers=[]",
    "3=4",
    "rate 5",
    "layers=[1,2],layers[0]=1",
    "layers[0]=1,layers[0]=2",
    "units=2,",
    "layers[1]=[1]",
    "names[0]=q,names[1]=r",
]
TYPES = {"rate": float, "units": int, "layers": int, "flag": bool, "name": str, "names": str, "flags": bool}


def attempt(function, *args, **kwargs):
    try:
        result = function(*args, **kwargs)
    except Exception as error:
        return [type(error).__name__, str(error)]
    return result


def results(training, preprocessing):
    return {"hparams": hparams(training), "parse": parse(training), "vocabulary": vocabulary(preprocessing)}


def make(training):
    return training.HParams(
        rate=0.1, units=64, layers=[1, 2], flag=False, name="a", names=["x"], flags=[True], nothing=None
    )


def hparams(training):
    found = {}
    for text in VALUES:
        h = make(training)
        outcome = attempt(h.parse, text)
        found[text] = outcome if isinstance(outcome, list) else sorted(map(str, outcome.values().items()))
    h = make(training)
    h.add_hparam("extra", 5)
    h.set_hparam("rate", 2)
    h.override_from_dict({"units": 3, "nothing": "now"})
    found["json"] = h.to_json(sort_keys=True)
    found["indented"] = h.to_json(sort_keys=True, indent=1, separators=(",", ":"))
    found["repr"] = repr(h)
    found["get"] = [
        attempt(h.get, *a)
        for a in (("rate",), ("rate", 1), ("rate", "a"), ("nope",), ("nope", 4), ("layers", [1]), ("layers", 1))
    ]
    found["contains"] = ["rate" in h, "nope" in h]
    found["taken"] = attempt(h.add_hparam, "rate", 1)
    found["reserved"] = attempt(h.add_hparam, "parse", 1)
    found["empty"] = attempt(h.add_hparam, "empty", [])
    found["set"] = [
        attempt(h.set_hparam, *a)
        for a in (("rate", "x"), ("units", 1.5), ("flag", 1), ("name", 3), ("layers", 3), ("rate", [1.0]))
    ]
    h.del_hparam("extra")
    found["deleted"] = "extra" in h
    found["from_json"] = attempt(lambda: h.parse_json('{"rate": 0.75, "layers": [9]}').to_json(sort_keys=True))
    found["text"] = str(training.HParams(b=1, a=[2.0]))
    return found


def parse(training):
    found = {}
    for text in VALUES:
        found[text] = attempt(lambda t=text: sorted(map(str, training.parse_values(t, TYPES).items())))
        found["ignore " + text] = attempt(
            lambda t=text: sorted(map(str, training.parse_values(t, {"rate": float}, ignore_unknown=True).items()))
        )
    return found


def vocabulary(preprocessing):
    found = {}
    for key, kwargs in (("plain", {}), ("frequent", {"min_frequency": 1}), ("split", {"tokenizer_fn": split})):
        processor = preprocessing.VocabularyProcessor(6, **kwargs)
        found[key] = [row.tolist() for row in processor.fit_transform(TEXTS)]
        found[key + " again"] = [row.tolist() for row in processor.transform(["new cat mat", "dog"])]
        found[key + " reverse"] = list(processor.reverse([[1, 2, 0], [0]]))
        found[key + " size"] = len(processor.vocabulary_)
        if key != "split":
            with tempfile.TemporaryDirectory() as folder:
                processor.save(os.path.join(folder, "vocab"))
                loaded = preprocessing.VocabularyProcessor.restore(os.path.join(folder, "vocab"))
                found[key + " restored"] = [row.tolist() for row in loaded.transform(TEXTS)]
    found["bytes"] = [row.tolist() for row in preprocessing.ByteProcessor(5).fit_transform(TEXTS)]
    found["tokens"] = list(preprocessing.tokenizer(TEXTS)) if hasattr(preprocessing, "tokenizer") else None
    return found


def split(texts):
    return (t.split() for t in texts)
