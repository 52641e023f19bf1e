"""The edges that follow from a journal, and how they differ from the edges observed."""
from collections import Counter


def expected(events):
    """`{(kind, from, to): {field: number}}` of everything that spans can show."""
    edges = {}

    def edge(kind, source, target):
        return edges.setdefault((kind, source, target), Counter())

    successes = set()
    for event in events:
        if event.get("unseen"):
            continue
        match event["event"]:
            case "published":
                edge("publishes", event["service"], event["channel"])["count"] += 1
            case "called":
                edge("calls", event["service"], event["callee"])["count"] += 1
            case "handled":
                consumes = edge("consumes", event["channel"], event["service"])
                consumes["deliveries"] += 1
                consumes["joined"] += 0 if event["unjoined"] else 1
                consumes["errors"] += event["failed"]
                delivery = (event["channel"], event["service"], event["message"])
                consumes["duplicates"] += delivery in successes
                if not event["failed"]:
                    successes.add(delivery)
                if event["source"] and not event["unjoined"]:
                    edge("delivers", event["source"], event["channel"])
    return edges


def observed(edges):
    """The same of what `flowglass edges --json` printed; consumer groups of one pair of ends add up."""
    found = {}
    for edge in edges:
        if not edge["observed"]:
            continue
        kind = "calls" if edge["kind"] == "calls-back" else edge["kind"]
        counts = found.setdefault((kind, edge["from"], edge["to"]), Counter())
        for field in ("count", "deliveries", "errors", "duplicates"):
            counts[field] += edge[field]
        counts["joined"] += sum(edge["joinedBy"].values())
    return found


def differences(events, edges):
    """One sentence for each difference; empty where the edges are what happened."""
    wanted, found = expected(events), observed(edges)
    sentences = []
    for key in sorted(wanted.keys() | found.keys()):
        name = "{} {} -> {}".format(*key)
        if key not in found:
            sentences.append(f"{name} happened and is missing: {dict(wanted[key])}")
        elif key not in wanted:
            sentences.append(f"{name} never happened: {dict(found[key])}")
        else:
            sentences += [
                f"{name}: {field} is {found[key][field]}, really {number}"
                for field, number in wanted[key].items()
                if found[key][field] != number
            ]
    return sentences


def unknowable(events):
    """What happened and no span shows, with its reason: `{sentence: times}`."""
    sentences = Counter()
    for event in events:
        reason = event.get("unseen") or event.get("unjoined")
        if not reason:
            continue
        who, what = event["service"], event["channel"]
        if event["event"] == "published":
            sentences[f"{who} publishes to {what}: {reason}"] += 1
        elif event.get("unseen"):
            sentences[f"{who} handles messages of {what}: {reason}"] += 1
        else:
            sentences[f"what {who} takes from {what} cannot be traced to its publisher: {reason}"] += 1
    return sentences
