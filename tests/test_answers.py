"""The student's own file: what is kept, what is not, and what is said when it cannot be kept."""

import csv

import pytest

from helpers import answers
from helpers.answers import COLUMNS, keep, my_answers
from helpers.checks import check, exercises_of, find, verdict

NUMBER = next(iter(exercises_of("11")))

TIME = "2027-01-31T10:00:00+01:00"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A place of its own for the answers of one test."""
    place = tmp_path / "my-answers.csv"
    monkeypatch.setenv("TROTSKY_ANSWERS", str(place))
    return place


def lines(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_the_answers_are_kept_where_the_student_says(file):
    assert answers.path() == file
    assert keep("11.1", 18, "right") == ""
    assert file.exists()


def test_each_answer_is_one_line_and_no_line_is_blank(file):
    for answer in (18, 19):
        keep("11.1", answer, "not yet")
    header, *kept = file.read_bytes().decode().split("\n")
    assert header == "time,exercise,answer,result"
    assert [one.partition(",")[2] for one in kept] == ["11.1,18,not yet", "11.1,19,not yet", ""]


def test_without_a_word_they_are_kept_beside_the_notebooks(monkeypatch):
    monkeypatch.delenv("TROTSKY_ANSWERS")
    assert answers.path().name == "my-answers.csv"
    assert (answers.path().parent / "notebooks").is_dir()


def test_without_notebooks_they_are_kept_in_the_open_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("TROTSKY_ANSWERS")
    monkeypatch.setattr(answers, "data_path", lambda name: tmp_path / "helpers" / "data" / name)
    monkeypatch.chdir(tmp_path)
    assert answers.path() == tmp_path / "my-answers.csv"


def test_beside_helpers_they_are_kept_there_whatever_folder_is_open(tmp_path, monkeypatch):
    monkeypatch.delenv("TROTSKY_ANSWERS")
    monkeypatch.setattr(answers, "data_path", lambda _: tmp_path / "course" / "data" / "x.json")
    for folder in ("course/notebooks", "notebooks", "elsewhere/notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere" / "notebooks")
    assert answers.path() == tmp_path / "course" / "my-answers.csv"


def test_apart_from_helpers_they_are_kept_beside_the_folder_of_lessons(tmp_path, monkeypatch):
    monkeypatch.delenv("TROTSKY_ANSWERS")
    monkeypatch.setattr(answers, "data_path", lambda _: tmp_path / "helpers" / "data" / "x.json")
    part = tmp_path / "course" / "notebooks" / "3-exile"
    part.mkdir(parents=True)
    monkeypatch.chdir(part)
    assert answers.path() == tmp_path / "course" / "my-answers.csv"


def test_the_header_is_written_once_and_nothing_is_overwritten(file):
    for answer in ("first", "second", "first"):
        keep("11.1", answer, "not yet")
    assert lines(file)[0] == COLUMNS
    assert [row[2] for row in lines(file)] == ["answer", "first", "second", "first"]


def test_an_empty_file_gets_its_header(file):
    file.touch()
    keep("11.1", 18, "right")
    assert lines(file)[0] == COLUMNS


def test_the_time_has_its_zone(file):
    keep("11.1", 18, "right")
    time = answers.datetime.datetime.fromisoformat(lines(file)[1][0])
    assert time.utcoffset() is not None


def test_a_long_answer_is_cut(file):
    keep("11.1", "x" * 201, "not yet")
    keep("11.1", "y" * 200, "not yet")
    assert [row[2] for row in lines(file)[1:]] == ["x" * 200, "y" * 200]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("one\ntwo\r\n three", "one two three"),
        ('a, "b"; c', 'a, "b"; c'),
        (
            "\u0422\u0440\u043e\u0446\u043a\u0438\u0439",
            "\u0422\u0440\u043e\u0446\u043a\u0438\u0439",
        ),
        ("NA", "NA"),
        ("one\0two", "one two"),
        (["Ziv", "Lenin"], "['Ziv', 'Lenin']"),
        ("half \ud800 a sign", "half ? a sign"),
    ],
)
def test_an_answer_is_one_line_and_comes_back_as_it_was(file, answer, kept):
    assert keep("11.1", answer, "not yet") == ""
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2
    assert my_answers()["last"].item() == kept


def test_a_place_that_cannot_be_written_is_answered_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("TROTSKY_ANSWERS", str(tmp_path / "no" / "folder.csv"))
    said = keep("11.1", 18, "right")
    assert said == (
        f"(This answer could not be kept in {tmp_path / 'no' / 'folder.csv'}: "
        "No such file or directory.)"
    )


def test_check_prints_its_verdict_even_where_nothing_can_be_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TROTSKY_ANSWERS", str(tmp_path))
    check(NUMBER, find(NUMBER).answer())
    first, second = capsys.readouterr().out.splitlines()
    assert first == verdict(NUMBER, find(NUMBER).answer())
    assert second.startswith(f"(This answer could not be kept in {tmp_path}: ")


def test_check_keeps_each_answer_and_whether_it_was_right(file, capsys):
    check(NUMBER, find(NUMBER).slips[0].answer())
    check(NUMBER, find(NUMBER).answer())
    assert [row[1] for row in lines(file)[1:]] == [NUMBER] * 2
    assert lines(file)[2][2] == str(find(NUMBER).answer())
    assert [row[3] for row in lines(file)[1:]] == ["not yet", "right"]
    assert "kept" not in capsys.readouterr().out, "what works is not spoken of"


@pytest.mark.parametrize("blank", [..., None, "", "  "])
def test_blanks_are_not_kept(file, blank):
    check(NUMBER, blank)
    assert not file.exists()


def test_an_answer_to_no_exercise_is_not_kept(file):
    with pytest.raises(KeyError, match=r"there is no exercise '99\.1'"):
        check("99.1", 1)
    assert not file.exists()


def test_the_record_stands_in_the_order_of_the_course(file):
    for number in ("11.10", "9.1", "11.2"):
        keep(number, 1, "right")
    assert list(my_answers()["exercise"]) == ["9.1", "11.2", "11.10"]


@pytest.mark.usefixtures("file")
def test_the_record_counts_tries_and_remembers_a_right_answer():
    for answer, result in ((1, "not yet"), (2, "right"), (3, "not yet")):
        keep("11.1", answer, result)
    keep("11.2", "x", "not yet")
    found = my_answers()
    assert list(found.columns) == ["exercise", "tries", "result", "last"]
    assert found.to_numpy().tolist() == [["11.1", 3, "right", "3"], ["11.2", 1, "not yet", "x"]]


def test_before_the_first_answer_the_record_is_empty(file):
    columns = ["exercise", "tries", "result", "last"]
    assert my_answers().empty
    assert list(my_answers().columns) == columns
    file.touch()
    assert my_answers().empty
    file.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    assert my_answers().empty
    assert list(my_answers().columns) == columns


@pytest.mark.parametrize(
    "torn",
    [
        "",
        f"{TIME},11.1",
        f"{TIME},11.1,right",  # the answer is the word "right", and the result is missing
        f"{TIME},11.1,19,not y",
    ],
)
def test_a_line_that_was_left_unfinished_is_no_try(file, torn):
    whole = f"{TIME},11.1,18,right"
    file.write_text("\n".join([",".join(COLUMNS), torn, whole, ""]), encoding="utf-8")
    assert my_answers()[["tries", "last"]].to_numpy().tolist() == [[1, "18"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name;born\nLenin;1870\n", r"has the columns \['name;born'\], not \['time'"),
        (b"time,exercise,answer,result\n\xff\n", "cannot be read"),
        (b'time,exercise,answer,result\nx,11.1,"a', "a line of no exercise"),
        (
            b"time,exercise,answer,result\nx,eleven,1,right\n",
            r"a line of no exercise, \['x', 'eleven'",
        ),
        (b"time,exercise,answer,result\nx\n", "a line of no exercise"),
        (b"time,exercise,answer,result\nx,11.1,1,right,y\n", "a line of no exercise"),
    ],
)
def test_a_foreign_file_is_answered(file, content, message):
    file.write_bytes(content)
    with pytest.raises(ValueError, match=f"{message}.*the next check begins a new one"):
        my_answers()
    assert file.read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_answered(tmp_path, monkeypatch):
    monkeypatch.setenv("TROTSKY_ANSWERS", str(tmp_path))
    with pytest.raises(ValueError, match="cannot be read"):
        my_answers()
