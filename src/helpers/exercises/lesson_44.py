"""Exercises of lesson 44, Fact-check a biography."""

from helpers.claim_form import new_claim
from helpers.claims import judge, judge_all
from helpers.evidence import attestations, witnesses
from helpers.exercise import Exercise, Slip

CONGRESS = "rsdrp-first-congress-1898"


def _count(*verdicts: str) -> int:
    return int(judge_all()["verdict"].isin(verdicts).sum())


def _share(part: int, whole: int) -> float:
    return part / whole * 100


def _checkable() -> int:
    return len(judge_all()) - _count("interpretation")


def _sentences(*verdicts: str) -> list[int]:
    """The sentences that hold a claim of one of these verdicts, each once."""
    judged = judge_all()
    return sorted({int(number) for number in judged[judged["verdict"].isin(verdicts)]["sentence"]})


def _verdict(table: str, row_id: str, field: str, asserted: str) -> str:
    claim = new_claim("A claim.", table=table, row_id=row_id, field=field, asserted=asserted)
    return judge(claim).verdict


EXERCISES = {
    "44.1": Exercise(
        task="Divide the number of supported claims by checkable, times 100.",
        form="number",
        answer=lambda: _share(_count("supported"), _checkable()),
        finding="More than four in five. Whether that is much depends on which ones fail.",
        tolerance=0.06,
        slips=(
            Slip(
                lambda: _share(_count("supported"), len(judge_all())),
                "You divided by all claims. Leave out those that are interpretations.",
            ),
            Slip(
                lambda: _count("supported"),
                "That is the number of claims. Divide it by checkable, and multiply by 100.",
            ),
            Slip(
                lambda: _count("supported") / _checkable(),
                "That is a share of 1. Multiply it by 100 to get per cent.",
            ),
            Slip(
                lambda: _share(_checkable() - _count("supported"), _checkable()),
                "Those are the claims that are not supported. The task asks for the others.",
            ),
        ),
    ),
    "44.2": Exercise(
        task="Filter verdicts by the verdict contradicted and give each sentence once.",
        form="names",
        answer=lambda: _sentences("contradicted"),
        finding="Youth, exile, the War Commissariat, and what the murder is said to have led to.",
        slips=(
            Slip(
                lambda: list(judge_all().query("verdict == 'contradicted'")["sentence"]),
                "Some sentences stand there more than once. Use .drop_duplicates().",
            ),
            Slip(
                lambda: list(judge_all().query("verdict == 'contradicted'")["claim_id"]),
                "Those are claims. The task asks for the column sentence.",
            ),
            Slip(
                lambda: _sentences("contradicted", "imprecise"),
                "You took the imprecise claims, too. Keep only those that are contradicted.",
            ),
            Slip(
                lambda: _sentences("supported"),
                "Those hold a supported claim. You want contradicted ones.",
            ),
        ),
    ),
    "44.3": Exercise(
        task="Take the entry of that event from witnesses('events').",
        form="number",
        answer=lambda: int(witnesses("events")[CONGRESS]),
        finding="Several, and they disagree by some days; but all put it after his arrest.",
        slips=(
            Slip(
                lambda: len(attestations("events", CONGRESS)),
                "Those are attestations. Two of one lineage are one witness.",
            ),
            Slip(
                lambda: len(witnesses("events")),
                "That is the number of all events. Take the one entry, with [...].",
            ),
            Slip(
                lambda: int((attestations("events", CONGRESS)["field"] == "date").sum()),
                "Those are the attestations of its date. Two of them have one lineage.",
            ),
        ),
    ),
    "44.4": Exercise(
        task="Make the claim with new_claim, judge it with judge_all, and give its verdict.",
        form="text",
        answer=lambda: _verdict(
            "offices", "trotsky-chairman-petrograd-soviet-1917", "start", "1917"
        ),
        finding="The year is right. In 1905 he had led another Soviet, that of Petersburg.",
        slips=(
            Slip(
                lambda: _verdict("offices", "soviet-chairman-trotsky", "start", "1917"),
                "You took the Soviet of 1905. Its row is another.",
            ),
            Slip(
                lambda: "interpretation",
                "A claim without table, row and field stays an interpretation. Point to the cell.",
            ),
            Slip(
                lambda: "true",
                "The record does not say true or false. Give one of the words for verdicts.",
            ),
        ),
    ),
}
