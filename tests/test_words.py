"""Words: the log-likelihood against counts made by hand, and distances as distances should be."""

from math import log

import numpy as np
import pandas as pd
import pytest

from helpers.tables import load
from helpers.words import distances, distinctive


def counts(**texts):
    rows = [(name, *pair) for name, words in texts.items() for pair in words.items()]
    return pd.DataFrame(rows, columns=["text_id", "token", "count"])


# 10 words against 20: at one common rate war would stand 10/3 and 20/3 times, not 8 and 2.
TWO = counts(own={"war": 8, "the": 2}, other={"war": 2, "the": 12, "peace": 6})


def test_the_log_likelihood_is_that_of_a_count_by_hand():
    found = distinctive(TWO, text="own")
    assert list(found["token"]) == ["war"], "the and peace are more frequent in the other"
    war = found.iloc[0]
    assert war["log_likelihood"] == pytest.approx(
        2 * (8 * log(8 / (10 / 3)) + 2 * log(2 / (20 / 3)))
    )
    assert war["log_likelihood"] == pytest.approx(9.19, abs=0.01)
    assert (war["count"], war["per_1000"], war["others_per_1000"]) == (8, 800, 100)


def test_a_word_that_one_text_has_alone_counts_too():
    peace = distinctive(TWO, text="other").set_index("token").loc["peace"]
    assert peace["others_per_1000"] == 0
    assert peace["log_likelihood"] == pytest.approx(12 * log(1.5)), "6 where 4 would be expected"


def test_the_most_telling_word_comes_first():
    found = distinctive(TWO, text="other")
    assert list(found["token"]) == ["peace", "the"], "though the stands there twice as often"
    assert found["log_likelihood"].is_monotonic_decreasing
    assert list(found.columns) == [
        *("token", "count", "per_1000", "others_per_1000", "log_likelihood"),
    ]


def test_all_others_are_taken_together():
    three = pd.concat([TWO.query("text_id == 'own'"), counts(b={"war": 2}, c={"the": 18})])
    assert distinctive(three, text="own")["others_per_1000"].tolist() == [100]


def test_the_same_words_at_the_same_rate_set_nothing_apart():
    assert distinctive(counts(a={"war": 2, "the": 4}, b={"war": 1, "the": 2}), text="a").empty


def test_chapters_can_be_compared_like_texts():
    chapters = TWO.rename(columns={"text_id": "voice"})
    pd.testing.assert_frame_equal(
        distinctive(chapters, text="own", by="voice"), distinctive(TWO, text="own")
    )


def test_a_text_without_others_is_answered():
    with pytest.raises(ValueError, match="compares 'third' with others; text_id has only: other, "):
        distinctive(TWO, text="third")
    with pytest.raises(ValueError, match="compares 'own' with others; text_id has only: own"):
        distinctive(TWO.query("text_id == 'own'"), text="own")
    with pytest.raises(ValueError, match="compares 'own' with others"):
        distinctive(TWO.head(0), text="own")
    with pytest.raises(ValueError, match="the table lacks token, count"):
        distinctive(TWO[["text_id"]], text="own")


FOUR = counts(
    speech={"we": 50, "the": 40, "war": 10},
    leaflet={"we": 48, "the": 41, "war": 11},
    report={"we": 2, "the": 70, "war": 28},
    table={"we": 1, "the": 80, "war": 19},
)


def test_distances_are_the_same_both_ways_and_none_from_a_text_to_itself():
    found = distances(FOUR)
    assert list(found.index) == list(found.columns) == ["leaflet", "report", "speech", "table"]
    assert np.array_equal(found, found.T)
    assert not np.diag(found).any()
    assert found.stack().between(0, 2).all()


def test_a_text_is_nearer_to_its_like():
    found = distances(FOUR)
    assert found.loc["speech", "leaflet"] < found.loc["speech", ["report", "table"]].min()
    assert found.loc["table", "report"] < found.loc["table", ["speech", "leaflet"]].min()


def test_distance_is_of_rates_and_not_of_length():
    longer = FOUR.assign(count=FOUR["count"].where(FOUR["text_id"] != "speech", FOUR["count"] * 7))
    pd.testing.assert_frame_equal(distances(longer), distances(FOUR))


@pytest.mark.parametrize("words", [{"we": 1, "war": 2}, {"a": 1, "b": 2, "c": 7}, {"we": 3}])
def test_three_texts_that_are_the_same_lie_at_no_distance(words):
    assert not distances(counts(a=words, b=words, c=words)).to_numpy().any()


def test_a_text_in_the_very_middle_is_like_no_other():
    found = distances(counts(a={"we": 1, "war": 9}, b={"we": 2, "war": 8}, c={"we": 3, "war": 7}))
    assert found.loc["b"].tolist() == [1, 0, 1]
    assert found.loc["a", "c"] == 2, "and the two ends are opposites"


def test_only_the_commonest_words_are_compared():
    rare = pd.concat([FOUR, counts(speech={"rare": 1}, table={"odd": 1})])
    few = distances(rare, words=3)
    assert few.loc["speech", "leaflet"] == pytest.approx(
        distances(FOUR).loc["speech", "leaflet"], abs=0.05
    )
    assert distances(rare).loc["speech", "leaflet"] > few.loc["speech", "leaflet"]


def test_fewer_than_three_texts_are_answered():
    with pytest.raises(ValueError, match="compares three texts or more; text_id has 2"):
        distances(TWO)
    with pytest.raises(ValueError, match="compares three texts or more; text_id has 0"):
        distances(TWO.head(0))


def own_words():
    """The words of the authors' own chapters, with text, author and chapter's length."""
    chapters, texts = load("chapters"), load("texts")
    own = chapters.loc[chapters["voice"] == "author", ["chapter_id", "text_id", "tokens"]]
    own = own.merge(texts[["text_id", "author"]], on="text_id")
    return load("word_counts").merge(own, on="chapter_id")


def pairs_of_chapters(words=150):
    """Each two long chapters of authors: their texts, their authors and how far apart they are."""
    long = own_words().query("tokens >= 1500")
    found = distances(long, words=words, by="chapter_id").rename_axis(columns="other")
    pairs = found.stack().rename("distance").reset_index().query("chapter_id != other").copy()
    about = long.drop_duplicates("chapter_id").set_index("chapter_id")
    for name in ("text_id", "author"):
        pairs[name] = pairs["chapter_id"].map(about[name])
        pairs[f"{name}_other"] = pairs["other"].map(about[name])
    return pairs


def test_counts_tell_books_apart_and_not_people():
    """What data/README.md warns of: the tale of October is nearer to Reed's than to Trotsky's."""
    authors = load("texts").set_index("text_id")["author"]
    found = distances(own_words())
    nearest = found["october-brest"].drop("october-brest").idxmin()
    assert (authors["october-brest"], authors[nearest]) == ("Leon Trotsky", "John Reed")


@pytest.mark.parametrize("words", [100, 150, 300])
def test_the_book_outweighs_the_author(words):
    """Lesson 41: from book to book it is farther than on to other authors; yet a trace is left."""
    pairs = pairs_of_chapters(words)
    same_book = pairs["text_id"] == pairs["text_id_other"]
    same_author = pairs["author"] == pairs["author_other"]
    his = pairs["author"] == "Leon Trotsky"
    for chosen in (pairs.index == pairs.index, his):
        inside, own, others = (
            pairs.loc[chosen & kind, "distance"].mean()
            for kind in (same_book, same_author & ~same_book, ~same_author)
        )
        assert inside < own < others
        assert own - inside > others - own


def test_genre_and_subject_can_outweigh_the_author():
    """October is nearer to Reed than to any other book; Imperialism to Luxemburg's economics."""
    pairs = pairs_of_chapters().query("text_id != text_id_other")
    mean = pairs.groupby(["text_id", "text_id_other"])["distance"].mean()
    assert mean["october-brest"].idxmin() == "reed-ten-days"
    assert mean["lenin-imperialism"].idxmin() == "luxemburg-accumulation"
    translators = load("texts").query("author == 'V. I. Lenin'")["translator"]
    assert translators.nunique() == 1, "so the translator does not hold the three together"
    stories = ["reed-ten-days", "ransome-1919", "goldman-disillusionment"]
    october = pairs[pairs["text_id"] == "october-brest"]
    to_stories = october.loc[october["text_id_other"].isin(stories), "distance"].mean()
    assert to_stories < october.loc[october["author_other"] == "Leon Trotsky", "distance"].mean()


def test_five_witnesses_name_lenin_more_often_than_trotsky_and_hardly_stalin():
    witnesses = own_words().query("author.str.contains('Reed|Ransome|Russell|Goldman|Spargo')")
    bare = witnesses["token"].str.replace("'s", "")
    spellings = ["lenin", "lenine", "trotsky", "trotzky", "stalin"]
    for author, words in witnesses.assign(token=bare).groupby("author"):
        count = words.groupby("token")["count"].sum().reindex(spellings, fill_value=0)
        lenin, trotsky = count[["lenin", "lenine"]].sum(), count[["trotsky", "trotzky"]].sum()
        assert lenin > trotsky > count["stalin"]
        assert count["stalin"] == (2 if author == "John Reed" else 0)
