"""Right answers as a beginner writes them: loops, and dates compared as text.

They stand beside the model solutions, which group, count and merge: for each assignment, the code
of those questions whose way can be another one. Placeholders are those of the question.
"""

# No helper of pandas but the rows one after the other; a date is the first ten signs of its text.
ROWS = """
def rows(table):
    return [dict(zip(table.columns, row)) for row in table.itertuples(index=False)]
"""

LOOPS = {
    "early-life": {
        "q1": """
q1 = 0
for event in rows(early):
    inside = "{{first}}-01-01" <= str(event["date_earliest"])[:10]
    inside = inside and str(event["date_latest"])[:10] <= "{{last}}-12-31"
    if inside and event["weight"] in (2, 3):
        q1 = q1 + 1.0
""",
        "q2": """
wanted = set()
for link in rows(event_people):
    if link["person_id"] == "{{person_a}}" or link["person_id"] == "{{person_b}}":
        wanted.add(link["event_id"])
q2 = {}
for event in rows(early):
    if event["event_id"] in wanted:
        q2[event["date_precision"]] = q2.get(event["date_precision"], 0) + 1.0
""",
        "q5": """
countries = {place["place_id"]: place["country_now"] for place in rows(load("places"))}
q5 = {}
for stay in rows(load("stays")):
    days = (stay["end_earliest"] - stay["start_latest"]).days
    inside = str(stay["start_earliest"])[:10] >= "{{first}}-01-01"
    if inside and str(stay["end_latest"])[:10] <= "{{last}}-12-31" and days > 0:
        country = countries[stay["place_id"]]
        q5[country] = q5.get(country, 0) + float(days)
""",
        "q8": """
inside = []
for event in rows(early):
    first, last = str(event["date_earliest"])[:4], str(event["date_latest"])[:4]
    if first >= "{{first}}" and last <= "{{last}}":
        inside.append(event["event_id"])
times = {}
for link in rows(event_people):
    if link["role"] == "present" and link["event_id"] in inside:
        times[link["person_id"]] = times.get(link["person_id"], 0) + 1
q8 = {person for person in times if times[person] >= {{times}} and person != "trotsky"}
""",
        "q9": """
one = all_causes = 0
for row in rows(load("strikes_quarterly")):
    start = str(row["quarter_earliest"])
    quarter = start[:4] + "Q" + str((int(start[5:7]) + 2) // 3)
    if "{{first}}" <= quarter <= "{{last}}":
        one = one + (row["strikers"] if row["cause"] == "{{cause}}" else 0)
        all_causes = all_causes + (row["strikers"] if row["cause"] == "total" else 0)
q9 = float(int(100 * one / all_causes))
""",
    },
    "revolution": {
        "q1": """
q1 = 0
for event in rows(revolution):
    if event["date_precision"] == "day" and event["weight"] >= 2:
        if "{{start}}" <= str(event["date_os"])[:10] <= "{{end}}":
            q1 += 1.0
""",
        "q3": """
party = everybody = 0
for row in rows(load("constituent_towns")):
    if row["town"] in ("{{town_a}}", "{{town_b}}", "{{town_c}}") and row["voters"] == "town":
        everybody += row["votes"]
        if row["party"] == "{{party}}":
            party += row["votes"]
q3 = round(party / everybody * 100, 1)
""",
        "q5": """
named = rows(load("vote_members"))
q5 = {}
for own in named:
    for other in named:
        if own["person_id"] == "{{person_id}}" and other["person_id"] != "{{person_id}}":
            if own["vote_id"] == other["vote_id"] and own["vote"] == other["vote"]:
                q5[other["person_id"]] = q5.get(other["person_id"], 0) + 1.0
""",
        "q6": """
number = {}
for office in rows(load("offices")):
    until = office["end_earliest"]
    sure = until == until and str(office["start_latest"])[:10] <= "{{last}}"
    if sure and "{{first}}" <= str(until)[:10]:
        number[office["person_id"]] = number.get(office["person_id"], 0) + 1
q6 = [person for person in number if number[person] > 1]
""",
        "q8": """
chosen = set()
for event in rows(revolution):
    years = str(event["date_earliest"])[:4] >= "{{first}}"
    years = years and str(event["date_latest"])[:4] <= "{{last}}"
    if years and event["category"] in ("{{category_a}}", "{{category_b}}"):
        chosen.add(event["event_id"])
there = set()
for link in rows(event_people):
    if link["role"] == "present" and link["event_id"] in chosen:
        there.add(link["person_id"])
q8 = {}
for person in rows(load("people")):
    if person["person_id"] in there:
        q8[person["fate"]] = q8.get(person["fate"], 0) + 1.0
""",
        "q9": """
standing = standings("events")
q9 = {}
for event in rows(revolution):
    years = str(event["date_earliest"])[:4] >= "{{first}}"
    years = years and str(event["date_latest"])[:4] <= "{{last}}"
    if years and event["category"] in ("{{category_a}}", "{{category_b}}"):
        how = standing[event["event_id"]]
        q9[how] = q9.get(how, 0) + 1.0
""",
    },
    "exile": {
        "q1": """
q1 = set()
for stay in rows(stays):
    first, last = str(stay["start_earliest"])[:10], str(stay["end_latest"])[:10]
    if first <= "{{last}}" and last >= "{{first}}":
        q1.add(stay["place_id"])
""",
        "q2": """
q2 = 0.0
before = ""
for stay in rows(stays):
    if {{first}} <= int(str(stay["start_earliest"])[:4]) <= {{last}}:
        if stay["country_now"] != before:
            q2 += 1
        before = stay["country_now"]
""",
        "q3": """
q3 = 0
before = ""
for stay in rows(stays):
    if {{first}} <= stay["start_earliest"].year <= {{last}}:
        if stay["country_now"] != before:
            begun = stay["start_latest"]
        before = stay["country_now"]
        if before == "{{country}}":
            q3 = max(q3, float((stay["end_earliest"] - begun).days))
""",
        "q4": """
kinds = {source["source_id"]: source["kind"] for source in rows(load("sources"))}
q4 = {}
for answer in rows(load("asylum")):
    if "{{first}}" <= str(answer["date_earliest"])[:4] <= "{{last}}":
        kind = kinds[answer["source_id"]]
        q4[kind] = q4.get(kind, 0) + 1.0
""",
        "q5": """
begun = set()
for event in rows(load("events")):
    if "{{first}}" <= str(event["date_earliest"])[:10] <= "{{last}}":
        begun.add(event["event_id"])
said = rows(attestations("events"))
q5 = float(len({row["lineage"] for row in said if row["row_id"] in begun}))
""",
        "q8": """
least, greatest = {}, {}
for row in rows(load("coyoacan_counts")):
    if row["counted"] != "{{counted}}":
        name, number = row["subject"], row["number"]
        least[name] = min(number, least.get(name, number))
        greatest[name] = max(number, greatest.get(name, number))
q8 = tuple(name for name in least if greatest[name] >= {{factor}} * least[name])
""",
        "q10": """
standing = standings("events")
q10 = {}
for event in rows(load("events")):
    if "{{first}}" <= str(event["date_earliest"])[:10] <= "{{last}}":
        how = standing[event["event_id"]]
        q10[how] = q10.get(how, 0) + 1.0
""",
    },
    "legacy": {
        "q2": """
rates = []
for author in counts["author"].unique():
    theirs = counts[counts["author"] == author]
    rate = theirs[theirs["token"] == "{{word}}"]["count"].sum() / theirs["count"].sum()
    rates.append((rate, author))
q2 = {author for rate, author in sorted(rates)[-2:]}
""",
        "q5": """
different = {}
for tie in rows(load("splits")):
    if str(tie["date"]) != "nan" and "{{first}}" <= str(tie["date_earliest"])[:4] <= "{{last}}":
        different.setdefault(tie["kind"], set()).add(tie["child_id"])
q5 = {kind: float(len(children)) for kind, children in different.items()}
""",
        "q6": """
q6 = set()
ties = rows(load("splits"))
for tie in ties:
    if tie["parent_id"] == "{{parent}}":
        q6.add(tie["child_id"])
        q6.update(later["child_id"] for later in ties if later["parent_id"] == tie["child_id"])
""",
        "q8": """
worst = {}
for claim in rows(verdicts):
    if {{first}} <= claim["sentence"] <= {{last}}:
        grave = gravity.index(claim["verdict"])
        worst[claim["sentence"]] = min(grave, worst.get(claim["sentence"], grave))
q8 = {}
for grave in worst.values():
    q8[gravity[grave]] = q8.get(gravity[grave], 0) + 1.0
""",
    },
    "final-project": {
        "q1": """
exact = every = 0
for event in rows(load("events")):
    if event["category"] == "{{category}}":
        if "{{first}}" <= str(event["date_earliest"])[:4] <= "{{last}}":
            every += 1
            exact += event["date_precision"] == "day"
q1 = exact / every * 100
""",
        "q2": """
links = rows(load("event_people"))
mine = {link["event_id"] for link in links if link["person_id"] == "{{person_id}}"}
q2 = {}
for event in rows(load("events")):
    if event["event_id"] in mine:
        q2[event["category"]] = q2.get(event["category"], 0) + 1.0
""",
        "q3": """
inside = set()
for event in rows(load("events")):
    if "{{first}}" <= str(event["date_earliest"])[:4] <= "{{last}}":
        inside.add(event["event_id"])
met = {}
for row in rows(load("event_people")):
    if row["event_id"] in inside and row["person_id"] != "trotsky":
        met.setdefault(row["person_id"], set()).add(row["event_id"])
q3 = (person for person in met if len(met[person]) >= {{least}})
q3 = tuple(q3)
""",
        "q4": """
standing = standings("events")
there = {row["place_id"] for row in rows(load("places")) if row["country_now"] == "{{country}}"}
q4 = {}
for event in rows(load("events")):
    years = "{{first}}" <= str(event["date_earliest"])[:4] <= "{{last}}"
    if years and event["place_id"] in there:
        how = standing[event["event_id"]]
        q4[how] = q4.get(how, 0) + 1.0
""",
        "q6": """
happened = {}
for event in rows(load("events")):
    years = "{{first}}" <= str(event["date_earliest"])[:4] <= "{{last}}"
    if years and event["category"] == "{{category}}":
        happened[event["place_id"]] = happened.get(event["place_id"], 0) + 1
known = [place for place in happened if place == place]
q6 = sorted(known, key=happened.get)[-2:]
""",
        "q7": """
nowhere = every = 0
for work in rows(load("works")):
    if "{{first}}" <= str(work["written_earliest"])[:4] <= "{{last}}":
        every += 1
        nowhere += str(work["published"]) == "nan"
q7 = 100.0 * nowhere / every
""",
    },
}
