"""Sentences in both languages."""

import pickle

from sim.bilingual import Sentence, by_language, in_language, joined, sentence, sentence_of


def test_a_sentence_is_english_and_knows_its_chinese() -> None:
    inner = sentence("days", "天数")
    told = sentence("{what} is {n}", "{what}为 {n}", what=inner, n=3)
    assert told == "days is 3"
    assert in_language(told, "zh") == "天数为 3"
    assert in_language(told, "en") == str(told) == "days is 3"


def test_an_exception_is_told_in_either_language() -> None:
    error = ValueError(sentence("no {key}", "没有 {key}", key="days"))
    assert (in_language(error, "en"), in_language(error, "zh")) == ("no days", "没有 days")
    assert in_language(ValueError("plain"), "zh") == "plain"


def test_texts_are_joined_in_both_languages() -> None:
    told = joined([sentence("a", "甲"), "b"], ", ")
    assert (told, told.zh) == ("a, b", "甲, b")
    listed = joined([sentence("a", "甲"), "b"], sentence("; ", "；"))
    assert (listed, listed.zh) == ("a; b", "甲；b")


def test_a_declared_label_is_a_sentence_and_back() -> None:
    label = {"en": "days", "zh": "天数"}
    assert sentence_of(label).zh == "天数"
    assert by_language(sentence_of(label)) == label


def test_a_sentence_survives_a_worker() -> None:
    """Errors travel between processes."""
    back = pickle.loads(pickle.dumps(Sentence("a", "甲")))  # noqa: S301
    assert (back, back.zh) == ("a", "甲")
