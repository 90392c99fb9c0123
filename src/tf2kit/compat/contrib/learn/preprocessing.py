"""tf.contrib.learn.preprocessing: words to ids.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/preprocessing/text.py and categorical_vocabulary.py,
Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import collections
import pickle
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

__all__ = ["ByteProcessor", "CategoricalVocabulary", "VocabularyProcessor", "tokenizer"]

TOKENIZER_RE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z][a-z]+(?=[A-Z])|[\'\w\-]+", re.UNICODE)


def tokenizer(iterator: Iterable[str]) -> Iterator[list[str]]:
    """The words of each text."""
    for value in iterator:
        yield TOKENIZER_RE.findall(value)


class CategoricalVocabulary:
    """Ids for categories; 0 is the unknown one, the others count from 1 in order of first use."""

    def __init__(self, unknown_token: str = "<UNK>", support_reverse: bool = True) -> None:
        self._unknown_token = unknown_token
        self._mapping: dict[Hashable, int] = {unknown_token: 0}
        self._support_reverse = support_reverse
        self._reverse_mapping: list[Any] = [unknown_token]
        self._freq: dict[Any, int] = collections.defaultdict(int)
        self._freeze = False

    def __len__(self) -> int:
        return len(self._mapping)

    def freeze(self, freeze: bool = True) -> None:
        """From now on unseen categories are unknown (0) instead of getting new ids."""
        self._freeze = freeze

    def get(self, category: Hashable) -> int:
        """The id; a new one for an unseen category unless frozen."""
        if category not in self._mapping:
            if self._freeze:
                return 0
            self._mapping[category] = len(self._mapping)
            self._reverse_mapping.append(category)
        return self._mapping[category]

    def add(self, category: Hashable, count: int = 1) -> None:
        """Count a category."""
        if self.get(category) > 0:
            self._freq[category] += count

    def trim(self, min_frequency: int, max_frequency: int = -1) -> None:
        """Keep categories seen more than ``min_frequency`` (and less than ``max_frequency``) times; ids follow the frequency."""
        by_name = sorted(self._freq.items(), key=lambda x: (isinstance(x[0], str), x[0]))
        ordered = sorted(by_name, key=lambda x: x[1], reverse=True)
        self._mapping = {self._unknown_token: 0}
        self._reverse_mapping = [self._unknown_token]
        idx = 1
        for category, count in ordered:
            if max_frequency > 0 and count >= max_frequency:
                continue
            if count <= min_frequency:
                break
            self._mapping[category] = idx
            idx += 1
            self._reverse_mapping.append(category)
        self._freq = dict(ordered[: idx - 1])

    def reverse(self, class_id: int) -> Any:
        """The category of an id; ValueError without ``support_reverse``."""
        if not self._support_reverse:
            raise ValueError("This vocabulary wasn't initialized with support_reverse to support reverse() function.")
        return self._reverse_mapping[class_id]


class VocabularyProcessor:
    """Texts as sequences of word ids, cut or padded with 0 to ``max_document_length``."""

    def __init__(
        self,
        max_document_length: int,
        min_frequency: int = 0,
        vocabulary: CategoricalVocabulary | None = None,
        tokenizer_fn: Callable[[Iterable[Any]], Iterable[Iterable[Any]]] | None = None,
    ) -> None:
        self.max_document_length = max_document_length
        self.min_frequency = min_frequency
        self.vocabulary_ = vocabulary or CategoricalVocabulary()
        self._tokenizer = tokenizer_fn or tokenizer

    def fit(self, raw_documents: Iterable[Any], unused_y: Any = None) -> VocabularyProcessor:  # noqa: ARG002
        """Learn the words of the texts, then freeze the vocabulary; returns itself."""
        for tokens in self._tokenizer(raw_documents):
            for token in tokens:
                self.vocabulary_.add(token)
        if self.min_frequency > 0:
            self.vocabulary_.trim(self.min_frequency)
        self.vocabulary_.freeze()
        return self

    def fit_transform(self, raw_documents: Iterable[Any], unused_y: Any = None) -> Iterator[Any]:  # noqa: ARG002
        """`fit`, then `transform`."""
        self.fit(raw_documents)
        return self.transform(raw_documents)

    def transform(self, raw_documents: Iterable[Any]) -> Iterator[Any]:
        """One int64 array ``[max_document_length]`` for each text."""
        for tokens in self._tokenizer(raw_documents):
            word_ids = np.zeros(self.max_document_length, np.int64)
            for idx, token in enumerate(tokens):
                if idx >= self.max_document_length:
                    break
                word_ids[idx] = self.vocabulary_.get(token)
            yield word_ids

    def reverse(self, documents: Iterable[Iterable[int]]) -> Iterator[str]:
        """The words of each sequence of ids, joined by blanks."""
        for item in documents:
            yield " ".join(self.vocabulary_.reverse(class_id) for class_id in item)

    def save(self, filename: str) -> None:
        """Pickle it into a file (any path that ``tf.gfile`` knows)."""
        with tf.gfile.Open(filename, "wb") as f:
            f.write(pickle.dumps(self))

    @classmethod
    def restore(cls, filename: str) -> VocabularyProcessor:
        """Unpickle one; files that TensorFlow 1.15 wrote load too. Only load files that you trust."""
        with tf.gfile.Open(filename, "rb") as f:
            processor: VocabularyProcessor = _Unpickler(f).load()
        return processor


class ByteProcessor:
    """Texts as sequences of UTF-8 bytes, cut or padded with 0 to ``max_document_length``."""

    def __init__(self, max_document_length: int) -> None:
        self.max_document_length = max_document_length

    def fit(self, x: Iterable[Any]) -> None:
        """Nothing to learn."""

    def fit_transform(self, x: Iterable[Any]) -> Iterator[Any]:
        """`transform`."""
        return self.transform(x)

    def transform(self, x: Iterable[Any]) -> Iterator[Any]:
        """One uint8 array ``[max_document_length]`` for each text."""
        for document in x:
            data = document.encode("utf-8") if isinstance(document, str) else bytes(document)
            buffer = np.frombuffer(data[: self.max_document_length], dtype=np.uint8)
            yield np.pad(buffer, (0, self.max_document_length - len(buffer)), "constant")

    def reverse(self, x: Iterable[Any]) -> Iterator[str]:
        """The text of each array; empty where the bytes are not UTF-8."""
        for data in x:
            try:
                yield np.trim_zeros(data.astype(np.int8), trim="b").tobytes().decode("utf-8")
            except UnicodeDecodeError:
                yield ""


class _Unpickler(pickle.Unpickler):
    """Finds the classes under the module paths that TensorFlow 1.15 wrote."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name.startswith("tensorflow.contrib.learn.python.learn.preprocessing"):
            return globals()[global_name]
        return super().find_class(module_name, global_name)
