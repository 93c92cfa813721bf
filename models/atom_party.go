package models

// AtomParty asks for membership of the Party (usual demand, not law: standards.md section 2).
const AtomParty AtomKind = "party"

var partyRule = atomRule{
	check: func(Atom) string { return "" },
	eval: func(_ Atom, r *Record, on Date) (Status, Reason) {
		switch {
		case r.PartyDate != 0 && r.PartyDate.Earliest() <= on, r.PartyDate == 0 && r.Party == Yes:
			return Met, Reason{Code: "reason.party_met"}
		case r.Party == NotKnown && r.PartyDate == 0:
			return Unknown, Reason{Code: "reason.party_unknown"}
		}
		return Missing, Reason{Code: "reason.party_missing"}
	},
	dates: func(_ Atom, r *Record) []Date {
		if r.PartyDate == 0 {
			return nil
		}
		return []Date{r.PartyDate.Earliest()}
	},
}
